// The part of the filters that asks for the size of a work piece: three fields of millimetres.
import { element } from "./elements";
import type { State } from "./state";
import type { Words } from "./words";

const SIDES = ["length", "width", "height"] as const;
const LONGEST = 100_000;

/** The fields; `changed` gets the sides that are filled in. */
export class Piece {
  readonly place: HTMLElement;
  private readonly fields: readonly HTMLInputElement[];

  constructor(words: Words, private readonly changed: (size: number[]) => void) {
    this.fields = SIDES.map(() => this.field());
    const labels = this.fields.map((field, at) => element("label", "", element("span", "", words[`size_${SIDES[at] ?? ""}`] ?? ""), field));
    this.place = element("fieldset", "explore-size", element("legend", "", words["size"] ?? ""), element("div", "explore-size-row", ...labels), element("p", "explore-note", words["size_note"] ?? ""));
  }

  show(state: State): void {
    if (this.fields.some((field) => field === document.activeElement)) return;
    this.fields.forEach((field, at) => (field.value = String(state.size[at] ?? "")));
  }

  private field(): HTMLInputElement {
    const field = element("input", "explore-field");
    field.type = "number";
    field.min = "1";
    field.max = String(LONGEST);
    field.step = "any";
    field.inputMode = "decimal";
    field.addEventListener("input", () => {
      const sides = this.fields.map((one) => Number(one.value)).filter((side) => side > 0 && side <= LONGEST);
      this.changed(sides);
    });
    return field;
  }
}
