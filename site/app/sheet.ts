// The filters in; on a phone they stand in a sheet of full height that is opened and closed, elsewhere beside the list.
import { button, element } from "./elements";
import type { Words } from "./words";

/** A dialog that borrows the filters while it is open: the browser keeps the focus inside and closes it with Escape. */
export class Sheet {
  private readonly dialog = element("dialog", "explore-sheet");
  private readonly done: HTMLButtonElement;
  private readonly home: Comment;

  constructor(private readonly filters: HTMLElement, opener: HTMLButtonElement, words: Words) {
    this.home = document.createComment("filters");
    filters.before(this.home);
    this.done = button("karakana-button explore-done", () => this.dialog.close());
    const title = element("h2", "", words["filters"] ?? "");
    title.id = "explore-sheet-title";
    this.dialog.setAttribute("aria-labelledby", title.id);
    this.dialog.append(element("div", "explore-sheet-head", title, button("explore-close", () => this.dialog.close(), words["close"] ?? "")), element("div", "explore-sheet-foot", this.done));
    opener.after(this.dialog);
    opener.addEventListener("click", () => this.open());
    this.dialog.addEventListener("close", () => this.home.after(this.filters));
  }

  /** Open the sheet, with one of the filters at its top. */
  open(filter?: HTMLDetailsElement): void {
    this.dialog.firstElementChild?.after(this.filters);
    this.dialog.showModal();
    if (filter === undefined) return;
    filter.open = true;
    filter.scrollIntoView();
    filter.querySelector("summary")?.focus({ preventScroll: true });
  }

  /** Say on the way out how many hubs there are. */
  say(text: string): void {
    this.done.textContent = text;
  }
}
