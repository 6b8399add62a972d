// The files that the generator writes (generator/publish/columns*.py): tables, words, and columns of hubs and machines.

/** Bits of `marks`; freshness stands in bits 2 and 3, status in bits 4 and 5. */
export const SOFT = 1;
export const INVENTED = 2;
/** Set here: a hub of another registry. */
export const FOREIGN = 64;
export const FRESHNESS = ["unknown", "fresh", "due", "stale"] as const;
export const STATUSES = ["active", "planned", "paused", "closed"] as const;
const STALE = 3;

/** A list of places in a table; 0 for none. */
export type Places = number[] | 0;

/** The sides of the largest work piece in millimetres, or [0, diameter, length]; 0 when unknown. */
export type Envelope = number[] | 0;

/** A process or material; `heading` is 1 for a group that no machine names. */
export type Term = [id: string, broader: Places, heading: 0 | 1];

export interface Tables {
  processes: Term[];
  materials: Term[];
  models: [id: string, name: string, aliases: string | 0, processes: Places, materials: Places, envelope: Envelope][];
  networks: string[];
  countries: string[];
  kinds: string[];
  access: string[];
  services: string[];
  languages: string[];
  states: string[];
  peers?: { registries: Registry[]; countries: string[]; kinds: string[] };
}

/** Another registry: what its pages of hubs begin with, and how many hubs each of its files has. */
export type Registry = [id: string, name: string, site: string, parts: number[]];

export interface Labels {
  processes: string[];
  materials: string[];
  networks: string[];
  countries: string[];
  kinds: string[];
  access: string[];
  services: string[];
  languages: string[];
  statuses: string[];
  states: string[];
  names: Record<string, string>;
  /** Words that stand for nothing by themselves, such as "near" and "the". */
  idle: string;
  others: [kind: string, name: string, page: string, also: string][];
  words: Record<string, string>;
  peers?: { countries: string[]; kinds: string[] };
}

/** Names of processes and materials in every language, in their normal form: what somebody may type. */
export interface Aliases {
  processes: string[];
  materials: string[];
}

/** A country's code, and how many hubs and machines are there. */
export type Country = [code: string, hubs: number, machines: number];

/** What the map of the first page draws: hubs, or without them the middle of each country's. */
export interface Points {
  countries: Country[];
  y: (number | null)[];
  x: (number | null)[];
  marks?: number[];
}

export interface Columns {
  /** 0 where it follows from the name (`slugOf`). */
  id: (string | 0)[];
  name: string[];
  also: (string | 0)[];
  towns: string[];
  town: number[];
  kind: number[];
  y: (number | null)[];
  x: (number | null)[];
  marks: number[];
  access: number[];
  services: Places[];
  languages: Places[];
  networks: Places[];
  does: Places[];
  machines: number[];
  model?: number[];
  state?: number[];
  can?: Places[];
  works?: Places[];
}

/** What takes most room of machines: how they are called, and their own envelopes; fetched when asked for. */
export interface Details {
  slug?: (string | 0)[];
  called?: (string | 0)[];
  holds?: Envelope[];
}

/** Hubs of another registry that are none of ours, and by their numbers those of ours that are its too. */
export interface Foreign {
  ours?: number[];
  towns: string[];
  id?: (string | 0)[];
  name?: string[];
  also?: (string | 0)[];
  town?: number[];
  country?: number[];
  kind?: number[];
  y?: (number | null)[];
  x?: (number | null)[];
  marks?: number[];
  can?: Places[];
  /** Who else seems to have it: the place of the registry, and the hub's id there. */
  twins?: ([registry: number, id: string][] | 0)[];
}

/** All hubs, or only how many each country has: then `hubs/<country>.json` holds them. */
export type Manifest = { countries: Country[] } & Partial<Columns>;

declare global {
  interface Window {
    karakanaData?: Map<string, Promise<unknown>>;
  }
}

/** Fetch a file of data, once for each page, whichever script asks. Rejects when it is not there. */
export function load<T>(address: string): Promise<T> {
  const started = (window.karakanaData ??= new Map());
  const whole = new URL(address, document.baseURI).href;
  let wanted = started.get(whole);
  if (wanted === undefined) {
    wanted = fetch(whole).then((response) => {
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      return response.json();
    });
    started.set(whole, wanted);
    wanted.catch(() => started.delete(whole));
  }
  return wanted as Promise<T>;
}

/** Return the degrees of a coordinate, which is written in ten-thousandths. */
export function degrees(value: number): number {
  return value / 10000;
}

/** Return where a hub's freshness stands in `FRESHNESS`. */
export function freshnessOf(marks: number): number {
  return (marks >> 2) & 3;
}

/** Return where a hub's status stands in `STATUSES`. */
export function statusOf(marks: number): number {
  return (marks >> 4) & 3;
}

/** Return whether a hub is to be shown greyed and last: not open, or not verified for years. */
export function isOld(marks: number): boolean {
  return freshnessOf(marks) === STALE || statusOf(marks) !== 0;
}
