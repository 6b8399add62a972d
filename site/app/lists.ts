// Short lists of numbers in, of which most are the same; a small number for each different list out.
import type { Places, Term } from "./data";

export class Lists {
  readonly all: number[][] = [[]];
  private readonly known = new Map<string, number>([["", 0]]);

  /** `widen` gives what each number stands for besides itself, such as the broader terms of a process. */
  constructor(private readonly widen?: (one: number) => readonly number[]) {}

  /** Return the number of a list. */
  of(list: Places): number {
    if (list === 0) return 0;
    const key = list.join();
    let found = this.known.get(key);
    if (found === undefined) {
      found = this.all.length;
      this.known.set(key, found);
      this.all.push(this.widen === undefined ? [...list] : this.widened(list, this.widen));
    }
    return found;
  }

  private widened(list: number[], widen: (one: number) => readonly number[]): number[] {
    return [...new Set(list.flatMap((one) => [one, ...widen(one)]))];
  }

  /** Return for each list whether one of its members is wanted. */
  holding(wanted: (one: number) => boolean): Uint8Array {
    return Uint8Array.from(this.all, (list) => (list.some(wanted) ? 1 : 0));
  }
}

/** Return for each term everything that it is a kind of, at any distance, without itself. */
export function broader(terms: Term[]): number[][] {
  return terms.map((_, at) => {
    const found = new Set<number>();
    const open = [at];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      for (const wide of terms[one]?.[1] || []) {
        if (wide !== at && !found.has(wide)) open.push(wide);
        found.add(wide);
      }
    }
    found.delete(at);
    return [...found];
  });
}
