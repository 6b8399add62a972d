// Terms with their broader ones in; what is narrower and what is broader than each, at any distance, out.
import type { Term } from "../data";
import { broader } from "../lists";

const NOTHING: ReadonlySet<string> = new Set();

/** Processes or materials by id. Terms that nobody knows have neither. */
export class Taxonomy {
  private readonly wide = new Map<string, Set<string>>();
  private readonly slim = new Map<string, Set<string>>();

  constructor(terms: readonly Term[]) {
    const all = broader([...terms]);
    terms.forEach(([id], at) => {
      const wider = (all[at] ?? []).map((one) => terms[one]?.[0] ?? "");
      this.wide.set(id, new Set(wider));
      for (const one of wider) this.slim.set(one, (this.slim.get(one) ?? new Set()).add(id));
    });
  }

  broader(id: string): ReadonlySet<string> {
    return this.wide.get(id) ?? NOTHING;
  }

  narrower(id: string): ReadonlySet<string> {
    return this.slim.get(id) ?? NOTHING;
  }
}

/** How a process that is offered stands to the one that is asked for, the closest first. */
export const DEGREES = ["exact", "narrower", "broader", "substitute"] as const;

/** A process that may do, how it stands to the one asked for (a place in `DEGREES`), and on which condition. */
export interface Link {
  readonly process: string;
  readonly degree: number;
  readonly condition: string;
}

/** For each process what can stand in for it, and when. */
export type Substitutes = Readonly<Record<string, readonly (readonly [process: string, condition: string])[]>>;

/** Return every process that may do for another, each with the closest degree. */
export function linksOf(process: string, terms: Taxonomy, substitutes: Substitutes): ReadonlyMap<string, Link> {
  const found = new Map<string, Link>();
  const add = (one: string, degree: number, condition = ""): void => {
    if (!found.has(one)) found.set(one, { process: one, degree, condition });
  };
  add(process, 0);
  for (const one of terms.narrower(process)) add(one, 1);
  for (const one of terms.broader(process)) add(one, 2);
  // What may stand in for a kind of it may stand in for it.
  for (const asked of [process, ...[...terms.narrower(process)].sort()]) {
    for (const [other, condition] of substitutes[asked] ?? []) for (const one of [other, ...terms.narrower(other)]) add(one, 3, condition);
  }
  return found;
}

/** Return the process of a machine that comes closest to the one asked for; undefined when none may do. */
export function closest(links: ReadonlyMap<string, Link>, processes: readonly string[]): Link | undefined {
  let best: Link | undefined;
  for (const process of processes) {
    const link = links.get(process);
    if (link === undefined) continue;
    if (best === undefined || link.degree < best.degree || (link.degree === best.degree && link.process < best.process)) best = link;
  }
  return best;
}
