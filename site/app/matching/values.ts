// What matching answers with: a check and its result, and the verdict on a hub that follows from its checks. As in
// generator/matching/values.py.

/** 0 stands for no check at all. */
export const NONE = 0;
export const PASS = 1;
export const UNKNOWN = 2;
export const FAIL = 3;
export type Result = typeof PASS | typeof UNKNOWN | typeof FAIL;
export const RESULTS = ["", "pass", "unknown", "fail"] as const;

/** Whose record decided a check. */
export type Subject = "machine" | "model" | "hub" | "design" | "request";

/**
 * One question: the rule, what came of it, whose field decided and why; what was asked for and what was found, as
 * people read them. `record` is the id of a design whose field decided; whose machine or hub it is, is known where it is
 * used.
 */
export interface Check {
  readonly rule: string;
  readonly result: Result;
  readonly subject: Subject;
  readonly field: string;
  readonly reason: string;
  readonly asked: string;
  readonly found: string;
  readonly record?: string;
}

export const VERDICTS = ["yes", "ask", "one-fix", "fixes", "too-far", "no"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How many distinct facts passed, are unknown and failed, how many operations nobody there does; 1 if it is too far. */
export interface Tally {
  readonly passed: number;
  readonly unknown: number;
  readonly failed: number;
  readonly missing: number;
  readonly beyond?: number;
}

/** Return the verdict that follows. */
export function verdictOf({ unknown, failed, missing, beyond = 0 }: Tally): Verdict {
  if (missing > 0) return "no";
  if (beyond > 0) return "too-far";
  if (failed > 0) return failed === 1 ? "one-fix" : "fixes";
  return unknown > 0 ? "ask" : "yes";
}

// Rules of which each thing that is asked for is a fact of its own, and those of which each record is one.
export const OF_PEOPLE: readonly string[] = ["competence", "certification"];
const BY_NAME = ["process", "material", "form", ...OF_PEOPLE];
const BY_RECORD = ["licence", "operations"];

/** Return which fact a check is about: what one change would mend is one, however many steps need it. */
export function factOf({ rule, asked, record }: Check): string {
  if (BY_NAME.includes(rule)) return `${rule} ${asked}`;
  if (BY_RECORD.includes(rule)) return `${rule} ${record ?? ""}`;
  return rule === "features" ? `${rule} ${asked.split(":")[0] ?? ""}` : rule;
}
