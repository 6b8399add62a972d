// What is wrong in; a list of links to it above the form, and the focus on the first, out.
import { element, link } from "../elements";
import { counted, type Words } from "../words";
import type { Field } from "./field";

/** A fault, the field that it is about, and what that is called. */
export interface Shown {
  readonly field: Field;
  readonly text: string;
}

export class Summary {
  readonly place = element("div", "form-summary");
  private shown: readonly Shown[] = [];

  constructor(private readonly words: Words) {
    this.place.hidden = true;
    this.place.setAttribute("role", "alert");
  }

  /** Show faults at their fields and in the list; those of before go. */
  show(all: readonly Shown[]): void {
    for (const { field } of this.shown) field.say("");
    this.shown = all;
    for (const { field, text } of all) field.say(text);
    this.place.hidden = all.length === 0;
    if (all.length === 0) return this.place.replaceChildren();
    const heading = element("h2", "", counted(this.words, "wrongs", all.length));
    this.place.replaceChildren(heading, element("ul", "", ...all.map((one) => element("li", "", this.line(one)))));
  }

  /** Put the focus on the first field that has a fault. */
  focus(): void {
    const [first] = this.shown;
    if (first !== undefined) reach(first.field.control);
  }

  private line({ field, text }: Shown): HTMLAnchorElement {
    const anchor = link(`#${field.control.id}`, `${labelOf(field)}: ${text}`);
    anchor.addEventListener("click", (event) => {
      event.preventDefault();
      reach(field.control);
    });
    return anchor;
  }
}

/** Return what a field is called. */
export function labelOf(field: Field): string {
  return (field.place.querySelector(".form-label")?.firstChild?.textContent ?? "").trim();
}

/** Unfold what is around a control and put the focus on it. */
export function reach(control: HTMLElement): void {
  for (let around = control.closest("details"); around !== null; around = around.parentElement?.closest("details") ?? null) around.open = true;
  control.focus({ preventScroll: true });
  control.scrollIntoView({ block: "center" });
}

/** Return faults in the order of the page. */
export function ordered(all: readonly Shown[]): Shown[] {
  return [...all].sort((one, other) => (one.field.control.compareDocumentPosition(other.field.control) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
}
