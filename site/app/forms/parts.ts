// Fields by their place in a mapping in; the mapping out, with all that no field is about as it was.
import { isMapping, putAt, valueAt, type Field } from "./field";
import type { Keys } from "./schema";
import type { Json, Mapping } from "../yaml";

/** Fields of one mapping. What nobody has touched is read as it was written, to the last space. */
export class Parts {
  private base: Mapping = {};
  private readonly touched = new Set<Field>();

  constructor(readonly fields: readonly (readonly [keys: Keys, field: Field])[]) {
    for (const [, field] of fields) field.place.addEventListener("input", () => this.touched.add(field));
  }

  write(data: Json | undefined): void {
    this.base = isMapping(data) ? data : {};
    for (const [keys, field] of this.fields) field.write(valueAt(this.base, keys));
    this.touched.clear();
  }

  read(): Mapping {
    const data = structuredClone(this.base);
    for (const [keys, field] of this.fields) if (this.touched.has(field)) putAt(data, keys, field.read());
    return data;
  }

  /** Return the innermost field for a place; undefined when no field is about it. */
  at(keys: Keys): Field | undefined {
    const found = this.fields.find(([own]) => own.every((key, at) => key === keys[at]));
    return found?.[1].at(keys.slice(found[0].length)) ?? this.fields.find(([own]) => keys.every((key, at) => key === own[at]))?.[1];
  }
}
