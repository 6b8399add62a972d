// What a manifest says of a part's size and exactness in; millimetres and a tolerance out, as
// generator/importers/okh_measures.py reads them.
import type { Box, Step } from "../matching/wanted";
import { type Data, line, mapping, number } from "./said";

const SIDES = /cube\s*\(\s*(?:size\s*=\s*)?\[\s*([\d.]+)\s*,\s*([\d.]+)\s*,\s*([\d.]+)\s*\]?/;
const ROUND = /cylinder\s*\(([^()]*)\)?/;
const LETTERS = /\b([hrd])\s*=\s*([\d.]+)/g;
const MM: Readonly<Record<string, number>> = { mm: 1, cm: 10, dm: 100, m: 1000, in: 25.4, inch: 25.4 };
const BOXES = [["length", "width", "height"], ["length", "width", "depth"], ["width", "depth", "height"], ["x", "y", "z"]] as const;
const GRADE = /^IT(0?[0-9]|1[0-8])$/;
const GENERAL = /^(?:ISO ?2768[- ]*)?([fmcv])$/i;
const DEVIATION = /^(?:±|\+\/-|\+-)?\s*(\d{1,4}(?:\.\d{1,6})?)\s*mm$/;
const DECIMAL = /^\d{1,9}(?:\.\d{1,9})?$/;

/** Plus or minus how many millimetres each class and grade allows up to each of some sizes. */
export type Tolerances = Readonly<Record<string, readonly (number | null)[]>>;

/** Return the size in millimetres, undefined when it is not said in full. */
export function sizeOf(part: Data, process: string): Box | undefined {
  const direct = part["outer-dimensions-mm"];
  if (Array.isArray(direct)) return sides(direct.map(number), 1);
  const outer = mapping(part["outer-dimensions"]);
  const unit = line(outer["unit"]).toLowerCase() || "mm";
  const factor = Object.hasOwn(MM, unit) ? MM[unit] : undefined;
  if (factor === undefined) return undefined;
  const said = line(outer["openSCAD"]) || line(outer["openscad"]);
  const box = SIDES.exec(said);
  if (box !== null) return sides(box.slice(1).map(decimal), factor);
  const round = ROUND.exec(said);
  if (round !== null) {
    const letters = Object.fromEntries([...(round[1] ?? "").matchAll(LETTERS)].map(([, letter = "", value = ""]) => [letter, (decimal(value) ?? 0) * factor]));
    return turned(letters["d"] || 2 * (letters["r"] ?? 0), letters["h"] ?? 0, process);
  }
  const across = number(outer["diameter"]);
  if (across !== undefined) return turned(across * factor, (number(outer["length"] || outer["height"]) ?? 0) * factor, process);
  const named = BOXES.find((names) => names.every((name) => Object.hasOwn(outer, name)));
  return sides((named ?? []).map((name) => number(outer[name])), factor);
}

function decimal(said: string): number | undefined {
  return DECIMAL.test(said) ? Number(said) : undefined;
}

function sides(found: readonly (number | undefined)[], factor: number): Box | undefined {
  const known = found.filter((side): side is number => side !== undefined && side > 0).map((side) => rounded(side * factor));
  return known.length === found.length && (known.length === 2 || known.length === 3) ? known : undefined;
}

/** Return a cylinder for what turns, else the box around it. */
function turned(across: number, length: number, process: string): Box | undefined {
  if (!(across > 0 && length > 0)) return undefined;
  const [wide, long] = [rounded(across), rounded(length)];
  return process.includes("turning") ? [0, wide, long] : [wide, wide, long];
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** Return a class or grade as people write it, or plus or minus some millimetres, and what that allows. */
export function toleranceOf(part: Data, envelope: Box | undefined, tolerances: Tolerances): Partial<Step> {
  const said = [part["smallest-tolerance-class"], part["tolerance-class"], part["tolerance"], mapping(part["manufacturing-params"])["tolerance"]];
  return said.map((one) => exactness(line(one), envelope, tolerances)).find((found) => Object.keys(found).length > 0) ?? {};
}

function exactness(said: string, envelope: Box | undefined, tolerances: Tolerances): Partial<Step> {
  const deviation = Number(DEVIATION.exec(said)?.[1] ?? 0);
  if (deviation > 0) return { tolerance_mm: deviation };
  const [grade, general] = [GRADE.exec(said)?.[1], GENERAL.exec(said)?.[1]?.toLowerCase()];
  const name = grade === undefined ? general : `IT${Number(grade)}`;
  if (name === undefined) return {};
  const written = grade === undefined ? `ISO 2768-${name}` : said;
  const smallest = envelope === undefined ? undefined : Math.min(...(envelope[0] === 0 ? envelope.slice(1) : envelope));
  const row = smallest === undefined ? -1 : (tolerances["up_to"] ?? []).findIndex((limit) => limit !== null && smallest <= limit);
  const allowed = tolerances[name]?.[row];
  return { tolerance: written, ...(typeof allowed === "number" ? { tolerance_mm: allowed } : {}) };
}
