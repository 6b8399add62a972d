// The schema of a place in a record in; the field that asks for it out.
import { element } from "../elements";
import type { Words } from "../words";
import type { Json } from "../yaml";
import { envelopeField } from "./envelope";
import { featuresField } from "./features";
import { framed, type Field } from "./field";
import { hoursField } from "./hours";
import { USUAL } from "./layout";
import { Parts } from "./parts";
import { PickerField, type Choice } from "./picker";
import { RowsField } from "./rows";
import { definitionsOf, followed, type Keys, type Schema, type Schemas } from "./schema";
import { boxesField, boxField, dateField, numberField, selectField, textField, type About } from "./simple";
import { TextsField } from "./texts";
import type { Told } from "./told";

/** What can be chosen, by the definition of its ids: `process_id`. */
export interface Sources {
  choices(name: string): readonly Choice[];
  readonly languages: readonly string[];
  readonly language: string;
}

const PICKED = ["process_id", "material_id", "model_id", "network_id", "contract_id", "competence_id", "language"];
const CODE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const SHORT_TEXT = new Set(["name"]);
const KEYBOARDS: readonly [RegExp, string][] = [[/email$/, "email"], [/phone$/, "tel"], [/(?:url|website|same_as)$/, "url"]];

/** Makes the fields of one kind of record; `pickers` are those whose choices may arrive later. */
export class Making {
  readonly pickers: PickerField[] = [];

  constructor(readonly schemas: Schemas, readonly told: Told, readonly sources: Sources, private readonly required: ReadonlySet<string>) {}

  private get words(): Words {
    return this.told.words;
  }

  field(schema: Schema, path: string): Field {
    const { told, words } = this;
    const whole = followed(this.schemas, schema);
    const names = definitionsOf(this.schemas, schema);
    const about: About = { label: told.label(path), hint: told.hint(path), mark: this.required.has(path) ? (words["required"] ?? "") : "" };
    if (names.includes("text")) return this.texts(about, path);
    if (names.includes("envelope")) return envelopeField(about, words);
    if (names.includes("features")) return featuresField(about);
    const picked = names.find((name) => PICKED.includes(name));
    if (picked !== undefined) return this.picker(about, picked, true);
    if (whole.type === "array") return this.list(about, whole.items ?? {}, path);
    if (whole.enum !== undefined) return this.select(about, whole.enum, names, path);
    return this.plain(about, whole, names, path);
  }

  private plain(about: About, whole: Schema, names: readonly string[], path: string): Field {
    const example = String(whole.examples?.[0] ?? "");
    if (path === "hours") return hoursField(about, this.words);
    if (whole.type === "boolean") return boxField(about);
    if (whole.type === "number" || whole.type === "integer") return numberField(about, example);
    if (whole.type === "object") return this.group(about, whole, path);
    if (names.includes("date")) return dateField(about);
    const type = KEYBOARDS.find(([pattern]) => pattern.test(path))?.[1] ?? "text";
    return textField(about, { type, example, direction: type === "text" ? "auto" : "ltr" });
  }

  private select(about: About, values: readonly string[], names: readonly string[], path: string): Field {
    const usual = USUAL[`${this.told.kind}.${path}`] ?? "";
    const nothing = usual === "" ? (this.words[this.required.has(path) ? "choose" : "unknown"] ?? "") : this.told.value(path, usual);
    return selectField(about, values.map((one) => [one, this.valueName(names, path, one)]), nothing, usual);
  }

  private valueName(names: readonly string[], path: string, value: string): string {
    return names.includes("presence") ? (this.words[value] ?? value) : this.told.value(path, value);
  }

  private texts(about: About, path: string): Field {
    const { languages, language } = this.sources;
    const isShort = SHORT_TEXT.has(path);
    const usual = language === document.documentElement.lang ? "" : document.documentElement.lang;
    return new TextsField(about, this.words, { rows: isShort ? 0 : 3, example: isShort ? "Kumasi Hive" : "", language: isShort ? "" : usual, usual: language, languages });
  }

  private picker(about: About, name: string, isSingle: boolean): Field {
    const picking = { choices: () => this.sources.choices(name), isSingle, ...(name === "language" ? { own: CODE } : {}) };
    const made = new PickerField(about, this.words, picking);
    this.pickers.push(made);
    made.renew();
    return made;
  }

  private list(about: About, item: Schema, path: string): Field {
    const names = definitionsOf(this.schemas, item);
    const picked = names.find((name) => PICKED.includes(name));
    if (picked !== undefined) return this.picker(about, picked, false);
    const whole = followed(this.schemas, item);
    if (whole.enum !== undefined) return boxesField(about, whole.enum.map((one) => [one, this.told.value(path, one)]));
    return new RowsField(about, this.words, () => this.field(item, path));
  }

  /** A field for each property, in the schema's order. */
  private group(about: About, whole: Schema, path: string): Field {
    const needed = new Set((whole.required ?? []).map((name) => `${path}.${name}`));
    const inner = new Making(this.schemas, this.told, this.sources, needed);
    const fields = Object.entries(whole.properties ?? {}).map(([name, schema]) => [[name], inner.field(schema, `${path}.${name}`)] as const);
    this.pickers.push(...inner.pickers);
    return groupField(about, fields);
  }
}

/** Fields of a mapping within a record. */
function groupField(about: About, fields: readonly (readonly [Keys, Field])[]): Field {
  const parts = new Parts(fields);
  const around = element("div", "form-group", ...fields.map(([, field]) => field.place));
  const control = fields[0]?.[1].control ?? around;
  const { place, say } = framed({ ...about, mark: "", control, isGroup: true, inner: [around] });
  const read = (): Json | undefined => {
    const data = parts.read();
    return Object.keys(data).length > 0 ? data : undefined;
  };
  const field: Field = { place, control, say, read, write: (value) => parts.write(value), at: (keys) => (keys.length === 0 ? field : (parts.at(keys) ?? field)) };
  return field;
}
