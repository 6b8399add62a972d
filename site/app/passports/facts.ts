// The files of generator/publish/passport_data.py in; what a decision is taken from, indexed once, out.
// As generator/passports/recognising.py; days are texts such as 2026-11-22, "" for none.
import type { HubKey, Keys } from "./signatures";

export type Result = "permit" | "conditional" | "deny";

/** What a reason leads to, and where it stands among others: the code that is told first is 0. */
export interface Code {
  readonly result: Result;
  readonly rank: number;
}

/** What counts of a hub, as an issuer and as the place of a machine. */
export interface Standing {
  readonly name: string;
  readonly isOpen: boolean;
  readonly networks: readonly string[];
  readonly keys: readonly HubKey[];
}

/** A rule of recognition as it is applied. `levels` are sorted; empty counts level for level. */
export interface Rule {
  readonly id: string;
  readonly issuers: readonly string[];
  readonly networks: readonly string[];
  readonly levels: readonly (readonly [theirs: number, ours: number])[];
  readonly maxAgeDays: number | null;
  readonly excludes: readonly string[];
  readonly validFrom: string;
  readonly validUntil: string;
  /** For an induction, or for what its condition says. */
  readonly asksFirst: boolean;
  readonly isClear: boolean;
}

/** The rules of one hub for one competence, whenever they hold. */
export interface Rules {
  readonly accepting: readonly Rule[];
  readonly refusing: readonly Rule[];
}

/** What counts of a machine: where it stands and what it asks for. */
export interface Door {
  readonly machine: string;
  readonly hub: string;
  readonly name: string;
  readonly needs: readonly Requirement[];
  readonly status: string;
  readonly use: string;
}

export type Requirement = readonly [competence: string, level: number];

/** What decisions are taken from, for machines in the countries that were fetched. */
export interface Facts {
  readonly codes: ReadonlyMap<string, Code>;
  /** The version of each competence. */
  readonly competences: ReadonlyMap<string, number>;
  /** Those with a key. */
  readonly hubs: ReadonlyMap<string, Standing>;
  /** All others, or simply all; undefined where nobody fetched them. */
  readonly others: ReadonlySet<string> | undefined;
  readonly shut: ReadonlySet<string>;
  /** Machines name them, and they have no record. */
  readonly lost: ReadonlySet<string>;
  /** By `ruleKey`. */
  readonly rules: ReadonlyMap<string, Rules>;
  /** Hubs of which a rule cannot be read: it may be a refusal. */
  readonly unreadable: ReadonlySet<string>;
  /** Machines that ask for something, or that are not for everybody now. */
  readonly doors: ReadonlyMap<string, Door>;
}

/** Written without what is not so. */
export interface WrittenRule {
  readonly id: string;
  readonly hub: string;
  readonly competence: string;
  readonly decision: "accept" | "refuse";
  readonly issuers?: readonly string[];
  readonly networks?: readonly string[];
  readonly levels?: readonly (readonly [theirs: number, ours: number])[];
  readonly max_age_days?: number;
  readonly excludes?: readonly string[];
  readonly valid_from: string;
  readonly valid_until?: string;
  readonly asks_first?: true;
  readonly unclear?: true;
}

/** `data/passports/rules/<country>.json`. */
export interface RulesFile {
  /** Of the hubs at which the machines stand. */
  readonly names: Readonly<Record<string, string>>;
  readonly rules: readonly WrittenRule[];
  readonly unreadable: readonly string[];
  readonly shut: readonly string[];
  readonly lost: readonly string[];
  readonly machines: readonly (readonly [id: string, name: string, status: string, use: string, needs: readonly Requirement[]])[];
}

/** Names of hubs by their country, with spaces between them. */
export type Others = Readonly<Record<string, string>>;

/** A hub that may issue, as it is written. */
export interface WrittenHub {
  readonly name: string;
  readonly active: boolean;
  readonly networks: readonly string[];
  readonly keys: readonly HubKey[];
  /** It is invented. */
  readonly demonstration?: true;
}

/** `data/passports/keys.json`. */
export interface KeysFile {
  readonly day: string;
  readonly site: string;
  readonly codes: Readonly<Record<string, Result>>;
  readonly competences: Readonly<Record<string, number>>;
  readonly hubs: Readonly<Record<string, WrittenHub>>;
  /** The countries whose hubs stand in a file of their own, `data/passports/keys/<country>.json`; then `hubs` is empty. */
  readonly apart: readonly string[];
  /** Hubs without a key, or all where hubs stand apart. 0 where there are so many that they have a file of their own, `data/passports/others.json`. */
  readonly others: Others | 0;
  /** The countries that have a file of rules, and the competences that machines there ask for. */
  readonly countries: Readonly<Record<string, readonly string[]>>;
}

const OTHER: Standing = { name: "", isOpen: true, networks: [], keys: [] };
const SHUT: Standing = { ...OTHER, isOpen: false };

/** Return the facts in some files; without `others` no issuer is looked for among the hubs that have no key. */
export function factsOf(keys: KeysFile, parts: Iterable<RulesFile> = [], others: Others | 0 = keys.others): Facts {
  const files = [...parts];
  const all = (name: "unreadable" | "shut" | "lost"): Set<string> => new Set(files.flatMap((file) => file[name]));
  const doors = files.flatMap((file) => file.machines.map(doorOf));
  return {
    codes: new Map(Object.entries(keys.codes).map(([code, result], rank) => [code, { result, rank }])),
    competences: new Map(Object.entries(keys.competences)),
    hubs: new Map(Object.entries(keys.hubs).map(([id, { name, active, networks, keys: known }]) => [id, { name, isOpen: active, networks, keys: known }])),
    others: others === 0 ? undefined : new Set(Object.entries(others).flatMap(([country, names]) => names.split(" ").map((name) => `${country}/${name}`))),
    shut: all("shut"),
    lost: all("lost"),
    rules: rulesOf(files.flatMap((file) => file.rules)),
    unreadable: all("unreadable"),
    doors: new Map(doors.map((door) => [door.machine, door])),
  };
}

/** Return what counts of a hub as an issuer; undefined for one that the registry does not have. */
export function issuerOf(facts: Facts, hub: string): Standing | undefined {
  return facts.hubs.get(hub) ?? (facts.others?.has(hub) === true ? OTHER : undefined);
}

/** Return the keys of those of some hubs that the registry has, as proofs and status lists are checked with. */
export function keysOf(facts: Facts, hubs: Iterable<string>): Keys {
  return Object.fromEntries([...hubs].flatMap((hub) => {
    const known = issuerOf(facts, hub);
    return known === undefined ? [] : [[hub, known.keys]];
  }));
}

/** Return what counts of a hub where a machine stands; undefined for one without a record. */
export function hostOf(facts: Facts, hub: string): Standing | undefined {
  if (facts.hubs.has(hub)) return facts.hubs.get(hub);
  if (facts.lost.has(hub) || facts.others?.has(hub) === false) return undefined;
  return facts.shut.has(hub) ? SHUT : OTHER;
}

/** Return what counts of a machine; one that no file tells of asks for nothing. */
export function doorTo(facts: Facts, machine: string): Door {
  return facts.doors.get(machine) ?? { machine, hub: hubOf(machine), name: "", needs: [], status: "working", use: "" };
}

/** Return by what the rules of a hub for a competence are found. */
export function ruleKey(hub: string, competence: string): string {
  return `${hub} ${competence}`;
}

function doorOf([machine, name, status, use, needs]: RulesFile["machines"][number]): Door {
  return { machine, hub: hubOf(machine), name, needs, status, use };
}

function hubOf(machine: string): string {
  return machine.slice(0, machine.lastIndexOf("/"));
}

function rulesOf(written: readonly WrittenRule[]): Map<string, Rules> {
  const found = new Map<string, { accepting: Rule[]; refusing: Rule[] }>();
  for (const one of written) {
    const key = ruleKey(one.hub, one.competence);
    const both = found.get(key) ?? { accepting: [], refusing: [] };
    both[one.decision === "refuse" ? "refusing" : "accepting"].push(ruleOf(one));
    found.set(key, both);
  }
  return found;
}

function ruleOf(one: WrittenRule): Rule {
  const { id, issuers = [], networks = [], levels = [], excludes = [] } = one;
  return {
    id, issuers, networks, levels, excludes, maxAgeDays: one.max_age_days ?? null, validFrom: one.valid_from, validUntil: one.valid_until ?? "",
    asksFirst: one.asks_first === true, isClear: one.unclear !== true,
  };
}
