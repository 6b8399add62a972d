// A work piece and a machine's envelope in; whether the piece fits, turned any way, out. The same cases as Python's:
// tests/sizes.json.
import type { Envelope } from "./data";

/**
 * Return whether a piece of one to three sides (millimetres) fits. A bed of two sides says nothing of the height: the
 * two longest sides of the piece are compared. What turns holds a piece whose cross-section lies in the circle and
 * whose third side is not longer than the machine's length, as far as that is known.
 */
export function fits(piece: readonly number[], envelope: Envelope): boolean {
  if (envelope === 0 || envelope.length === 0) return false;
  const sides = [...piece].sort((one, other) => other - one);
  if (envelope[0] === 0) return turns(sides, envelope[1] ?? 0, envelope[2] || Infinity);
  const room = [...envelope].sort((one, other) => other - one);
  return sides.slice(0, room.length).every((side, at) => side <= (room[at] ?? 0));
}

function turns(sides: number[], diameter: number, length: number): boolean {
  return sides.some((axis, at) => {
    const across = sides.filter((_, other) => other !== at);
    return axis <= length && Math.hypot(...across) <= diameter;
  });
}

/** Return the sides that a text such as "600x400" or "600 × 400 × 50" gives; none when it gives no size. */
export function sizeOf(text: string): number[] {
  const sides = text.split(/[x×*, ]+/i).filter((side) => side !== "").map(Number);
  return sides.length <= 3 && sides.every((side) => side > 0 && side <= 100_000) ? sides : [];
}
