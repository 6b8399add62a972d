// A country's outline and a point in; whether the point lies in the country, or would with its numbers exchanged or other signs, out.
// The same as generator/outlines.py and generator/checks/places.py say.

/** What generator/publish/form_rules.py writes of a country: rings of steps, east and north, in hundredths of a degree; and its numbers. */
export interface Land {
  readonly outline: readonly (readonly number[])[];
  readonly phone: readonly [code: number, prefix: string, any: string, mobile: string, others: readonly string[]];
}

export type Point = readonly [latitude: number, longitude: number];
export type Box = readonly [south: number, west: number, north: number, east: number];

/** What is wrong with a point, and which one is meant; there is none when it is only far away. */
export interface Verdict {
  readonly kind: "fine" | "zero" | "swapped" | "signs" | "far";
  readonly meant?: Point;
}

type Ring = readonly Point[];

const UNITS = 100;
const KM = 111.195; // a degree of latitude, on the mean radius of GRS 80
/** How far outside its country a point may lie, in km. */
const LENIENCE: Readonly<Record<string, number>> = { exact: 20, street: 20, city: 40, country: 150 };

export function verdict(land: Land, [y, x]: Point, precision: string): Verdict {
  const rings = ringsOf(land);
  const km = LENIENCE[precision] ?? 20;
  const isFine = (point: Point): boolean => rings.length === 0 || isNear(rings, point, km);
  if (y === 0 && x === 0) return { kind: "zero" };
  if (isFine([y, x]) && Math.abs(y) <= 90) return { kind: "fine" };
  if (isFine([x, y]) && Math.abs(x) <= 90) return { kind: "swapped", meant: [x, y] };
  const others: readonly Point[] = [[y, -x], [-y, x], [-y, -x]];
  const meant = rings.length === 0 ? undefined : others.find(isFine);
  return meant === undefined ? { kind: "far" } : { kind: "signs", meant };
}

/** Return what a map shows of a country; undefined without an outline. */
export function boxOf(land: Land): Box | undefined {
  const points = ringsOf(land).flat();
  if (points.length === 0) return undefined;
  const fold = (at: 0 | 1, pick: (one: number, other: number) => number): number => points.map((point) => point[at]).reduce((one, other) => pick(one, other));
  return [fold(0, Math.min), fold(1, Math.min), fold(0, Math.max), fold(1, Math.max)];
}

function ringsOf({ outline }: Land): Ring[] {
  return outline.map((steps) => {
    const points: Point[] = [];
    for (let at = 0, x = 0, y = 0; at + 1 < steps.length; at += 2) {
      x += steps[at] ?? 0;
      y += steps[at + 1] ?? 0;
      points.push([y / UNITS, x / UNITS]);
    }
    return [...points, ...points.slice(0, 1)];
  });
}

/** Return whether a point lies in rings or at most so far from them, on a plane around the point. */
function isNear(rings: readonly Ring[], [y, x]: Point, km: number): boolean {
  const scale = Math.max(0.01, Math.cos((y * Math.PI) / 180));
  const limit = (km / KM) ** 2;
  let isInside = false;
  for (const ring of rings) {
    for (let at = 1; at < ring.length; at++) {
      const [y0 = 0, x0 = 0] = ring[at - 1] ?? [];
      const [y1 = 0, x1 = 0] = ring[at] ?? [];
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) isInside = !isInside;
      if (squareToSide((x0 - x) * scale, y0 - y, (x1 - x) * scale, y1 - y) <= limit) return true;
    }
  }
  return isInside;
}

/** Return the squared way from 0, 0 to a side. */
function squareToSide(x0: number, y0: number, x1: number, y1: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, -(x0 * dx + y0 * dy) / length));
  return (x0 + along * dx) ** 2 + (y0 + along * dy) ** 2;
}
