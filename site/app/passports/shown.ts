// What was found out about a credential in; how the page shows it out: the verdict, who and what, and each step.
import { element, isolated, link } from "../elements";
import { firstBad, type Checked, type Step } from "./checked";
import { lastDay } from "./decision";
import { uncheckedSuites } from "./proving";
import type { Telling } from "./telling";

const SIGNS: Readonly<Record<string, string>> = {
  valid: "M4 12.5l5.5 5.5L20 6.5", invalid: "M6 6l12 12M18 6L6 18", unknown: "M12 5v9M12 18v1.5", unchecked: "M12 5v9M12 18v1.5",
  ok: "M4 12.5l5.5 5.5L20 6.5", bad: "M6 6l12 12M18 6L6 18", skipped: "M6 12h12",
};
const SVG = "http://www.w3.org/2000/svg";

/** How many credentials are shown, and whether each tells whose it is. */
export interface Among {
  readonly credentials: number;
  readonly isNamed: boolean;
}

/** Return a credential as it is shown; its steps lie open when something is wrong with it, or it is the only one. */
export function shown(one: Checked, { credentials, isNamed }: Among, telling: Telling): HTMLElement {
  const { verdict, carried: { claim } } = one;
  const title = element("h3", "verify-verdict", sign(verdict), element("span", "", verdictOf(one, telling)));
  const why = whyOf(one, telling);
  const steps = element("details", "verify-steps", element("summary", "", telling.say("each")), stepsOf(one, telling));
  steps.open = credentials === 1 || verdict !== "valid";
  const parts = [title, ...(why === "" ? [] : [element("p", "verify-why", why)]), what(one, telling), facts(one, isNamed, telling)];
  if (telling.isInvented(claim.issuer)) parts.push(element("p", "karakana-banner", telling.say("invented", { issuer: telling.hub(claim.issuer) })));
  return element("article", `verify-one verify-${verdict}`, ...parts, steps);
}

/** Return what happened, in a word or two. */
export function verdictOf(one: Checked, telling: Telling): string {
  const code = firstBad(one)?.code ?? "";
  return telling.say(`said.${code}`) || telling.say(one.verdict);
}

function whyOf(one: Checked, telling: Telling): string {
  if (one.verdict === "unchecked") return telling.say(one.proof.code);
  const step = firstBad(one);
  return step === undefined ? "" : because(step, one, telling);
}

/** Competence and level: as the registry calls them, else as they are written. */
function what({ carried: { claim, document } }: Checked, telling: Telling): HTMLElement {
  const known = telling.competence(claim.competence);
  const name = known === "" ? isolated(writtenName(document)) : link(`${telling.base}competences/${claim.competence}/`, isolated(known));
  const parts = [name, element("bdi", "verify-level", telling.level(claim.competence, claim.level))];
  if (known === "") parts.push(element("small", "", telling.say("as_written")));
  return element("p", "verify-what", ...parts.flatMap((part) => [part, " "]));
}

function writtenName(document: Checked["carried"]["document"]): string {
  const { name } = document;
  return typeof name === "string" ? name : "";
}

function facts(one: Checked, isNamed: boolean, telling: Telling): HTMLElement {
  const { claim } = one.carried;
  const until = lastDay(claim);
  const rows: [string, ...(Node | string)[]][] = [
    ...(isNamed ? [["holder", ...holder(one, telling)] as [string, ...(Node | string)[]]] : []),
    ["issuer", link(`${telling.base}hubs/${claim.issuer}/`, isolated(telling.hub(claim.issuer)))],
    ["until", until === "" ? telling.say("no_end") : telling.day(until)],
    ["assessed", telling.day(claim.assessedOn)],
    ["basis", telling.say(`basis.${claim.basis}`)],
  ];
  if (claim.note !== "") rows.push(["note", isolated(claim.note)]);
  return list(rows.map(([key, ...inner]) => [telling.say(key), inner]));
}

/** Return who holds it: the name as the hub wrote it, and the beginning of the id, which is random. */
export function holder({ carried: { claim } }: Checked, telling: Telling): (Node | string)[] {
  const name = claim.name === "" ? telling.say("nameless") : isolated(claim.name);
  if (claim.holder === "") return [name];
  const short = element("code", "", claim.holder.replace("urn:uuid:", "").slice(0, 8));
  short.title = claim.holder;
  return [name, " ", element("small", "", telling.say("id"), " ", short)];
}

function list(rows: readonly (readonly [string, readonly (Node | string)[]])[]): HTMLElement {
  return element("dl", "karakana-facts", ...rows.map(([label, inner]) => element("div", "", element("dt", "", label), element("dd", "", ...inner))));
}

function stepsOf(one: Checked, telling: Telling): HTMLElement {
  return element("ol", "", ...one.steps.map((step) => {
    const outcome = element("span", "karakana-unseen", `${telling.say(`outcome.${step.outcome}`)}: `);
    const about = element("small", "", because(step, one, telling));
    return element("li", `verify-${step.outcome}`, sign(step.outcome), element("div", "", outcome, element("b", "", telling.say(`step.${step.name}`)), about));
  }));
}

/** Return why a step came out as it did. */
function because({ name, outcome, code }: Step, one: Checked, telling: Telling): string {
  const { claim } = one.carried;
  const until = lastDay(claim);
  const values = {
    competence: telling.competence(claim.competence) || claim.competence, issuer: telling.hub(claim.issuer), held: String(claim.level), asked: "",
    key: `${one.proof.publicKey.slice(0, 12)}…`, signed: one.proof.signedOn === "" ? "" : telling.day(one.proof.signedOn),
    from: telling.day(claim.validFrom), assessed: telling.day(claim.assessedOn), until: until === "" ? telling.say("no_end") : telling.day(until),
  };
  if (outcome === "skipped") return telling.say("outcome.skipped");
  if (code !== "") return telling.code(code, values);
  if (name === "signature" && uncheckedSuites(one.carried).length > 0) return telling.say("ok.signature_second", values);
  return telling.say(name === "status" && one.isKept ? "ok.status_kept" : `ok.${name}`, values);
}

/** A sign for eyes; words beside it say the same. */
export function sign(kind: string): Element {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("aria-hidden", "true");
  drawn.setAttribute("class", "verify-sign");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SIGNS[kind] ?? SIGNS["unknown"] ?? "");
  drawn.append(path);
  return drawn;
}
