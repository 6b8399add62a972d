// A file's comments by the keys they stand at in, and its data before and after a change; the comments by the keys of afterwards out.
import type { Json } from "./yaml";

type Keys = readonly (string | number)[];

/** What generator/documents/comments.py reads of a file, as JSON; what is empty is left out. */
export interface Noted {
  readonly first?: readonly string[];
  readonly before?: readonly (readonly [keys: Keys, lines: readonly string[]])[];
  readonly after?: readonly (readonly [keys: Keys, text: string])[];
  readonly last?: readonly string[];
}

/** Comments as the writer looks for them. */
export interface Comments {
  readonly first: readonly string[];
  readonly before: ReadonlyMap<string, readonly string[]>;
  readonly after: ReadonlyMap<string, string>;
  readonly last: readonly string[];
}

export const NO_COMMENTS: Comments = { first: [], before: new Map(), after: new Map(), last: [] };

/** Return the name of a place in data. */
export function placeOf(keys: Keys): string {
  return JSON.stringify(keys);
}

/** Return the comments of a file whose data were changed. Those of items of a list go with their item, those of what is gone go too. */
export function commentsAfter({ first = [], before = [], after = [], last = [] }: Noted, old: Json, now: Json): Comments {
  return { first, before: moved(before, old, now), after: moved(after, old, now), last };
}

function moved<T>(all: readonly (readonly [Keys, T])[], old: Json, now: Json): Map<string, T> {
  const placed = all.map(([keys, one]) => [follow(keys, old, now), one] as const);
  return new Map(placed.flatMap(([keys, one]) => (keys === undefined ? [] : [[placeOf(keys), one] as const])));
}

/** Return where what stood at `keys` stands now; undefined when it is gone. */
function follow(keys: Keys, old: Json | undefined, now: Json | undefined): Keys | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return [];
  const at = Array.isArray(old) && Array.isArray(now) ? itemOf(Number(key), old, now) : key;
  const [before, after] = [partOf(old, key), partOf(now, at)];
  const inner = after === undefined ? undefined : follow(rest, before, after);
  return inner === undefined ? undefined : [at, ...inner];
}

/** Return the place of an item in a list that was changed: of the same one, else of what came in its stead. */
function itemOf(at: number, old: readonly Json[], now: readonly Json[]): number {
  const texts = now.map((one) => JSON.stringify(one));
  const was = old.map((one) => JSON.stringify(one));
  const nth = was.slice(0, at).filter((one) => one === was[at]).length; // of several that are equal
  const same = texts.flatMap((one, place) => (one === was[at] ? [place] : []))[nth];
  if (same !== undefined) return same;
  const isNew = at < texts.length && !was.includes(texts[at] ?? "");
  return isNew ? at : -1;
}

function partOf(data: Json | undefined, key: string | number): Json | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  return Array.isArray(data) ? data[Number(key)] : Object.hasOwn(data, key) ? data[key] : undefined;
}
