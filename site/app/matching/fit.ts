// A work piece and a machine's envelope in; whether the piece fits, turned or as it is, out. As in
// generator/matching/fit.py; the same cases: tests/sizes.json.
import { general } from "./numbers";
import type { Box } from "./wanted";

/** Return whether a piece fits; one that is fixed must fit as its sides are given, too. */
export function fits(piece: Box, room: Box, isFixed: boolean): boolean {
  if (piece[0] === 0) return turned(piece[1] ?? 0, piece[2] ?? 0, room);
  if (room[0] === 0) return inCircle(piece, room[1] ?? 0, room[2] ?? Infinity);
  return covers(longestFirst(room), longestFirst(piece)) && (!isFixed || covers(room, piece));
}

function longestFirst(sides: Box): number[] {
  return [...sides].sort((one, other) => other - one);
}

function covers(room: Box, sides: Box): boolean {
  for (let at = 0; at < sides.length && at < room.length; at++) if ((sides[at] ?? 0) > (room[at] ?? 0)) return false;
  return true;
}

/** Return whether a box lies in a cylinder with one of its sides along the axis. */
function inCircle(sides: Box, diameter: number, length: number): boolean {
  const across = (axis: number): number => Math.sqrt(sides.reduce((sum, side, at) => (at === axis ? sum : sum + side * side), 0));
  return sides.some((side, axis) => side <= length && across(axis) <= diameter);
}

/** Return whether a round piece lies in a cylinder, or in a box with its axis along one of the sides. */
function turned(diameter: number, length: number, room: Box): boolean {
  if (room[0] === 0) return diameter <= (room[1] ?? 0) && length <= (room[2] ?? Infinity);
  return covers(longestFirst(room), longestFirst([diameter, diameter, length]));
}

/** Return an envelope as people write it. */
export function sizeText(box: Box): string {
  if (box[0] !== 0) return `${box.map(general).join(" × ")} mm`;
  const length = box[2] === undefined ? "" : ` × ${general(box[2])}`;
  return `⌀ ${general(box[1] ?? 0)}${length} mm`;
}
