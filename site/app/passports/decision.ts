// Facts, a question and what was found out about credentials in; permit, conditional or deny, with reasons, out.
// As generator/passports/decision.py: deny is the default, and a credential counts where it was issued, or exactly one hop further.
import { doorTo, hostOf, issuerOf, ruleKey, type Door, type Facts, type Result, type Rule, type Standing } from "./facts";
import type { Claim } from "./reading";
import { isInForce } from "./signatures";

/** A claim and what was found out about it before anybody asked for a machine; "" says that nothing is wrong. */
export interface Evidence {
  readonly claim: Claim;
  readonly proof: string;
  readonly status: string;
  readonly signedOn: string;
  readonly publicKey: string;
}

/** One step of a decision: what was looked at, what came out, and the record that decided. */
export interface Reason {
  readonly code: string;
  readonly result: Result;
  readonly competence: string;
  readonly asked: number;
  readonly held: number;
  readonly credential: string;
  readonly issuer: string;
  readonly record: string;
  /** The last day on which this holds, when known. */
  readonly until: string;
}

/** May the holder of these credentials use this machine on this day? */
export interface Question {
  readonly machine: string;
  readonly day: string;
}

/** The answer for one machine, each requirement with its best reason first. */
export interface Decision {
  readonly result: Result;
  readonly reasons: readonly Reason[];
  readonly remarks: readonly Reason[];
}

/** A credential as it stands on a day: the code of what is wrong with it ("" for nothing), and its last day. */
export interface Held {
  readonly claim: Claim;
  readonly fault: string;
  readonly until: string;
}

/** The credentials of one holder on a day, by competence. */
export interface Wallet {
  readonly day: string;
  readonly held: ReadonlyMap<string, readonly Held[]>;
}

/** A requirement of a machine at a hub. `machine` is what rules may exclude; "" is excluded by none. */
export interface Need {
  readonly machine: string;
  readonly hub: string;
  readonly competence: string;
  readonly level: number;
}

export const ORDER: readonly Result[] = ["permit", "conditional", "deny"];
const BASES = ["assessment", "recognition"];
const DAY = 86_400_000;
const FIRST = "0001-01-01";
const LAST = "9999-12-31";

/** Return the decision about a machine on a day; advisory, the hub has the last word. */
export function decide(facts: Facts, { machine, day }: Question, evidences: readonly Evidence[]): Decision {
  const door = doorTo(facts, machine);
  const wallet = walletOf(facts, day, evidences);
  const blocks = blocksOf(facts, door);
  const each = door.needs.map(([competence, level]) => reasonsFor(facts, wallet, { machine, hub: door.hub, competence, level }));
  if (each.length === 0) each.push([reason(facts, "nothing-stated", { record: `machines/${machine}` })]);
  const best = each.map(([first]) => first as Reason);
  return { result: worst([...blocks, ...best]), reasons: [...blocks, ...each.flat()], remarks: remarks(facts, door, wallet, best) };
}

/** Return what some reasons that must all hold come to; without any it is deny. */
export function worst(reasons: readonly Reason[]): Result {
  return ORDER[Math.max(...reasons.map(({ result }) => ORDER.indexOf(result)))] ?? "deny";
}

/** Return how some credentials stand on a day, wherever they will be shown. */
export function walletOf(facts: Facts, day: string, evidences: readonly Evidence[]): Wallet {
  const isOne = isOfOneHolder(evidences.map(({ claim }) => claim));
  const held = new Map<string, Held[]>();
  for (const one of evidences) {
    const fault = isOne ? faultOf(facts, one, day) : "holder-differs";
    const known = held.get(one.claim.competence) ?? [];
    held.set(one.claim.competence, [...known, { claim: one.claim, fault, until: untilOf(facts, one) }]);
  }
  return { day, held };
}

/** Tell whether credentials can be of one holder: one id, and one name where there is any. */
export function isOfOneHolder(claims: readonly Claim[]): boolean {
  const names = new Set(claims.map(({ name }) => name).filter((name) => name !== ""));
  return new Set(claims.map(({ holder }) => holder)).size <= 1 && names.size <= 1;
}

/** Return why nobody may use a machine now, whatever they hold. */
export function blocksOf(facts: Facts, door: Door): Reason[] {
  const hub = hostOf(facts, door.hub);
  const found: Reason[] = [];
  if (hub?.isOpen !== true) found.push(reason(facts, hub === undefined ? "hub-unknown" : "hub-not-open", { record: `hubs/${door.hub}` }));
  if (door.status === "broken") found.push(reason(facts, "machine-not-working", { record: `machines/${door.machine}` }));
  if (door.use === "operated") found.push(reason(facts, "operated-by-staff", { record: `machines/${door.machine}` }));
  return found;
}

/** Return what each credential means for a requirement, the best first; never empty. */
export function reasonsFor(facts: Facts, wallet: Wallet, need: Need): readonly Reason[] {
  if (!facts.competences.has(need.competence)) return [reason(facts, "competence-unknown", { need })];
  const held = wallet.held.get(need.competence);
  if (held === undefined) return [reason(facts, "no-credential", { need })];
  const weighed = held.map((one) => weigh(facts, wallet.day, need, one));
  const once = new Map(weighed.map((one) => [JSON.stringify(one), one]));
  return [...once.values()].sort((one, other) => compared(facts, one, other));
}

/** Return the last whole day (UTC) on which a credential is valid; "" without an end. */
export function lastDay({ validUntil }: Claim): string {
  if (validUntil === "") return "";
  const day = validUntil.slice(0, 10);
  return validUntil.endsWith("T23:59:59Z") ? day : moved(day, -1);
}

/** Return where a code stands among others. */
export function rankOf(facts: Facts, code: string): number {
  return facts.codes.get(code)?.rank ?? facts.codes.size;
}

/** Return which of two texts comes first, by their code points as long as these are not beyond U+FFFF. */
export function inOrder(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Return the code of the first thing that is wrong with a credential on a day, or "". */
function faultOf(facts: Facts, evidence: Evidence, day: string): string {
  const { claim, proof, status } = evidence;
  if (proof !== "") return proof;
  if (claim.holder === "" && claim.name === "") return "holder-missing";
  if (!BASES.includes(claim.basis)) return "basis-unknown";
  const issuer = issuerOf(facts, claim.issuer);
  if (issuer === undefined) return "issuer-unknown";
  return keyFault(issuer, evidence, day) || dateFault(evidence, day) || status;
}

/** Return why a key does not count. Of a compromised one nothing does: a thief writes any date. */
function keyFault({ keys }: Standing, { signedOn, publicKey }: Evidence, day: string): string {
  if (signedOn === "") return "proof-missing";
  const known = keys.filter((key) => key.public_key === publicKey);
  if (known.length === 0) return "key-unknown";
  if (known.some((key) => key.compromised_since !== undefined && key.compromised_since <= day)) return "key-compromised";
  return known.some((key) => isInForce(key, signedOn)) ? "" : "key-not-in-force";
}

/** Return the code of why a credential does not hold on a day by the days that it names, or "". */
export function dateFault({ claim, signedOn }: Pick<Evidence, "claim" | "signedOn">, day: string): string {
  if (day < claim.validFrom.slice(0, 10) || day < claim.assessedOn) return "not-yet-valid";
  if (signedOn !== "" && day < signedOn) return "signed-later";
  const end = lastDay(claim);
  return end !== "" && end < day ? "expired" : "";
}

/** Return the last day of a credential, as far as it and its key say. */
function untilOf(facts: Facts, { claim, publicKey }: Evidence): string {
  const keys = issuerOf(facts, claim.issuer)?.keys ?? [];
  const thefts = keys.filter((key) => key.public_key === publicKey).flatMap((key) => key.compromised_since ?? []);
  return earliest(lastDay(claim), ...thefts.map((day) => moved(day, -1)));
}

/** Return what one credential means for a requirement. */
function weigh(facts: Facts, day: string, need: Need, held: Held): Reason {
  const { claim, fault } = held;
  if (fault !== "") {
    const until = fault === "expired" ? lastDay(claim) : "";
    return { ...reason(facts, fault, { need, claim, record: `hubs/${claim.issuer}`, until }), result: "deny" };
  }
  if (claim.issuer !== need.hub) return recognised(facts, day, need, held);
  const code = claim.level >= need.level ? "own" : "level-too-low";
  return reason(facts, code, { need, claim, record: `hubs/${need.hub}`, held: claim.level, until: held.until });
}

/** Return what a credential of another hub means: a refusal wins, else the best rule decides. */
function recognised(facts: Facts, day: string, need: Need, held: Held): Reason {
  const { claim } = held;
  const networks = issuerOf(facts, claim.issuer)?.networks ?? [];
  const isNaming = (rule: Rule): boolean => rule.issuers.includes(claim.issuer) || rule.networks.some((one) => networks.includes(one));
  if (facts.unreadable.has(need.hub)) return reason(facts, "rules-unreadable", { need, claim, record: `hubs/${need.hub}` });
  const rules = facts.rules.get(ruleKey(need.hub, need.competence));
  const refusals = (rules?.refusing ?? []).filter(isNaming);
  const refusal = refusals.find((rule) => holds(rule, day));
  if (refusal !== undefined) return reason(facts, "refused", { need, claim, record: `recognitions/${refusal.id}` });
  const naming = (rules?.accepting ?? []).filter(isNaming);
  if (naming.length === 0) return reason(facts, "not-recognised", { need, claim });
  if (claim.basis !== "assessment") return reason(facts, "basis-recognition", { need, claim, record: `hubs/${claim.issuer}` });
  const refusedFrom = refusals.filter((rule) => rule.validFrom > day).map((rule) => moved(rule.validFrom, -1));
  const shorter = { ...held, until: earliest(held.until, ...refusedFrom) };
  const reasons = naming.map((rule) => byRule(facts, rule, day, need, shorter));
  return reasons.reduce((best, one) => (compared(facts, one, best) < 0 ? one : best));
}

/** Return what an accepting rule that names the issuer or a network of it makes of a credential. */
function byRule(facts: Facts, rule: Rule, day: string, need: Need, { claim, until }: Held): Reason {
  const oldest = rule.maxAgeDays === null ? "" : moved(claim.assessedOn, rule.maxAgeDays);
  const held = levelHere(rule, claim.level);
  const code = ruleFault(facts, rule, day, need, claim)
    || (oldest !== "" && oldest < day ? "assessment-too-old" : held < need.level ? "level-too-low" : rule.asksFirst ? "recognised-after-induction" : "recognised");
  const last = code === "assessment-too-old" ? oldest : earliest(until, rule.validUntil, oldest);
  return reason(facts, code, { need, claim, record: `recognitions/${rule.id}`, held, until: last });
}

/** Return why a rule says nothing of a credential, whatever its level; "" when it does. */
function ruleFault(facts: Facts, rule: Rule, day: string, need: Need, claim: Claim): string {
  if (!rule.issuers.includes(claim.issuer) && issuerOf(facts, claim.issuer)?.isOpen !== true) return "issuer-not-active";
  if (!holds(rule, day)) return "rule-not-in-force";
  if (!rule.isClear) return "rule-unclear";
  return rule.excludes.includes(need.machine) ? "machine-excluded" : "";
}

/** Return what one of their levels counts as here: 0 for nothing. */
function levelHere({ levels }: Rule, theirs: number): number {
  return levels.length === 0 ? theirs : Math.max(0, ...levels.filter(([low]) => low <= theirs).map(([, ours]) => ours));
}

function holds({ validFrom, validUntil }: Rule, day: string): boolean {
  return validFrom <= day && (validUntil === "" || day <= validUntil);
}

interface Told {
  readonly need?: Need;
  readonly claim?: Claim;
  readonly record?: string;
  readonly held?: number;
  readonly until?: string;
}

/** Return a reason; a code that is not in the table never helps. */
function reason(facts: Facts, code: string, { need, claim, record = "", held = 0, until = "" }: Told): Reason {
  return {
    code, result: facts.codes.get(code)?.result ?? "deny", competence: need?.competence ?? "", asked: need?.level ?? 0, held,
    credential: claim?.id ?? "", issuer: claim?.issuer ?? "", record, until,
  };
}

/** Return which of two reasons comes first: the better one; of two that hold, the longer one. */
function compared(facts: Facts, one: Reason, other: Reason): number {
  return ORDER.indexOf(one.result) - ORDER.indexOf(other.result)
    || rankOf(facts, one.code) - rankOf(facts, other.code)
    || inOrder(other.until || LAST, one.until || LAST)
    || other.held - one.held
    || inOrder(one.credential, other.credential)
    || inOrder(one.record, other.record);
}

/** Return a day some days later, as far as the calendar goes: the dates in a credential are a stranger's. */
function moved(day: string, days: number): string {
  const at = Math.min(Math.max(Date.parse(day) + days * DAY, Date.parse(FIRST)), Date.parse(LAST));
  return new Date(at).toISOString().slice(0, 10);
}

function earliest(...days: readonly string[]): string {
  return days.filter((day) => day !== "").reduce((first, day) => (first === "" || day < first ? day : first), "");
}

/** Return what is good to know and decides nothing. */
function remarks(facts: Facts, door: Door, wallet: Wallet, best: readonly Reason[]): Reason[] {
  const found = door.status === "limited" ? [reason(facts, "machine-limited", { record: `machines/${door.machine}` })] : [];
  for (const { competence, asked, credential } of best.filter((one) => one.result !== "deny")) {
    const others = (wallet.held.get(competence) ?? []).filter(({ claim }) => claim.id === credential && claim.version !== facts.competences.get(competence));
    const need = { machine: door.machine, hub: door.hub, competence, level: asked };
    found.push(...others.map(({ claim }) => reason(facts, "other-version", { need, claim, record: `competences/${competence}` })));
  }
  return found;
}
