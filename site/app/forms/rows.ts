// A field for one item in; a field for a list of such items, with buttons to add and to remove, out.
import { button, element } from "../elements";
import { say as fill, type Words } from "../words";
import type { Json } from "../yaml";
import { changed, framed, type Field } from "./field";
import type { Keys } from "./schema";
import type { About } from "./simple";

interface Row {
  readonly field: Field;
  readonly place: HTMLElement;
}

/** A list whose items one field each is about. */
export class RowsField implements Field {
  readonly place: HTMLElement;
  readonly control: HTMLButtonElement;
  readonly say: (fault: string) => void;
  private rows: Row[] = [];
  private readonly list = element("div", "form-rows");

  constructor(about: About, private readonly words: Words, private readonly item: () => Field) {
    this.control = button("form-add", () => this.added(), fill(words, "add", { what: about.label }));
    const { place, say } = framed({ ...about, control: this.control, isGroup: true, inner: [this.list, this.control] });
    this.place = place;
    this.say = say;
  }

  read(): Json | undefined {
    const values = this.rows.map(({ field }) => field.read()).filter((value) => value !== undefined);
    return values.length > 0 ? values : undefined;
  }

  write(value: Json | undefined): void {
    this.rows = [];
    this.list.replaceChildren();
    for (const one of Array.isArray(value) ? value : []) this.append().field.write(one);
  }

  /** Rows that say nothing are left out of the list, so that places are counted without them. */
  at(keys: Keys): Field {
    const [at, ...rest] = keys;
    const filled = this.rows.filter(({ field }) => field.read() !== undefined);
    return typeof at === "number" ? (filled[at]?.field.at(rest) ?? this) : this;
  }

  private added(): void {
    this.append().field.control.focus();
    changed(this.place);
  }

  private append(): Row {
    const field = this.item();
    const place = element("div", "form-row", field.place);
    const row = { field, place };
    const label = field.place.querySelector(".form-label")?.textContent ?? "";
    const remove = button("form-remove", () => this.removed(row), "×");
    remove.setAttribute("aria-label", fill(this.words, "remove", { what: `${label} ${this.rows.length + 1}` }));
    place.append(remove);
    this.rows.push(row);
    this.list.append(place);
    return row;
  }

  private removed(row: Row): void {
    this.rows = this.rows.filter((one) => one !== row);
    row.place.remove();
    this.control.focus();
    changed(this.place);
  }
}
