// The parts of a value in (a party, a design, a place, a document); the field that asks for them, and for a record of the registry, out.
import { element } from "../elements";
import { changed, framed, isMapping, type Field } from "../forms/field";
import type { About } from "../forms/simple";
import { countryOptions } from "../forms/countries";
import type { Words } from "../words";
import type { Json, Mapping } from "../yaml";
import { digestOf, line, oneOf } from "./controls";
import { PARTS } from "./parts";
import { ShelfField, type Shelf } from "./shelf-field";

const SELDOM = ["register", "key", "sha256"];

export class PartsField implements Field {
  readonly place: HTMLElement;
  readonly control: HTMLElement;
  readonly say: (fault: string) => void;
  private readonly picker: ShelfField | undefined;
  private coming = Promise.resolve();
  private readonly fields: ReadonlyMap<string, Field>;

  constructor(about: About, private readonly words: Words, kind: string, countries: readonly string[], private readonly shelf?: Shelf) {
    const names = (PARTS[kind] ?? []).filter((name) => name !== shelf?.part);
    this.fields = new Map(names.map((name) => [name, this.part(name, countries)]));
    if (shelf !== undefined) {
      this.picker = new ShelfField(words, shelf);
      this.picker.place.addEventListener("input", () => (this.coming = this.chosen()));
    }
    const seldom = [...this.fields].filter(([name]) => SELDOM.includes(name)).map(([, { place }]) => place);
    const usual = [...this.fields].filter(([name]) => !SELDOM.includes(name)).map(([, { place }]) => place);
    const more = element("details", "contract-more", element("summary", "", words["more"] ?? ""), ...seldom);
    if (kind === "document") more.append(digestOf(words, (sum, name) => this.took(sum, name)));
    const inner = element("div", "contract-parts", ...(this.picker === undefined ? [] : [this.picker.place]), ...usual, ...(seldom.length > 0 ? [more] : []));
    this.control = this.picker?.control ?? [...this.fields.values()][0]?.control ?? inner;
    const { place, say } = framed({ ...about, control: this.control, isGroup: true, inner: [inner] });
    this.place = place;
    this.say = say;
  }

  read(): Json | undefined {
    const found: Mapping = {};
    const id = this.picker?.read();
    if (this.shelf !== undefined && typeof id === "string") found[this.shelf.part] = id;
    for (const [name, field] of this.fields) {
      const value = field.read();
      if (value !== undefined) found[name] = value;
    }
    return Object.keys(found).length > 0 ? found : undefined;
  }

  write(value: Json | undefined): void {
    const given: Mapping = isMapping(value) ? value : typeof value === "string" ? { [this.shelf?.part ?? [...this.fields.keys()][0] ?? ""]: value } : {};
    for (const [name, field] of this.fields) field.write(given[name]);
    this.picker?.write(given[this.shelf?.part ?? ""]);
    if (typeof value === "string" && this.picker?.read() !== undefined) this.coming = this.chosen();
  }

  /** Wait until what the chosen record says stands in the other parts. */
  arrived(): Promise<void> {
    return this.coming;
  }

  at(): Field {
    return this;
  }

  /** Show names where ids stood: what can be chosen has arrived. */
  renew(): void {
    this.picker?.renew();
  }

  private part(name: string, countries: readonly string[]): Field {
    const about = { label: this.words[`part.${name}`] ?? name, hint: "" };
    if (name === "country") return oneOf(about, this.words, countryOptions(countries));
    return line(about, ["key", "sha256", "url"].includes(name) ? "ltr" : "auto");
  }

  /** Write what the record of the choice says into the other parts. */
  private async chosen(): Promise<void> {
    const id = this.picker?.read();
    const parts = typeof id === "string" ? await this.shelf?.parts(id) : undefined;
    if (parts === undefined || this.picker?.read() !== id) return;
    for (const [name, field] of this.fields) if (name in parts || !SELDOM.includes(name)) field.write(parts[name]);
    changed(this.place);
  }

  private took(sum: string, name: string): void {
    this.fields.get("sha256")?.write(sum);
    if (this.fields.get("name")?.read() === undefined) this.fields.get("name")?.write(name);
    changed(this.place);
  }
}
