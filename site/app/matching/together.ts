// The steps of a search in; for each hub the machines that lack the fewest things together, one for each step, out. As in
// generator/matching/together.py: an envelope that is too small for two steps is one change, so that one machine mended
// for both may be less work than the best one of each.
import { FAILED, LATE, NOBODY, type Asked } from "./asked";
import type { Capabilities } from "./capabilities";

const MOST_FACTS = 62; // as many bits as Python's numbers have there
const HALF = 31;
const MOST_TRIES = 2000; // choices at one hub; what was found until then is kept

/** Facts as bits of two numbers. */
type Mask = readonly [low: number, high: number];

/** A machine for a step: what fails of it and of its hub, and its cost. */
interface Choice {
  readonly machine: number;
  readonly own: Mask;
  readonly hubs: Mask;
  readonly cost: number;
}

/** Return for each step the machine of each hub, or `NOBODY`. */
export function together(known: Capabilities, steps: readonly Asked[]): Int32Array[] {
  const found = steps.map(({ best }) => best.slice());
  const bits = new Map<string, number>();
  for (const asked of steps) for (const fact of asked.names()) if (!bits.has(fact)) bits.set(fact, bits.size);
  if (steps.length < 2 || bits.size > MOST_FACTS) return found;
  for (let hub = 0; hub < known.hubs; hub++) {
    const failed = steps.map(({ best, cost }) => failedOf(cost[best[hub] ?? NOBODY] ?? 0));
    const limit = failed.reduce((sum, count) => sum + count, 0);
    if (!mayGain(known, steps, hub, failed, limit)) continue;
    const failing = steps.map((_, at) => at).filter((at) => (failed[at] ?? 0) > 0);
    const choices = failing.map((at) => choicesOf(known, steps[at], hub, limit, bits));
    fewest(choices).forEach((machine, at) => {
      const row = found[failing[at] ?? 0];
      if (row !== undefined) row[hub] = machine;
    });
  }
  return found;
}

/** Return how many facts fail of a machine with a cost. */
function failedOf(cost: number): number {
  return Math.floor(cost / (FAILED * 2 * (LATE + 1)));
}

/** Return whether another choice may lack less: two steps fail, none is without a machine, one has a choice. */
function mayGain(known: Capabilities, steps: readonly Asked[], hub: number, failed: readonly number[], limit: number): boolean {
  if (failed.filter((count) => count > 0).length < 2 || steps.some(({ best }) => best[hub] === NOBODY)) return false;
  const [begin, end] = known.machines(hub);
  return steps.some(({ cost }, at) => {
    if ((failed[at] ?? 0) === 0) return false;
    let count = 0;
    for (let machine = begin; machine < end; machine++) if (failedOf(cost[machine] ?? Infinity) < limit) count += 1;
    return count > 1;
  });
}

/** Return the machines of a hub that may be part of a better choice, the best one of the step first. */
function choicesOf(known: Capabilities, asked: Asked | undefined, hub: number, limit: number, bits: ReadonlyMap<string, number>): Choice[] {
  const found: Choice[] = [];
  const [begin, end] = known.machines(hub);
  for (let machine = begin; machine < end && asked !== undefined; machine++) {
    const cost = asked.cost[machine] ?? Infinity;
    if (cost === Infinity || (machine !== asked.best[hub] && failedOf(cost) >= limit)) continue;
    const masks: [Mask, Mask] = [[0, 0], [0, 0]];
    for (const [fact, isHubs] of asked.failing(machine)) {
      const [low, high] = masks[Number(isHubs)] ?? [0, 0];
      const bit = bits.get(fact) ?? 0;
      masks[Number(isHubs)] = bit < HALF ? [low | (1 << bit), high] : [low, high | (1 << (bit - HALF))];
    }
    found.push({ machine, own: masks[0], hubs: masks[1], cost });
  }
  return found.sort((one, other) => one.cost - other.cost || one.machine - other.machine);
}

/** Return a machine for each step so that the fewest facts fail together; of those, the best for each step. */
function fewest(steps: readonly (readonly Choice[])[]): readonly number[] {
  let best: readonly [count: number, cost: number] | undefined;
  let chosen: readonly number[] = steps.map(([first]) => first?.machine ?? NOBODY);
  let tries = 0;
  const go = (own: ReadonlyMap<number, Mask>, hubs: Mask, cost: number, way: readonly number[]): void => {
    tries += 1;
    const count = [...own.values()].reduce((sum, mask) => sum + size(mask), size(hubs));
    if (best !== undefined && (count > best[0] || (count === best[0] && cost >= best[1]) || tries > MOST_TRIES)) return;
    const choices = steps[way.length];
    if (choices === undefined) {
      [best, chosen] = [[count, cost], way];
      return;
    }
    for (const one of choices) {
      const more = new Map(own).set(one.machine, joined(own.get(one.machine) ?? [0, 0], one.own));
      go(more, joined(hubs, one.hubs), cost + one.cost, [...way, one.machine]);
    }
  };
  go(new Map(), [0, 0], 0, []);
  return chosen;
}

function joined([low, high]: Mask, [otherLow, otherHigh]: Mask): Mask {
  return [low | otherLow, high | otherHigh];
}

function size(mask: Mask): number {
  let count = 0;
  for (let rest of mask) for (; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
