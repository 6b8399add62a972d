// A field for one item in; a field for a list of such items, which may have one for each item of another list, out.
import { button, element } from "../elements";
import { changed, framed, type Field } from "../forms/field";
import type { Keys } from "../forms/schema";
import type { About } from "../forms/simple";
import { say as fill, type Words } from "../words";
import type { Json } from "../yaml";
import { PartsField } from "./parts-field";

interface Row {
  readonly field: Field;
  readonly place: HTMLElement;
}

export class ListField implements Field {
  readonly place: HTMLElement;
  readonly control: HTMLButtonElement;
  readonly say: (fault: string) => void;
  private rows: Row[] = [];
  private readonly list = element("div", "form-rows");
  private names: readonly string[] | undefined;

  constructor(private readonly about: About, private readonly words: Words, private readonly item: () => Field) {
    this.control = button("form-add", () => this.added(), fill(words, "add", { what: about.label }));
    const { place, say } = framed({ ...about, control: this.control, isGroup: true, inner: [this.list, this.control] });
    this.place = place;
    this.say = say;
  }

  /** Items that say nothing are left out; where each belongs to an item of another list, they are null. */
  read(): Json | undefined {
    const values = this.rows.map(({ field }) => field.read() ?? null);
    const kept = this.names === undefined ? values.filter((value) => value !== null) : values;
    return kept.some((value) => value !== null) ? kept : undefined;
  }

  write(value: Json | undefined): void {
    this.rows = [];
    this.list.replaceChildren();
    for (const one of Array.isArray(value) ? value : []) this.append().field.write(one ?? undefined);
    this.name();
  }

  at(keys: Keys): Field {
    const [at] = keys;
    const counted = this.names === undefined ? this.rows.filter(({ field }) => field.read() !== undefined) : this.rows;
    return typeof at === "number" ? (counted[at]?.field ?? this) : this;
  }

  /** Have one item for each of these names, and no other; more than there are names for stay while they say something. */
  sized(names: readonly string[]): void {
    this.names = names;
    while (this.rows.length < names.length) this.append();
    for (let last = this.rows[this.rows.length - 1]; last !== undefined && this.rows.length > names.length && last.field.read() === undefined; last = this.rows[this.rows.length - 1]) {
      this.rows.pop();
      last.place.remove();
    }
    this.control.hidden = true;
    for (const { place } of this.rows) place.querySelectorAll<HTMLElement>(":scope > .form-remove").forEach((one) => (one.hidden = this.rows.length <= names.length));
    this.name();
  }

  /** Show names where ids stood: what can be chosen has arrived. */
  renew(): void {
    for (const { field } of this.rows) if (field instanceof PartsField) field.renew();
  }

  /** Wait until what chosen records say stands in their items. */
  async arrived(): Promise<void> {
    await Promise.all(this.rows.map(({ field }) => (field instanceof PartsField ? field.arrived() : undefined)));
  }

  private name(): void {
    this.rows.forEach(({ field }, at) => {
      const label = field.place.querySelector(".form-label");
      if (label !== null) label.textContent = this.names?.[at] ?? `${this.about.label} ${at + 1}`;
    });
  }

  private added(): void {
    this.append().field.control.focus();
    this.name();
    changed(this.place);
  }

  private append(): Row {
    const field = this.item();
    const place = element("div", "form-row", field.place);
    const row = { field, place };
    const remove = button("form-remove", () => this.removed(row), "×");
    remove.setAttribute("aria-label", fill(this.words, "remove", { what: `${this.about.label} ${this.rows.length + 1}` }));
    place.append(remove);
    this.rows.push(row);
    this.list.append(place);
    return row;
  }

  private removed(row: Row): void {
    this.rows = this.rows.filter((one) => one !== row);
    row.place.remove();
    this.name();
    this.control.focus();
    changed(this.place);
  }
}
