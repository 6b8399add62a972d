// What hubs can do, a design and some hubs in; why they cannot make it, as matching says, out. As generator/cli/doubted.py
// says it without a plan: the hubs share the work as they like, somebody has to be able to do each step, and each of them one.
import type { Capabilities } from "../matching/capabilities";
import { Search, type Explained } from "../matching/search";
import type { Taxonomy } from "../matching/terms";
import { FAIL, type Check } from "../matching/values";
import { NOTHING, type Made, type Step } from "../matching/wanted";

/** A hub by its id, and by its number among all. */
export type Numbered = readonly [id: string, number: number];

/**
 * Why a hub cannot make a design, or all of them together with "" for the hub: a check that fails, of a step or of the
 * hub itself; a step that nobody does; nothing of the two where it can do none of the steps.
 */
export interface Doubt {
  readonly hub: string;
  readonly step?: Step;
  readonly check?: Check;
}

/** Return why hubs cannot make a design; those that have closed, or of which nothing is known, are asked nothing. */
export function doubtsOf(known: Capabilities, processes: Taxonomy, materials: Taxonomy, made: Made, hubs: readonly Numbered[]): Doubt[] {
  const asked = hubs.filter(([, number]) => known.isKnown[number] === 1);
  // A contract with an invented party is an example.
  const isInvented = made.invented === true || asked.some(([, number]) => known.site(number).is_invented === 1);
  const { steps = [], silent = [], licences = [] } = made;
  const search = new Search(known, processes, materials, { ...NOTHING, start: known.common.as_of, steps, silent, licences, isInvented });
  const found = asked.map(([id, number]) => ({ id, explained: search.explained(number) }));
  const lacking = found.map(({ id, explained }) => ofSteps(id, explained));
  const doubts = found.flatMap(({ id, explained }, at) => {
    const isIdle = steps.length > 0 && lacking[at]?.size === steps.length && found.length > 1;
    return [...ofHub(id, explained), ...(isIdle ? [{ hub: id }] : [])];
  });
  return unique([...doubts, ...ofAll(steps, lacking)]);
}

function ofHub(hub: string, { checks }: Explained): Doubt[] {
  return checks.filter(({ result }) => result === FAIL).map((check) => ({ hub, check }));
}

/** Return the steps that a hub cannot do, each with a reason, by their ids. */
function ofSteps(hub: string, { steps }: Explained): Map<string, Doubt> {
  const found = new Map<string, Doubt>();
  for (const [step, [best]] of steps) {
    const check = best?.checks.find(({ result }) => result === FAIL);
    if (best === undefined) found.set(step.id, { hub, step });
    else if (check !== undefined) found.set(step.id, { hub, step, check });
  }
  return found;
}

/** Return the steps that nobody can do; one hub alone has its own reason. */
function ofAll(steps: readonly Step[], lacking: readonly ReadonlyMap<string, Doubt>[]): Doubt[] {
  const [first] = lacking;
  if (first === undefined) return [];
  return steps.filter(({ id }) => lacking.every((one) => one.has(id))).map((step) => (lacking.length > 1 ? { hub: "", step } : (first.get(step.id) ?? { hub: "", step })));
}

function unique(all: readonly Doubt[]): Doubt[] {
  const key = ({ hub, step, check }: Doubt): string => JSON.stringify([hub, step?.id ?? "", check?.rule, check?.reason, check?.asked, check?.found]);
  return [...new Map(all.map((one) => [key(one), one])).values()];
}
