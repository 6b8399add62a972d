// The page's words in; what a field, its hint and its values are called out.
import type { Words } from "../words";

/** Values whose words stand under another name than their place: the first pattern that fits. */
const GROUPS: readonly [RegExp, string][] = [
  [/location\.precision$/, "precision"], [/materials\.form$/, "form"], [/\.per$/, "per"], [/verified\.how$/, "how"],
];

/** What things of one kind of record are called. A path has no numbers: `materials.form`. */
export class Told {
  constructor(readonly words: Words, readonly kind: string) {}

  label(path: string): string {
    const last = path.slice(path.lastIndexOf(".") + 1);
    return this.found("field", path) || this.words[`has.${last}`] || last.replace(/_/g, " ");
  }

  hint(path: string): string {
    return this.found("hint", path);
  }

  value(path: string, value: string): string {
    const group = GROUPS.find(([pattern]) => pattern.test(path))?.[1] ?? `${this.kind}.${path}`;
    return this.words[`${group}.${value}`] ?? value;
  }

  private found(group: string, path: string): string {
    const last = path.slice(path.lastIndexOf(".") + 1);
    for (const key of [`${this.kind}.${path}`, path, last]) {
      const text = this.words[`${group}.${key}`];
      if (text !== undefined) return text;
    }
    return "";
  }
}
