// Machines in; the few different ones among them, as far as words and facets can tell, out.
import type { World } from "./world";

const PER_LIST = 2 ** 17; // lists of processes, and names: more than there are of either

export class Sorts {
  /** Which sort each machine is of. */
  readonly of: Uint32Array;
  /** Of each sort: its model, its list of processes, its name. */
  readonly model: number[] = [];
  readonly can: number[] = [];
  readonly called: number[] = [];

  constructor(world: World) {
    const known = new Map<number, number>();
    this.of = Uint32Array.from(world.model, (model, machine) => {
      const [can, called] = [world.can[machine] ?? 0, world.called[machine] ?? 0];
      const key = (model * PER_LIST + can) * PER_LIST + called;
      let sort = known.get(key);
      if (sort === undefined) {
        sort = this.model.push(model) - 1;
        this.can.push(can);
        this.called.push(called);
        known.set(key, sort);
      }
      return sort;
    });
  }

  /** Return for each sort whether its model, its processes or its name is wanted; nothing when none is. */
  holding(models: Uint8Array, lists: Uint8Array, calls: Uint8Array): Uint8Array | undefined {
    let isAny = false;
    const found = Uint8Array.from(this.model, (model, sort) => {
      const holds = models[model] || lists[this.can[sort] ?? 0] || calls[this.called[sort] ?? 0] ? 1 : 0;
      isAny ||= holds === 1;
      return holds;
    });
    return isAny ? found : undefined;
  }
}
