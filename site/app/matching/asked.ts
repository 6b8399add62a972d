// One step and all machines in; what each comes to, and the best one of each hub, out. As in generator/matching/asked.py:
// every distinct value is judged once, and a machine is a number in each column.
import { BARE, CLAIM, type Capabilities, type Column, type Skill } from "./capabilities";
import { fits } from "./fit";
import { BY_COLUMN, type Question } from "./judging";
import { judgedPeople } from "./sites";
import { closest } from "./terms";
import { factsOfMaterials } from "./working";
import { FAIL, factOf, NONE, PASS, UNKNOWN, type Check } from "./values";

export const LATE = 10_000; // days; behind everything whose lead time is known
export const FAILED = 1024; // one failure weighs more than all that may be unknown
export const NOBODY = -1; // where a hub has no machine for a step
const NEVER = Infinity;

/** For each fact what each value comes to. */
type Facts = ReadonlyMap<string, Uint8Array>;

/** What the values of a column come to; `isHubs` where the hub's own record decides, so that one change mends it for all. */
interface Judged {
  readonly facts: Facts;
  readonly rows: Uint32Array;
  readonly isHubs: boolean;
}

/** Return the result of each fact in each list of checks. */
export function factsOf(all: readonly (readonly Check[])[]): Facts {
  const found = new Map<string, Uint8Array>();
  all.forEach((checks, at) => {
    for (const check of checks) {
      const fact = factOf(check);
      let results = found.get(fact);
      if (results === undefined) found.set(fact, (results = new Uint8Array(all.length)));
      results[at] = Math.max(results[at] ?? NONE, check.result);
    }
  });
  return found;
}

/** What every machine comes to for one step, and the best one of each hub. */
export class Asked {
  readonly cost: Float64Array;
  /** The machine that does the step best at each hub, the first one of several that are as good; or `NOBODY`. */
  readonly best: Int32Array;
  private readonly judged: readonly Judged[];

  constructor(private readonly known: Capabilities, readonly question: Question) {
    const { skills } = known;
    const columns = BY_COLUMN.map(([name, judge]) => {
      const column: Column<unknown> = skills[name];
      const facts = this.ofMany(name) ?? factsOf(column.values.map((value) => judge(question, { ...BARE, [name]: value } as Skill)));
      return { facts, rows: column.rows, isHubs: false };
    });
    this.judged = [...columns, ...this.ofPeople()].filter(({ facts }) => facts.size > 0);
    this.cost = this.costs();
    this.best = this.bests();
  }

  /** Return what columns come to that have so many different values that words for each would take too long. */
  private ofMany(name: keyof Skill): Facts | undefined {
    const { step, materials } = this.question;
    if (name === "envelope") return this.ofEnvelopes();
    return name === "materials" ? factsOfMaterials(step, materials, this.known.skills.materials.values) : undefined;
  }

  /** Return what work envelopes come to, of which there are many different ones. */
  private ofEnvelopes(): Facts {
    const { envelope: piece, is_fixed: isFixed } = this.question.step;
    if (piece === undefined) return new Map();
    const results = this.known.skills.envelope.values.map((room) => (room === 0 ? UNKNOWN : fits(piece, room, isFixed === true) ? PASS : FAIL));
    return new Map([["envelope", Uint8Array.from(results)]]);
  }

  /** Return what competent people and certifications come to: machines of one crew at hubs that say the same are one case. */
  private ofPeople(): Judged[] {
    const { wish, step } = this.question;
    if (!step.requires?.length && !step.certifications?.length) return [];
    const { sites, skills, first, hubs } = this.known;
    const cases: Check[][] = [];
    const places = new Map<string, number>();
    const rows = new Uint32Array(skills.crew.rows.length);
    for (let hub = 0; hub < hubs; hub++) {
      for (let machine = first[hub] ?? 0; machine < (first[hub + 1] ?? 0); machine++) {
        const key = `${skills.crew.rows[machine]} ${skills.operators.rows[machine]} ${sites.services.rows[hub]} ${sites.certifications.rows[hub]}`;
        let place = places.get(key);
        if (place === undefined) {
          const people = { services: sites.services.at(hub), certifications: sites.certifications.at(hub) };
          place = cases.push(judgedPeople(wish, step, people, { crew: skills.crew.at(machine), operators: skills.operators.at(machine) })) - 1;
          places.set(key, place);
        }
        rows[machine] = place;
      }
    }
    const only = (isHubs: boolean): Facts => factsOf(cases.map((checks) => checks.filter(({ subject }) => (subject === "hub") === isHubs)));
    return [{ facts: only(false), rows, isHubs: false }, { facts: only(true), rows, isHubs: true }];
  }

  /** Return a number for each machine, smaller the better it does the step; infinite for one that does not do it. */
  private costs(): Float64Array {
    const { skills } = this.known;
    const { links, wish } = this.question;
    const does = skills.processes.values.map((offered) => closest(links, offered) !== undefined);
    const claims = skills.status.values.map((status) => Number(status === CLAIM));
    const leads = skills.time.values.map(([, lead]) => (lead === null ? LATE : Math.min(lead, LATE)));
    const found = new Float64Array(skills.processes.rows.length).fill(NEVER);
    const able: number[] = [];
    for (let machine = 0; machine < found.length; machine++) {
      if (does[skills.processes.rows[machine] ?? 0] === true && (wish.isInvented || skills.is_invented.at(machine) === 0)) able.push(machine);
    }
    const costs = new Float64Array(able.length);
    for (const { facts, rows } of this.judged) {
      const weights = weightsOf(facts);
      for (let at = 0; at < able.length; at++) costs[at] = (costs[at] ?? 0) + (weights[rows[able[at] ?? 0] ?? 0] ?? 0);
    }
    able.forEach((machine, at) => {
      const cost = (costs[at] ?? 0) * 2 + (claims[skills.status.rows[machine] ?? 0] ?? 0);
      found[machine] = cost * (LATE + 1) + (leads[skills.time.rows[machine] ?? 0] ?? 0);
    });
    return found;
  }

  private bests(): Int32Array {
    const { first, hubs } = this.known;
    const found = new Int32Array(hubs).fill(NOBODY);
    for (let hub = 0; hub < hubs; hub++) {
      let least = NEVER;
      for (let machine = first[hub] ?? 0; machine < (first[hub + 1] ?? 0); machine++) {
        const cost = this.cost[machine] ?? NEVER;
        if (cost < least) [least, found[hub]] = [cost, machine];
      }
    }
    return found;
  }

  /** Return every fact that the step asks for. */
  names(): string[] {
    return this.judged.flatMap(({ facts }) => [...facts.keys()]);
  }

  /** Return the facts that fail of a machine, and whether each is its hub's own. */
  failing(machine: number): [fact: string, isHubs: boolean][] {
    return this.judged.flatMap(({ facts, rows, isHubs }) => [...facts].filter(([, results]) => results[rows[machine] ?? 0] === FAIL).map(([fact]): [string, boolean] => [fact, isHubs]));
  }

  /** Yield, by hub, what a machine there (or `NOBODY`) comes to for each fact, and the one that it is about, or `NOBODY`. */
  *factsAt(machines: Int32Array): Generator<[fact: string, about: Int32Array, results: Uint8Array]> {
    const nobody = new Int32Array(machines.length).fill(NOBODY);
    for (const { facts, rows, isHubs } of this.judged) {
      for (const [fact, results] of facts) {
        const found = new Uint8Array(machines.length);
        for (let hub = 0; hub < found.length; hub++) {
          const machine = machines[hub] ?? NOBODY;
          if (machine !== NOBODY) found[hub] = results[rows[machine] ?? 0] ?? NONE;
        }
        yield [fact, isHubs ? nobody : machines, found];
      }
    }
  }
}

/** Return a number for each value that is smaller the fewer facts fail, and then the fewer are unknown. */
function weightsOf(facts: Facts): Float64Array {
  const all = [...facts.values()];
  const found = new Float64Array(all[0]?.length ?? 0);
  for (const results of all) results.forEach((result, at) => (found[at] = (found[at] ?? 0) + (result === FAIL ? FAILED : result === UNKNOWN ? 1 : 0)));
  return found;
}
