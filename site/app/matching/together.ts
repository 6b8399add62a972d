// The steps of a search in; for each hub the machines that lack the fewest things together, one for each step, out. As in
// generator/matching/together.py: an envelope that is too small for two steps is one change, so that one machine mended
// for both may be less work than the best one of each. Bounds on what machines share leave few hubs to be searched.
import { FAILED, LATE, NOBODY, type Asked } from "./asked";
import type { Capabilities } from "./capabilities";

const MOST_FACTS = 62; // as many bits as Python's numbers have there
const HALF = 31;
const MOST_TRIES = 2000; // choices at one hub; what was found until then is kept

/** Facts as bits of two numbers. */
type Mask = readonly [low: number, high: number];
const EMPTY: Mask = [0, 0];

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
    if (!isInQuestion(steps, hub)) continue;
    const choices = promising(steps.map((asked) => choicesOf(known, asked, hub, bits)));
    fewest(choices).forEach((machine, at) => {
      const row = found[at];
      if (row !== undefined) row[hub] = machine;
    });
  }
  return found;
}

/** Return whether another choice may lack less at all: two steps fail, and none is without a machine. */
function isInQuestion(steps: readonly Asked[], hub: number): boolean {
  if (steps.some(({ best }) => best[hub] === NOBODY)) return false;
  return steps.filter(({ best, cost }) => failedOf(cost[best[hub] ?? NOBODY] ?? 0) > 0).length > 1;
}

/** Return how many facts fail of a machine with a cost. */
function failedOf(cost: number): number {
  return Math.floor(cost / (FAILED * 2 * (LATE + 1)));
}

/** Return the machines of a hub that do a step, the best one first. */
function choicesOf(known: Capabilities, asked: Asked, hub: number, bits: ReadonlyMap<string, number>): Choice[] {
  const found: Choice[] = [];
  const [begin, end] = known.machines(hub);
  for (let machine = begin; machine < end; machine++) {
    const cost = asked.cost[machine] ?? Infinity;
    if (cost === Infinity) continue;
    const masks: [Mask, Mask] = [EMPTY, EMPTY];
    for (const [fact, isHubs] of asked.failing(machine)) {
      const [low, high] = masks[Number(isHubs)] ?? EMPTY;
      const bit = bits.get(fact) ?? 0;
      masks[Number(isHubs)] = bit < HALF ? [low | (1 << bit), high] : [low, high | (1 << (bit - HALF))];
    }
    found.push({ machine, own: masks[0], hubs: masks[1], cost });
  }
  return found.sort((one, other) => one.cost - other.cost || one.machine - other.machine);
}

/**
 * Return what is left of the choices of each step at a hub where others may lack less together than the best of each do.
 * A choice is dropped for either of two reasons:
 * - With it, whatever does the other steps, no less fails than with the best of each: there are its own facts, and those
 *   others that fail for some step whichever machine does it.
 * - At least as many of its facts as fail of the step's best machine fail for this step alone. With the best one in its
 *   place all of these are gone, and no more come.
 */
function promising(steps: readonly (readonly Choice[])[]): readonly (readonly Choice[])[] {
  const best = steps.map((choices) => choices.slice(0, 1));
  const count = countOf(best.flat());
  const always = steps.reduce((all, choices) => joined(all, alwaysOf(choices)), EMPTY);
  const isLess = (one: Choice): boolean => countOf([one]) + size(without(always, joined(one.own, one.hubs))) < count;
  if (!steps.every((choices) => choices.some(isLess))) return best;
  const several = severalOf(steps);
  const alone = (one: Choice): number => size(without(one.own, several.get(one.machine) ?? EMPTY)) + size(without(one.hubs, several.get(NOBODY) ?? EMPTY));
  return steps.map((choices, at) => choices.filter((one, place) => place === 0 || (isLess(one) && alone(one) < countOf(best[at] ?? []))));
}

/** Return how many facts fail of some machines and their hub together. */
function countOf(choices: readonly Choice[]): number {
  const own = new Map<number, Mask>();
  for (const one of choices) own.set(one.machine, joined(own.get(one.machine) ?? EMPTY, one.own));
  return [...own.values()].reduce((sum, mask) => sum + size(mask), size(choices.reduce((all, one) => joined(all, one.hubs), EMPTY)));
}

/** Return the facts that fail whichever machine is chosen. */
function alwaysOf(choices: readonly Choice[]): Mask {
  return choices.map((one) => joined(one.own, one.hubs)).reduce(([low, high], [otherLow, otherHigh]) => [low & otherLow, high & otherHigh]);
}

/** Return for each machine the facts that fail for more than one step, and for `NOBODY` those of the hub. */
function severalOf(steps: readonly (readonly Choice[])[]): ReadonlyMap<number, Mask> {
  const [found, failing] = [new Map<number, Mask>(), new Map<number, Mask>()];
  const add = (place: number, mask: Mask): void => {
    const [low, high] = failing.get(place) ?? EMPTY;
    found.set(place, joined(found.get(place) ?? EMPTY, [low & mask[0], high & mask[1]]));
    failing.set(place, joined([low, high], mask));
  };
  for (const choices of steps) {
    for (const one of choices) add(one.machine, one.own);
    add(NOBODY, choices.reduce((all, one) => joined(all, one.hubs), EMPTY));
  }
  return found;
}

/** Return a machine for each step so that the fewest facts fail together; of those, the best for each step. */
function fewest(steps: readonly (readonly Choice[])[]): readonly number[] {
  // What cannot be chosen comes first: then more is known of each way.
  const order = [...steps.keys()].sort((one, other) => Number((steps[one]?.length ?? 0) > 1) - Number((steps[other]?.length ?? 0) > 1));
  const rest = restOf(order.map((at) => steps[at] ?? []));
  let best: readonly [count: number, cost: number] | undefined;
  let chosen: readonly number[] = [];
  let tries = 0;
  const go = (own: ReadonlyMap<number, Mask>, hubs: Mask, cost: number, way: readonly number[]): void => {
    tries += 1;
    const failing = [...own.values()].reduce(joined, hubs);
    const [always, least] = rest[way.length] ?? [EMPTY, 0];
    const count = [...own.values()].reduce((sum, mask) => sum + size(mask), size(hubs)) + size(without(always, failing));
    if (best !== undefined && (count > best[0] || (count === best[0] && cost + least >= best[1]) || tries > MOST_TRIES)) return;
    const step = order[way.length];
    if (step === undefined) {
      [best, chosen] = [[count, cost], way];
      return;
    }
    for (const one of steps[step] ?? []) {
      const more = new Map(own).set(one.machine, joined(own.get(one.machine) ?? EMPTY, one.own));
      go(more, joined(hubs, one.hubs), cost + one.cost, [...way, one.machine]);
    }
  };
  go(new Map(), EMPTY, 0, []);
  return steps.map((_, at) => chosen[order.indexOf(at)] ?? NOBODY);
}

/** Return for each step on what fails from there whichever machines are chosen, and the least that these cost. */
function restOf(steps: readonly (readonly Choice[])[]): readonly (readonly [always: Mask, least: number])[] {
  const found: (readonly [Mask, number])[] = [[EMPTY, 0]];
  for (const choices of [...steps].reverse()) {
    const [always, least] = found[0] ?? [EMPTY, 0];
    found.unshift([joined(always, alwaysOf(choices)), least + (choices[0]?.cost ?? 0)]);
  }
  return found;
}

function without([low, high]: Mask, [otherLow, otherHigh]: Mask): Mask {
  return [low & ~otherLow, high & ~otherHigh];
}

function joined([low, high]: Mask, [otherLow, otherHigh]: Mask): Mask {
  return [low | otherLow, high | otherHigh];
}

function size(mask: Mask): number {
  let count = 0;
  for (let rest of mask) for (; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
