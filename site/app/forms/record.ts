// A kind of record in; its form out: the first facts in sight, all others folded away under headings.
import { element } from "../elements";
import { counted } from "../words";
import type { Json, Mapping } from "../yaml";
import { valueAt, type Field } from "./field";
import { LAYOUT, REQUIRED, UNASKED, type Group } from "./layout";
import { Making, type Sources } from "./making";
import { Parts } from "./parts";
import { followed, schemaAt, type Schemas } from "./schema";
import type { Told } from "./told";

/** One record's form. `extra` are elements that stand among its fields, by the names that start with `*`. */
export class RecordForm {
  readonly place = element("div", "form-record");
  readonly parts: Parts;
  private readonly making: Making;
  private readonly marks = new Map<HTMLElement, readonly string[]>();

  constructor(readonly schemas: Schemas, readonly told: Told, sources: Sources, private readonly extra: Readonly<Record<string, HTMLElement>>) {
    const { kind } = told;
    this.making = new Making(schemas, told, sources, new Set(REQUIRED[kind]));
    const groups = [...(LAYOUT[kind] ?? []), { name: "more", facts: this.unnamed() }];
    const fields = new Map<string, Field>();
    for (const path of groups.flatMap(({ facts }) => facts.filter((one) => !one.startsWith("*")))) {
      fields.set(path, this.making.field(schemaAt(schemas, kind, path.split(".")), path));
    }
    this.parts = new Parts([...fields].map(([path, field]) => [path.split("."), field]));
    this.place.append(...groups.flatMap((group) => this.group(group, fields)));
    this.place.addEventListener("input", () => this.mark());
  }

  read(): Mapping {
    const data = this.parts.read();
    const place = data["location"];
    // Without a point the schema wants to hear that there is none.
    if (this.told.kind === "hub" && typeof place === "object" && place !== null && !Array.isArray(place)) {
      const isVague = place["precision"] === "city" || place["precision"] === "country";
      if (place["latitude"] === undefined && place["longitude"] === undefined && !isVague) return { ...data, location: { ...place, precision: "city" } };
    }
    return data;
  }

  write(data: Json | undefined): void {
    this.parts.write(data);
    this.mark();
  }

  /** Show names of what can be chosen, which has arrived. */
  renew(): void {
    for (const picker of this.making.pickers) picker.renew();
  }

  /** Return the field for a place in the record. */
  field(path: string): Field | undefined {
    return this.parts.fields.find(([keys]) => keys.join(".") === path)?.[1];
  }

  private unnamed(): string[] {
    const { kind } = this.told;
    const named = new Set((LAYOUT[kind] ?? []).flatMap(({ facts }) => facts));
    const starts = new Set([...named].map((path) => path.split(".")[0]));
    const all = Object.keys(followed(this.schemas, this.schemas[kind] ?? {}).properties ?? {});
    return all.filter((name) => !starts.has(name) && !(UNASKED[kind] ?? []).includes(name));
  }

  private group({ name, facts }: Group, fields: ReadonlyMap<string, Field>): HTMLElement[] {
    const places = facts.map((path) => fields.get(path)?.place ?? this.extra[path]).filter((one): one is HTMLElement => one !== undefined);
    if (name.startsWith("*")) return this.extra[name] === undefined ? [] : [this.extra[name]];
    if (places.length === 0) return [];
    if (name === "") return [element("div", "form-first", ...places)];
    const mark = element("span", "form-mark");
    this.marks.set(mark, facts);
    const summary = element("summary", "", element("span", "", this.told.words[`group.${name}`] ?? name), " ", mark);
    const details = element("details", "form-part", summary, element("div", "form-inner", ...places));
    details.dataset["group"] = name;
    return [details];
  }

  /** Say how many facts each heading holds. */
  private mark(): void {
    const data = this.parts.read();
    for (const [mark, facts] of this.marks) {
      const count = facts.filter((path) => valueAt(data, path.split(".")) !== undefined).length;
      mark.textContent = count === 0 ? "" : counted(this.told.words, "filled", count);
    }
  }
}
