// The files of generator/publish/columns_matching.py in; what hubs and machines can do, as columns of numbers, out.
import type { Country } from "../data";
import type { Substitutes } from "./terms";
import type { Subject } from "./values";
import type { Box, Features, Point } from "./wanted";

export const CLAIM = "claimed"; // the status of a process that a hub offers without naming a machine

/** Scheme, and the last day on which it holds, or "". */
export type Certified = readonly (readonly [scheme: string, until: string])[];
export type Working = readonly [material?: string, form?: string, least?: number | null, most?: number | null];

/** From a day on: how many can operate a machine at once, and how many after an induction or on another condition. */
export type Since = readonly (readonly [day: string, atOnce: number, onCondition: number])[];
/** Who published a passport that counts, by competence and by level from 1 on: real people, and with invented ones where that is more. */
export type Operators = Readonly<Record<string, readonly (readonly [real: Since, all?: Since])[]>> | 0;

/** What is known of one machine with its model, or of a process that a hub claims; `inherited` are fields that its model states. */
export interface Skill {
  readonly processes: readonly string[];
  readonly envelope: Box | 0;
  readonly tolerance_mm: number | null;
  readonly materials: readonly Working[];
  readonly features: Features;
  readonly status: string;
  readonly time: readonly [piecesPerWeek: number | null, leadDays: number | null, least?: number];
  readonly crew: readonly [use: string, certifications: Certified];
  readonly rate: readonly [amount: string, currency: string, per: string] | 0;
  readonly is_invented: 0 | 1;
  readonly inherited: readonly string[];
  readonly operators: Operators;
}

/** What a hub itself says that matters for every machine there. */
export interface Site {
  readonly status: string;
  readonly is_invented: 0 | 1;
  readonly point: Point | null;
  readonly access: string;
  readonly services: readonly string[];
  readonly languages: readonly string[];
  readonly certifications: Certified;
  readonly accepts: readonly string[];
  readonly networks: readonly string[];
  readonly evidence: number;
  readonly freshness: number;
}

const SKILL = ["processes", "envelope", "tolerance_mm", "materials", "features", "status", "time", "crew", "rate", "is_invented", "inherited", "operators"] as const;
const SITE = ["status", "is_invented", "point", "access", "services", "languages", "certifications", "accepts", "networks", "evidence", "freshness"] as const;

/** A column of a file: its values and, unless there is only one or each row has its own, the number of each row's. */
type Stored = readonly [values: readonly unknown[], rows?: readonly number[]];

/** Hubs of a country, or of all; how many machines and claims each has, -1 for one that has closed. */
export interface Part {
  readonly machines: readonly number[];
  readonly sites: Readonly<Record<string, Stored>>;
  readonly skills: Readonly<Record<string, Stored>>;
}

/** The file that is always there; with all hubs in it where no country has its own. */
export interface Common extends Partial<Part> {
  readonly as_of: string;
  readonly substitutes: Substitutes;
}

/** The values of a fact, and the number of its value for each row. */
export class Column<T> {
  readonly values: T[] = [];
  readonly rows: Uint32Array;

  constructor(size: number) {
    this.rows = new Uint32Array(size);
  }

  /** Take in some rows from a place on. */
  add(stored: Stored | undefined, start: number, count: number): void {
    const [values = [], rows] = stored ?? [];
    const first = this.values.length;
    for (const value of values) this.values.push(value as T);
    const isOwn = rows === undefined && values.length === count;
    for (let at = 0; at < count; at++) this.rows[start + at] = first + (rows?.[at] ?? (isOwn ? at : 0));
  }

  at(row: number): T {
    return this.values[this.rows[row] ?? 0] as T;
  }
}

type Columns<T> = { readonly [K in keyof T]: Column<T[K]> };

/** Hubs by their numbers among all hubs, and their machines by number; claims come after a hub's machines. */
export class Capabilities {
  readonly sites: Columns<Site>;
  readonly skills: Columns<Skill>;
  /** Each hub's first machine, with one more at the end. */
  readonly first: Uint32Array;
  /** Whether anything is known of a hub: it has not closed, and its file has arrived. */
  readonly isKnown: Uint8Array;
  readonly country: Uint16Array;
  readonly codes: readonly string[];

  /** `parts` are the countries' files by code, or one file with all by "". */
  constructor(readonly common: Common, countries: readonly Country[], parts: ReadonlyMap<string, Part>) {
    const size = countries.reduce((sum, [, hubs]) => sum + hubs, 0);
    const machines = [...parts.values()].flatMap((part) => part.machines).reduce((sum, count) => sum + Math.max(0, count), 0);
    this.sites = Object.fromEntries(SITE.map((name) => [name, new Column(size)])) as unknown as Columns<Site>;
    this.skills = Object.fromEntries(SKILL.map((name) => [name, new Column(machines)])) as unknown as Columns<Skill>;
    this.first = new Uint32Array(size + 1);
    this.isKnown = new Uint8Array(size);
    this.country = new Uint16Array(size);
    this.codes = countries.map(([code]) => code);
    let [hub, machine] = [0, 0];
    countries.forEach(([, hubs], at) => this.country.fill(at, hub, (hub += hubs)));
    hub = 0;
    for (const [code, hubs] of parts.has("") ? [["", size] as const] : countries) {
      machine = this.take(parts.get(code), hub, machine, hubs);
      hub += hubs;
    }
    this.first[size] = machine;
  }

  /** Take in a part, whose hubs and machines begin at some numbers; return the number of the next machine. */
  private take(part: Part | undefined, hub: number, machine: number, hubs: number): number {
    let next = machine;
    const open: number[] = [];
    for (let at = 0; at < hubs; at++) {
      this.first[hub + at] = next;
      const count = part?.machines[at] ?? -1;
      if (count < 0) continue;
      this.isKnown[hub + at] = 1;
      open.push(hub + at);
      next += count;
    }
    for (const name of SKILL) (this.skills[name] as Column<unknown>).add(part?.skills[name], machine, next - machine);
    for (const name of SITE) this.takeSite(this.sites[name] as Column<unknown>, part?.sites[name], open);
    return next;
  }

  /** Hubs that have closed have no rows in the file. */
  private takeSite(column: Column<unknown>, stored: Stored | undefined, open: readonly number[]): void {
    const found = new Column<unknown>(open.length);
    found.add(stored, 0, open.length);
    const first = column.values.length;
    for (const value of found.values) column.values.push(value);
    open.forEach((hub, at) => (column.rows[hub] = first + (found.rows[at] ?? 0)));
  }

  get hubs(): number {
    return this.isKnown.length;
  }

  /** Return where a hub's machines begin and end. */
  machines(hub: number): [number, number] {
    return [this.first[hub] ?? 0, this.first[hub + 1] ?? 0];
  }

  skill(machine: number): Skill {
    return Object.fromEntries(SKILL.map((name) => [name, this.skills[name].at(machine)])) as unknown as Skill;
  }

  site(hub: number): Site {
    return Object.fromEntries(SITE.map((name) => [name, this.sites[name].at(hub)])) as unknown as Site;
  }
}

/** A machine of which nobody knows anything. */
export const BARE: Skill = {
  processes: [], envelope: 0, tolerance_mm: null, materials: [], features: {}, status: "working", time: [null, null], crew: ["", []], rate: 0,
  is_invented: 0, inherited: [], operators: 0,
};

/** Return whose record states a field of a machine, or could. */
export function subjectOf({ status, inherited }: Skill, field: string): Subject {
  if (status === CLAIM) return "hub";
  return inherited.includes(field) ? "model" : "machine";
}
