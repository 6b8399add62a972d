// Countries: their names in the page's language, and where a point lies that should be in one of them.

/** West, south, east and north of each country in degrees, as generator/publish/forms.py writes them. */
export type Boxes = Readonly<Record<string, readonly [west: number, south: number, east: number, north: number]>>;
export type Point = readonly [latitude: number, longitude: number];
export type Verdict = "fine" | "swapped" | "far";

const LENIENCE = 0.4; // degrees: coasts are drawn coarsely

export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames(document.documentElement.lang, { type: "region" }).of(code.toUpperCase()) ?? code;
  } catch {
    return code;
  }
}

/** Return countries as the options of a field, in the order of their names. */
export function countryOptions(codes: readonly string[]): (readonly [code: string, name: string])[] {
  const named = codes.map((code) => [code, countryName(code)] as const);
  const { compare } = new Intl.Collator(document.documentElement.lang);
  return named.sort(([, one], [, other]) => compare(one, other));
}

/** Return whether a point lies in its country, or would with its two numbers exchanged. */
export function verdict(boxes: Boxes, country: string, [y, x]: Point): Verdict {
  const box = boxes[country];
  if (box === undefined) return Math.abs(y) > 90 && Math.abs(x) <= 90 ? "swapped" : "fine";
  if (isIn(box, y, x)) return "fine";
  return isIn(box, x, y) ? "swapped" : "far";
}

function isIn([west, south, east, north]: Boxes[string] & object, y: number, x: number): boolean {
  return y >= south - LENIENCE && y <= north + LENIENCE && x >= west - LENIENCE && x <= east + LENIENCE;
}
