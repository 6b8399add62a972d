// A manifest's data in; a step for each process that a part names, then those of the whole, out.
import { fold, slugOf } from "../fold";
import { general } from "../matching/numbers";
import type { Box, Step } from "../matching/wanted";

/** `data/terms.json`: ids by the normal form of a word, and what tolerances allow up to each size. */
export interface Terms {
  readonly process: Readonly<Record<string, string>>;
  readonly material: Readonly<Record<string, string>>;
  readonly codes: Readonly<Record<string, string>>;
  readonly tolerances: Readonly<Record<string, readonly (number | null)[]>>;
}

type Data = Readonly<Record<string, unknown>>;

const SIDES = /cube\s*\(\s*(?:size\s*=\s*)?\[\s*([\d.]+)\s*,\s*([\d.]+)\s*,\s*([\d.]+)\s*\]?/;
const ROUND = /cylinder\s*\(([^()]*)\)?/;
const LETTERS = /\b([hrd])\s*=\s*([\d.]+)/g;
const MM: Readonly<Record<string, number>> = { mm: 1, cm: 10, dm: 100, m: 1000, in: 25.4, inch: 25.4 };
const GRADE = /^IT(0?[0-9]|1[0-8])$/;
const GENERAL = /^(?:ISO ?2768[- ]*)?([fmcv])$/i;
const MOST = 100_000;

/** Return the steps, and the words that mean nothing here. */
export function stepsOf(data: Data, terms: Terms): { steps: Step[]; unknown: string[] } {
  const unknown = new Set<string>();
  const steps: Step[] = [];
  given(data).forEach((part, at) => {
    const id = slugOf(line(part["name"] ?? part["title"])) || `part-${at + 1}`;
    const often = number(part["quantity"]) ?? 1;
    const pieces = Number.isInteger(often) && often > 1 && often <= MOST ? { pieces: often } : {};
    for (const process of processes(part, terms, unknown)) {
      steps.push({ id: `${process}-${id}-${at}`, part: id, process, ...facts(part, process, terms, unknown), ...pieces });
    }
  });
  const known = new Set(steps.map(({ process }) => process));
  for (const process of processes(data, terms, unknown)) if (!known.has(process)) steps.push({ id: `${process}-whole`, process });
  return { steps, unknown: [...unknown] };
}

function given(data: Data): Data[] {
  const values = data["part"] ?? data["parts"] ?? data["sub-parts"];
  return Array.isArray(values) ? values.filter((one): one is Data => typeof one === "object" && one !== null && !Array.isArray(one)) : [];
}

/** Return the ids of what is done: the printing process where that is said, else by the codes of DIN SPEC 3105-1. */
function processes(part: Data, terms: Terms, unknown: Set<string>): string[] {
  const printing = own(terms.process, termOf(line(part["printing-process"])));
  if (printing !== "") return [printing];
  const found = items(part["tsdc"]).map((word) => {
    const id = own(terms.codes, word.toLowerCase()) || own(terms.process, termOf(word));
    if (id === "") unknown.add(word.slice(0, 80));
    return id;
  });
  return [...new Set(found)].filter((id) => id !== "");
}

function facts(part: Data, process: string, terms: Terms, unknown: Set<string>): Partial<Step> {
  const said = line(part["material"]);
  const material = own(terms.material, termOf(said));
  if (said !== "" && material === "") unknown.add(said.slice(0, 80));
  const envelope = sizeOf(part, process);
  return { ...(material === "" ? {} : { material }), ...(envelope === undefined ? {} : { envelope }), ...tolerance(line(part["smallest-tolerance-class"]), envelope, terms) };
}

/** Return the size in millimetres: what OpenSCAD's `cube` or `cylinder` says, or two or three numbers in `…-mm`. */
function sizeOf(part: Data, process: string): Box | undefined {
  const direct = part["outer-dimensions-mm"];
  if (Array.isArray(direct)) {
    const sides = direct.map(number).filter((side): side is number => side !== undefined && side > 0);
    return sides.length === 2 || sides.length === 3 ? sides : undefined;
  }
  const stated = part["outer-dimensions"];
  const outer = typeof stated === "object" && stated !== null ? (stated as Data) : {};
  const factor = MM[line(outer["unit"]) || "mm"];
  const said = String(outer["openSCAD"] ?? outer["openscad"] ?? "");
  if (factor === undefined) return undefined;
  const box = SIDES.exec(said);
  if (box !== null) {
    const sides = box.slice(1).map((side) => Number(side) * factor);
    return sides.every((side) => side > 0) ? sides : undefined;
  }
  const letters = Object.fromEntries([...(ROUND.exec(said)?.[1] ?? "").matchAll(LETTERS)].map(([, letter, value]) => [letter, Number(value) * factor]));
  const [across, length] = [letters["d"] || 2 * (letters["r"] ?? 0), letters["h"] ?? 0];
  if (!(across > 0 && length > 0)) return undefined;
  return process.includes("turning") ? [0, across, length] : [across, across, length];
}

/** Return a class or grade as people write it, and what it allows on the smallest side, as far as its tables say. */
function tolerance(said: string, envelope: Box | undefined, terms: Terms): Partial<Step> {
  const [grade, general_] = [GRADE.exec(said)?.[1], GENERAL.exec(said)?.[1]?.toLowerCase()];
  const name = grade === undefined ? general_ : `IT${Number(grade)}`;
  if (name === undefined) return {};
  const written = grade === undefined ? `ISO 2768-${name}` : said;
  const smallest = envelope === undefined ? undefined : Math.min(...(envelope[0] === 0 ? envelope.slice(1) : envelope));
  const row = smallest === undefined ? -1 : (terms.tolerances["up_to"] ?? []).findIndex((limit) => limit !== null && smallest <= limit);
  const allowed = terms.tolerances[name]?.[row];
  return { tolerance: written, ...(typeof allowed === "number" ? { tolerance_mm: allowed } : {}) };
}

function own(table: Readonly<Record<string, string>>, key: string): string {
  return key !== "" && Object.hasOwn(table, key) ? (table[key] ?? "") : "";
}

function termOf(text: string): string {
  return fold(text).replace(/ /g, "");
}

function line(value: unknown): string {
  if (typeof value === "number") return general(value);
  return typeof value === "string" ? value.replace(/\s+/g, " ").trim() : "";
}

function items(value: unknown): string[] {
  const list = Array.isArray(value) ? value : line(value).split(/[;,|]/);
  return list.map(line).filter((one) => one !== "");
}

function number(value: unknown): number | undefined {
  const found = typeof value === "string" && /^[-+]?[\d.,]+$/.test(value.trim()) ? Number(value.trim().replace(",", ".")) : value;
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}
