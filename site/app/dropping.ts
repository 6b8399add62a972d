// A page and what is dropped on it in; who takes it out. Without this a browser leaves the page to show the file.

/**
 * Hand on what is dropped anywhere on the page; `place` looks as if it opened meanwhile.
 * `isLeft` tells what the browser should do with by itself, such as text for a field.
 */
export function hearDrops(place: HTMLElement, take: (dropped: DataTransfer) => void, isLeft: (event: DragEvent) => boolean): void {
  document.addEventListener("dragover", (event) => {
    if (isLeft(event)) return;
    event.preventDefault();
    place.dataset["over"] = "";
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) delete place.dataset["over"];
  });
  document.addEventListener("drop", (event) => {
    delete place.dataset["over"];
    if (isLeft(event)) return;
    event.preventDefault();
    if (event.dataTransfer !== null) take(event.dataTransfer);
  });
}

/** Tell whether files are dragged, which a page is not told of before they are dropped. */
export function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes("Files") === true;
}
