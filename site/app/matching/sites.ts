// A wish and a hub in; every check of what the hub says of itself, its place and its people, out. As in
// generator/matching/sites.py.
import { fold } from "../fold";
import { distance } from "../geo";
import type { Operators, Site, Skill } from "./capabilities";
import { general, tenths } from "./numbers";
import { FAIL, PASS, UNKNOWN, type Check, type Subject } from "./values";
import type { Point, Step, Wish } from "./wanted";

const OPERATED = ["operated", "both"];
const MADE_FOR_OTHERS = "made-to-order";
const ADMITTING = ["public", "membership", "shared", "restricted-with-public-hours"];
const EDITION = /:\d{4}$/; // the year of a standard, as certificates name it
const NO_TRADE = /-NC\b|non-?commercial|^NCGL-/i; // licences against commercial use, as their identifiers tell

type Crew = Skill["crew"];
type People = Pick<Site, "services" | "certifications">;

/** Return every check of a wish against what a hub says of itself, without its people. */
export function judgedSite(wish: Wish, site: Site): Check[] {
  return [...judgedTerms(wish, site), ...away(wish, site)];
}

/** Return the same without the distance, of which every hub has its own. */
export function judgedTerms(wish: Wish, site: Pick<Site, "status" | "access" | "services" | "accepts">): Check[] {
  const isOpen = site.status === "active";
  const open: Check = {
    rule: "open", result: isOpen ? PASS : FAIL, subject: "hub", field: "status", reason: site.status, asked: "active", found: site.status,
  };
  return [open, access(site), ...contract(wish, site)];
}

function access(site: Pick<Site, "access" | "services">): Check {
  const base = { rule: "access", subject: "hub", asked: "" } as const;
  if (site.services.includes(MADE_FOR_OTHERS)) return { ...base, result: PASS, field: "services", reason: "made-to-order", found: MADE_FOR_OTHERS };
  if (site.access === "") return { ...base, result: UNKNOWN, field: "access", reason: "silent", found: "" };
  const does = ADMITTING.includes(site.access);
  return { ...base, result: does ? PASS : FAIL, field: "access", reason: does ? "exact" : "closed", found: site.access };
}

function contract(wish: Wish, { accepts }: Pick<Site, "accepts">): Check[] {
  if (wish.contract === "") return [];
  const [result, reason] = accepts.includes(wish.contract) ? ([PASS, "exact"] as const) : accepts.length > 0 ? ([FAIL, "other"] as const) : ([UNKNOWN, "silent"] as const);
  return [{ rule: "contract", result, subject: "hub", field: "accepts", reason, asked: wish.contract, found: accepts.join(", ") }];
}

function away(wish: Wish, { point }: Site): Check[] {
  if (wish.within === undefined) return [];
  const base = { rule: "distance", subject: "hub", field: "location", asked: `${general(wish.within)} km` } as const;
  if (wish.near === undefined) return [{ ...base, subject: "request", field: "place", result: UNKNOWN, reason: "no-place", found: "" }];
  if (point === null) return [{ ...base, result: UNKNOWN, reason: "silent", found: "" }];
  const km = kilometres(wish.near, point);
  const does = km <= wish.within;
  return [{ ...base, result: does ? PASS : FAIL, reason: does ? "enough" : "too-far", found: `${tenths(km)} km` }];
}

/** Return the distance of two points in kilometres, to the metre: so far all machines agree. */
export function kilometres([y, x]: Point, [otherY, otherX]: Point): number {
  return Math.round(distance(y, x, otherY, otherX) * 1000) / 1000;
}

/** Return what concerns a machine and its hub together: certifications, and competent people. */
export function judgedPeople(wish: Wish, step: Step, site: People, { crew, operators }: Pick<Skill, "crew" | "operators">): Check[] {
  const day = wish.by || wish.start;
  const schemes = (step.certifications ?? []).map((scheme) => certified(scheme, site, crew, day));
  const people = (step.requires ?? []).map(([competence, level]) => {
    const check = staffed(`${competence} ${level}`, site, crew);
    return check.result === PASS ? check : published(check, howMany(operators, competence, level, wish.isInvented, day));
  });
  return [...schemes, ...people];
}

/** Return whether a certification is one for a scheme: `ISO9001:2015` is one for ISO 9001, of that edition. */
function holds(held: string, scheme: string): boolean {
  return [plain(held), plain(held.replace(EDITION, ""))].includes(plain(scheme));
}

function plain(scheme: string): string {
  return fold(scheme).replace(/ /g, "") || scheme;
}

/** Return whether a certification of a machine or its hub is in force on a day. */
function certified(scheme: string, site: People, [, own]: Crew, day: string): Check {
  const of = (subject: Subject, held: Site["certifications"]) => held.map(([name, until]) => ({ subject, name, until }));
  const stated = [...of("machine", own), ...of("hub", site.certifications)];
  const named = stated.filter(({ name }) => holds(name, scheme));
  const base = { rule: "certification", subject: "hub", field: "certifications", asked: scheme } as const;
  const held = named.find(({ until }) => until === "" || until >= day);
  if (held !== undefined) return { ...base, subject: held.subject, result: PASS, reason: "in-force", found: scheme };
  const bare = stated.find(({ name, until }) => plain(name) === plain(scheme.replace(EDITION, "")) && (until === "" || until >= day));
  if (bare !== undefined) return { ...base, subject: bare.subject, result: UNKNOWN, reason: "edition", found: bare.name };
  if (named.length > 0) {
    const last = named.reduce((latest, one) => (one.until > latest.until ? one : latest));
    return { ...base, subject: last.subject, result: FAIL, reason: "expired", found: `until ${last.until}` };
  }
  const found = [...new Set(stated.map(({ name }) => name))].sort().join(", ");
  return stated.length > 0 ? { ...base, result: FAIL, reason: "other", found } : { ...base, result: UNKNOWN, reason: "silent", found };
}

/** Return whether somebody is known to be competent: staff who make things for others, or who run the machine. */
function staffed(asked: string, { services }: People, [use]: Crew): Check {
  const base = { rule: "competence", asked } as const;
  if (OPERATED.includes(use)) return { ...base, result: PASS, subject: "machine", field: "use", reason: "operated", found: use };
  if (services.includes(MADE_FOR_OTHERS)) return { ...base, result: PASS, subject: "hub", field: "services", reason: "made-to-order", found: MADE_FOR_OTHERS };
  return { ...base, result: UNKNOWN, subject: "hub", field: "services", reason: "silent", found: "" };
}

/** Return how many who published a passport are competent on a day, and how many on a condition. */
function howMany(operators: Operators, competence: string, level: number, withInvented: boolean, day: string): readonly [atOnce: number, onCondition: number] {
  const [real, all = real] = (operators === 0 ? undefined : operators[competence]?.[level - 1]) ?? [];
  const since = (withInvented ? all : real) ?? [];
  const [, atOnce, onCondition] = since.filter(([from]) => from <= day).pop() ?? since[0] ?? ["", 0, 0];
  return [atOnce, onCondition];
}

/** Return whether anybody who published a passport is competent; if not, what is said without them. */
function published(silent: Check, [atOnce, onCondition]: readonly [number, number]): Check {
  if (atOnce > 0) return { ...silent, result: PASS, field: "passports", reason: "published", found: String(atOnce) };
  return onCondition > 0 ? { ...silent, field: "passports", reason: "after-induction", found: String(onCondition) } : silent;
}

/** Return what speaks for and against making it at all, whoever does: silent designs, and licences for the use. */
export function judgedDesign(wish: Wish): Check[] {
  const [asked, reason] = [wish.notUnderstood.join(", "), wish.notUnderstood.length > 0 ? "not-understood" : "silent"];
  const silent = wish.silent.map((record): Check => {
    return { rule: "operations", result: UNKNOWN, subject: "design", field: "operations", reason, asked, found: "", record };
  });
  return [...silent, ...(wish.isCommercial ? wish.licences.map(ofLicence) : [])];
}

function ofLicence([record, licence]: readonly [design: string, licence: string]): Check {
  const base = { rule: "licence", subject: "design", field: "licence.hardware", asked: "commercial use", found: licence, record } as const;
  if (licence === "") return { ...base, result: UNKNOWN, reason: "silent" };
  // With OR the one who uses it chooses.
  const may = licence.split(" OR ").some((one) => !NO_TRADE.test(one));
  return { ...base, result: may ? PASS : FAIL, reason: may ? "exact" : "non-commercial" };
}
