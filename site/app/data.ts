// The files that the generator writes (generator/publish/columns.py): one array for each fact.

/** Bits of `Hubs.marks`. */
export const SOFT = 1;
export const INVENTED = 2;
export const STALE = 4;
export const SHUT = 8;

export interface Hubs {
  id: string[];
  name: string[];
  also: string[];
  town: string[];
  kind: number[];
  y: (number | null)[];
  x: (number | null)[];
  marks: number[];
  can: number[][];
  kinds: string[];
  countries: Record<string, string>;
  processes: [string, string][];
}

export interface Machines {
  hub: number[];
  model: number[];
  slug: string[];
  name: string[];
  models: [string, string, string][];
}

export interface Others {
  kind: number[];
  name: string[];
  page: string[];
  also: string[];
  kinds: string[];
  hub: string;
  machine: string;
}

const started = new Map<string, Promise<unknown>>();

/** Fetch a file of data, once for each page. Rejects when it is not there. */
export function load<T>(address: string): Promise<T> {
  let wanted = started.get(address);
  if (wanted === undefined) {
    wanted = fetch(address).then((response) => {
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      return response.json();
    });
    started.set(address, wanted);
    wanted.catch(() => started.delete(address));
  }
  return wanted as Promise<T>;
}

/** Return the degrees of a coordinate, which is written in ten-thousandths. */
export function degrees(value: number): number {
  return value / 10000;
}

/** Return the name of the country in which a hub lies. */
export function countryOf(hubs: Hubs, at: number): string {
  const code = (hubs.id[at] ?? "").slice(0, 2);
  return hubs.countries[code] ?? code;
}
