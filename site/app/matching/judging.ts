// One step and one machine in; every check that was asked for, with what decided it, out. As in
// generator/matching/judging.py: nothing stops at the first failure, and what nobody states is unknown.
import { CLAIM, subjectOf, type Skill, type Working } from "./capabilities";
import { fits, sizeText } from "./fit";
import { folded, general, mm } from "./numbers";
import { closest, DEGREES, type Link, type Taxonomy } from "./terms";
import { FAIL, PASS, UNKNOWN, type Check, type Result } from "./values";
import { daysOf, piecesOf, type Feature, type Step, type Wish } from "./wanted";

// Features of which less is better; of every other number as much as was asked for is needed.
const LESS_IS_BETTER = ["min_", "nozzle_mm", "kerf_mm", "layer_mm", "spot_mm", "resolution_mm"];
// Forms of which one can often be had, or cut, from the other: worth a question, and no refusal.
const ALIKE = [["sheet", "plate", "board"], ["bar", "block", "log"], ["pellets", "powder"]];

/** What is asked of a machine: a step, of which wish, and which processes may do for its own, by id. */
export interface Question {
  readonly wish: Wish;
  readonly step: Step;
  readonly links: ReadonlyMap<string, Link>;
  readonly materials: Taxonomy;
}

type Reasoned = readonly [result: Result, reason: string];
type Judge = (asked: Question, skill: Skill) => Check[];

function process({ step, links }: Question, skill: Skill): Check[] {
  const link = closest(links, skill.processes);
  const base = { rule: "process", subject: subjectOf(skill, "processes"), field: "processes", asked: step.process };
  if (link === undefined) return [{ ...base, result: FAIL, reason: "other", found: "" }];
  const found = link.condition === "" ? link.process : `${link.process} (${link.condition})`;
  return [{ ...base, result: link.degree <= 1 ? PASS : UNKNOWN, reason: DEGREES[link.degree] ?? "", found }];
}

/** Return the checks of material, form and thickness: those of the one use of the machine that comes closest. */
function material({ step, materials }: Question, skill: Skill): Check[] {
  if (!step.material && !step.form && step.thickness_mm === undefined) return [];
  let best: Check[] = [];
  let least = Infinity;
  for (const use of skill.materials.length > 0 ? skill.materials : [[] as Working]) {
    const checks = ofUse(step, use, skill, materials);
    const cost = farOff(checks);
    if (cost < least) [best, least] = [checks, cost];
  }
  return best;
}

/** Return how far a use is from what is asked for; of two that come as close, the right material tells more, then the form. */
function farOff(checks: readonly Check[]): number {
  const count = (wanted: Result): number => checks.filter(({ result }) => result === wanted).length;
  return checks.reduce((sum, { result }) => sum * 4 + result, count(FAIL) * 4 + count(UNKNOWN));
}

function ofUse(step: Step, [material = "", form = "", least, most]: Working, skill: Skill, terms: Taxonomy): Check[] {
  const base = { subject: subjectOf(skill, "materials"), field: "materials" };
  const found: Check[] = [];
  if (step.material) {
    const [result, reason] = standsTo(step.material, material, terms);
    found.push({ ...base, rule: "material", result, reason, asked: step.material, found: material });
  }
  if (step.form) {
    const [result, reason] = takes(step.form, form);
    found.push({ ...base, rule: "form", result, reason, asked: step.form, found: form });
  }
  if (step.thickness_mm !== undefined) {
    const [low, high] = [least ?? undefined, most ?? undefined];
    const [result, reason] = between(step.thickness_mm, low, high);
    found.push({ ...base, rule: "thickness", result, reason, asked: mm(step.thickness_mm), found: limits(low, high) });
  }
  return found;
}

/** Return whether a material does for the one that is asked for, and how they stand to each other. */
export function standsTo(asked: string, found: string, terms: Taxonomy): Reasoned {
  if (found === "") return [UNKNOWN, "silent"];
  if (asked === found) return [PASS, "exact"];
  if (terms.narrower(asked).has(found)) return [PASS, "narrower"];
  return terms.broader(asked).has(found) ? [UNKNOWN, "broader"] : [FAIL, "other"];
}

/** Return whether the form in which a machine takes a material does for the one that is asked for, and why. */
export function takes(asked: string, found: string): Reasoned {
  if (found === "") return [UNKNOWN, "silent"];
  if (asked === found) return [PASS, "exact"];
  const isNear = [asked, found].includes("other") || ALIKE.some((alike) => alike.includes(asked) && alike.includes(found));
  return isNear ? [UNKNOWN, "near"] : [FAIL, "other"];
}

function limits(least: number | undefined, most: number | undefined): string {
  if (most === undefined) return least === undefined ? "" : `≥ ${mm(least)}`;
  return least ? `${general(least)}–${mm(most)}` : `≤ ${mm(most)}`;
}

export function between(thickness: number, least: number | undefined, most: number | undefined): Reasoned {
  if (most !== undefined && thickness > most) return [FAIL, "too-thick"];
  if (least !== undefined && thickness < least) return [FAIL, "too-thin"];
  return most === undefined ? [UNKNOWN, "silent"] : [PASS, "enough"];
}

function envelope({ step }: Question, skill: Skill): Check[] {
  if (step.envelope === undefined) return [];
  const base = { rule: "envelope", subject: subjectOf(skill, "envelope_mm"), field: "envelope_mm", asked: sizeText(step.envelope) };
  if (skill.envelope === 0) return [{ ...base, result: UNKNOWN, reason: "silent", found: "" }];
  const does = fits(step.envelope, skill.envelope, step.is_fixed === true);
  return [{ ...base, result: does ? PASS : FAIL, reason: does ? "enough" : "too-small", found: sizeText(skill.envelope) }];
}

function tolerance({ step }: Question, skill: Skill): Check[] {
  if (!step.tolerance) return [];
  const held = skill.tolerance_mm;
  const found = held === null ? "" : `± ${mm(held)}`;
  if (step.tolerance_mm === undefined) {
    return [{ rule: "tolerance", result: UNKNOWN, subject: "design", field: "tolerance", reason: "no-number", asked: step.tolerance, found }];
  }
  const asked = step.tolerance.startsWith("±") ? step.tolerance : `${step.tolerance} (± ${mm(step.tolerance_mm)})`;
  const base = { rule: "tolerance", subject: subjectOf(skill, "tolerance_mm"), field: "tolerance_mm", asked, found };
  if (held === null) return [{ ...base, result: UNKNOWN, reason: "silent" }];
  const does = held <= step.tolerance_mm;
  return [{ ...base, result: does ? PASS : FAIL, reason: does ? "enough" : "too-coarse" }];
}

function features({ step }: Question, skill: Skill): Check[] {
  const wanted = Object.entries(step.features ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
  return wanted.map(([name, asked]) => {
    const base = { rule: "features", subject: subjectOf(skill, `features.${name}`), field: `features.${name}`, asked: fact(name, asked) };
    const found = skill.features[name];
    if (found === undefined) return { ...base, result: UNKNOWN, reason: "silent", found: "" };
    const does = suits(name, asked, found);
    return { ...base, result: does ? PASS : FAIL, reason: does ? "enough" : "other", found: fact(name, found) };
  });
}

function suits(name: string, asked: Feature, found: Feature): boolean {
  if (typeof asked !== "number" || typeof found !== "number") return folded(String(asked)) === folded(String(found));
  return LESS_IS_BETTER.some((start) => name.startsWith(start)) ? found <= asked : found >= asked;
}

function fact(name: string, value: Feature): string {
  return `${name}: ${typeof value === "number" ? general(value) : String(value)}`;
}

const OF_STATUS: Readonly<Record<string, Result>> = { working: PASS, limited: UNKNOWN };

function status(_: Question, { status }: Skill): Check[] {
  if (status === CLAIM) return []; // of a claim nobody says with which machine
  return [{ rule: "status", result: OF_STATUS[status] ?? FAIL, subject: "machine", field: "status", reason: status, asked: "working", found: status }];
}

/**
 * Return whether the pieces are as many as a machine takes on, where it does not take on any number.
 * One is what is asked when nobody says how many, so that it is a question then.
 */
function lot({ wish, step }: Question, { time: [, , least = 1] }: Skill): Check[] {
  if (least <= 1) return [];
  const pieces = piecesOf(wish, step);
  const few: Reasoned = wish.quantity === 1 ? [UNKNOWN, "not-one"] : [FAIL, "too-few"];
  const [result, reason]: Reasoned = pieces >= least ? [PASS, "enough"] : few;
  return [{ rule: "lot", result, subject: "machine", field: "availability.minimum_order_quantity", reason, asked: `${pieces}`, found: `${least}` }];
}

/** Return whether a machine makes the pieces by the last day; with no such day there is nothing to ask. */
function capacity({ wish, step }: Question, skill: Skill): Check[] {
  if (wish.by === "") return [];
  const [pieces, days, lead] = [piecesOf(wish, step), daysOf(wish), skill.time[1]];
  const asked = `${pieces} in ${Math.max(0, days)} days`;
  const start = { rule: "capacity", subject: "machine", field: "availability.lead_days", asked } as const;
  const speed = { rule: "capacity", subject: subjectOf(skill, "throughput"), field: "throughput", asked };
  const [needed, making] = [daysFor(skill.time, pieces), daysFor([skill.time[0], lead ?? 0], pieces)];
  if (lead !== null && lead > days) return [{ ...start, result: FAIL, reason: "too-late", found: `it starts after ${lead} days` }];
  if (making !== undefined && making > days) return [{ ...speed, result: FAIL, reason: "too-slow", found: `${making} days` }];
  if (needed !== undefined) return [{ ...speed, result: PASS, reason: "enough", found: `${needed} days` }];
  return [{ ...(making === undefined ? speed : start), result: UNKNOWN, reason: "silent", found: "" }];
}

/** Return how many days an order of so many pieces takes from the start; undefined when nobody knows. */
function daysFor([weekly, lead]: Skill["time"], pieces: number): number | undefined {
  return weekly === null || lead === null ? undefined : lead + Math.ceil((pieces / weekly) * 7 - 1e-9);
}

/** What each column of a machine decides. */
export const BY_COLUMN: readonly (readonly [column: keyof Skill, judge: Judge])[] = [
  ["processes", process], ["materials", material], ["envelope", envelope], ["tolerance_mm", tolerance], ["features", features], ["status", status],
  ["time", (asked, skill) => [...lot(asked, skill), ...capacity(asked, skill)]],
];

/** Return every check of a step against a machine, or against a process that a hub claims. */
export function judged(asked: Question, skill: Skill): Check[] {
  const found = BY_COLUMN.flatMap(([, judge]) => judge(asked, skill));
  return skill.status === CLAIM ? found.map(ofClaim) : found;
}

/** Return a check of a claimed process: what a machine would tell, nobody knows of a machine that is not named. */
function ofClaim(check: Check): Check {
  return check.reason === "silent" ? { ...check, field: "processes", reason: "claimed" } : check;
}
