// The fold of a page's map in; its script fetched once somebody opens it: until then a map costs nothing.

export function plotWhenOpened(fold: HTMLDetailsElement): void {
  const fetch = (): void => {
    const { root = "" } = fold.querySelector<HTMLElement>(".karakana-map")?.dataset ?? {};
    const script = document.createElement("script");
    script.type = "module";
    script.src = `${root}assets/app/plot.js`;
    document.head.append(script);
  };
  fold.addEventListener("toggle", fetch, { once: true });
}
