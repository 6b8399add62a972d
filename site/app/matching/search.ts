// Capabilities and a wish in; every hub with a verdict, the best first, out; for one hub everything that was checked. As
// in generator/matching/search.py.
import { Asked, factsOf, LATE, NOBODY } from "./asked";
import type { Capabilities } from "./capabilities";
import { judged, type Question } from "./judging";
import { judgedDesign, judgedPeople, judgedSite, judgedTerms, kilometres } from "./sites";
import { linksOf, type Taxonomy } from "./terms";
import { together } from "./together";
import { FAIL, factOf, NONE, OF_PEOPLE, PASS, UNKNOWN, verdictOf, VERDICTS, type Check, type Tally, type Verdict } from "./values";
import type { Step, Wish } from "./wanted";

const FAR = 100_000; // kilometres; behind everything whose distance is known

/** A hub in an answer: what came of it, and how far away it is (undefined when nobody knows). */
export interface Row {
  readonly hub: number;
  readonly tally: Tally;
  readonly km: number | undefined;
}

export interface Answer {
  readonly checks: readonly Check[];
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly rows: readonly Row[];
}

/** A machine against one step, with every check; the first one of a step is the best. */
export interface Tried {
  readonly machine: number;
  readonly checks: readonly Check[];
}

/**
 * All that was checked of one hub, and the smallest set of changes after which nothing of these machines fails; what
 * several steps ask of one fact stands in it side by side.
 */
export interface Explained {
  readonly row: Row;
  readonly checks: readonly Check[];
  readonly steps: readonly (readonly [step: Step, tried: readonly Tried[]])[];
  /** The machine, or `NOBODY` where it is about none, and the check that fails today. */
  readonly repairs: readonly (readonly [machine: number, check: Check])[];
}

/** One wish against all hubs and machines. */
export class Search {
  private readonly questions: readonly Question[];
  private readonly ofStep: readonly Asked[];
  private readonly asked: readonly Asked[];
  /** For each step that is asked, the machine of each hub, or `NOBODY`. */
  private readonly best: readonly Int32Array[];
  private readonly away: Float64Array;
  private readonly counts: Record<typeof PASS | typeof UNKNOWN | typeof FAIL, Uint16Array>;
  private readonly missing: Uint16Array;

  constructor(private readonly known: Capabilities, processes: Taxonomy, materials: Taxonomy, private readonly wish: Wish) {
    const { substitutes } = known.common;
    this.questions = wish.steps.map((step) => ({ wish, step, links: linksOf(step.process, processes, substitutes), materials }));
    // Steps that ask the same of a machine are asked once: a chair has four legs.
    const same = new Map<string, Asked>();
    this.ofStep = this.questions.map((question) => {
      const key = keyOf(question.step);
      const found = same.get(key) ?? new Asked(known, question);
      same.set(key, found);
      return found;
    });
    this.asked = [...same.values()];
    this.best = together(known, this.asked);
    this.away = this.distances();
    this.counts = this.counted();
    this.missing = Uint16Array.from({ length: known.hubs }, (_, hub) => this.ofStep.filter(({ best }) => best[hub] === NOBODY).length);
  }

  /** Return every hub with a verdict, or the best few. */
  answer(limit = Infinity): Answer {
    const wanted = this.wanted();
    const ranked = this.ranked(wanted);
    const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
    for (const hub of ranked) counts[verdictOf(this.row(hub).tally)] += 1;
    counts.no += wanted.length - ranked.length;
    return { checks: judgedDesign(this.wish), counts, rows: ranked.slice(0, limit).map((hub) => this.row(hub)) };
  }

  /** Return all that was checked of a hub. */
  explained(hub: number): Explained {
    const checks = [...judgedDesign(this.wish), ...judgedSite(this.wish, this.known.site(hub))];
    const steps = this.questions.map((question, at) => [question.step, this.tried(at, hub)] as const);
    return { row: this.row(hub), checks, steps, repairs: repairs(checks, steps) };
  }

  private row(hub: number): Row {
    const of = (result: typeof PASS | typeof UNKNOWN | typeof FAIL): number => this.counts[result][hub] ?? 0;
    const km = this.away[hub] ?? NaN;
    const tally = { passed: of(PASS), unknown: of(UNKNOWN), failed: of(FAIL), missing: this.missing[hub] ?? 0, beyond: this.beyond(hub) };
    return { hub, tally, km: Number.isNaN(km) ? undefined : km };
  }

  /** Return 1 for a hub that lies further away than was asked, else 0. */
  private beyond(hub: number): number {
    return Number((this.away[hub] ?? NaN) > (this.wish.within ?? Infinity));
  }

  /** Return the machines of a hub that may do a step, the best first. */
  private tried(step: number, hub: number): Tried[] {
    const [asked, question] = [this.ofStep[step], this.questions[step]];
    if (asked === undefined || question === undefined) return [];
    const cost = (machine: number): number => asked.cost[machine] ?? Infinity;
    const [begin, end] = this.known.machines(hub);
    const machines = Array.from({ length: end - begin }, (_, at) => begin + at).filter((machine) => cost(machine) < Infinity);
    const site = this.known.site(hub);
    const best = this.best[this.asked.indexOf(asked)]?.[hub];
    return machines.sort((one, other) => Number(one !== best) - Number(other !== best) || cost(one) - cost(other)).map((machine) => {
      const skill = this.known.skill(machine);
      return { machine, checks: [...judged(question, skill), ...judgedPeople(this.wish, question.step, site, skill)] };
    });
  }

  private distances(): Float64Array {
    const { near } = this.wish;
    const found = new Float64Array(this.known.hubs).fill(NaN);
    if (near === undefined) return found;
    return found.map((_, hub) => {
      const point = this.known.isKnown[hub] === 1 ? this.known.sites.point.at(hub) : null;
      return point === null ? NaN : kilometres(near, point);
    });
  }

  /** Return the hubs in question at all: by country, world and networks. */
  private wanted(): number[] {
    const { wish, known } = this;
    const found: number[] = [];
    for (let hub = 0; hub < known.hubs; hub++) {
      if (known.isKnown[hub] !== 1 || (!wish.isInvented && known.sites.is_invented.at(hub) === 1)) continue;
      if (wish.networks.length > 0 && !known.sites.networks.at(hub).some((one) => wish.networks.includes(one))) continue;
      if (wish.countries.length > 0 && !wish.countries.includes(known.codes[known.country[hub] ?? 0] ?? "")) continue;
      found.push(hub);
    }
    return found;
  }

  /** Return for each fact what it comes to at each hub, and the machine there that it is about, or `NOBODY`. */
  private facts(): Map<string, (readonly [machines: Int32Array, results: Uint8Array])[]> {
    const found = new Map<string, (readonly [Int32Array, Uint8Array])[]>();
    const add = (fact: string, machines: Int32Array, results: Uint8Array): void => {
      found.set(fact, [...(found.get(fact) ?? []), [machines, results]]);
    };
    const nobody = new Int32Array(this.known.hubs).fill(NOBODY);
    for (const [fact, [result = NONE]] of factsOf([judgedDesign(this.wish)])) add(fact, nobody, new Uint8Array(this.known.hubs).fill(result));
    for (const [fact, results] of this.ofSites()) add(fact, nobody, results);
    this.asked.forEach((asked, at) => {
      for (const [fact, about, results] of asked.factsAt(this.best[at] ?? nobody)) add(fact, about, results);
    });
    return found;
  }

  /** Yield what hubs themselves come to: hubs that say the same are one case. */
  private *ofSites(): Generator<[fact: string, results: Uint8Array]> {
    const { sites, hubs, isKnown } = this.known;
    const cases: Check[][] = [[]];
    const places = new Map<string, number>();
    const rows = Uint32Array.from({ length: hubs }, (_, hub) => {
      if (isKnown[hub] !== 1) return 0;
      const key = `${sites.status.rows[hub]} ${sites.access.rows[hub]} ${sites.services.rows[hub]} ${sites.accepts.rows[hub]}`;
      const place = places.get(key) ?? cases.push(judgedTerms(this.wish, this.known.site(hub))) - 1;
      places.set(key, place);
      return place;
    });
    for (const [fact, results] of factsOf(cases)) yield [fact, Uint8Array.from(rows, (row) => results[row] ?? NONE)];
    const { within } = this.wish;
    if (within === undefined) return;
    yield ["distance", Uint8Array.from(this.away, (km) => (Number.isNaN(km) ? UNKNOWN : km <= within ? PASS : FAIL))];
  }

  /** Return how many facts passed, are unknown and failed at each hub: what one change would mend counts once. */
  private counted(): Record<typeof PASS | typeof UNKNOWN | typeof FAIL, Uint16Array> {
    const { hubs } = this.known;
    const found = { [PASS]: new Uint16Array(hubs), [UNKNOWN]: new Uint16Array(hubs), [FAIL]: new Uint16Array(hubs) };
    const count = (hub: number, worst: number): void => {
      if (worst === NONE) return;
      const counts = found[worst as typeof PASS];
      counts[hub] = (counts[hub] ?? 0) + 1;
    };
    for (const cases of this.facts().values()) {
      for (let at = 0; at < cases.length; at++) {
        for (let hub = 0; hub < hubs; hub++) count(hub, cases.length === 1 ? (cases[0]?.[1][hub] ?? NONE) : worstOf(cases, at, hub));
      }
    }
    return found;
  }

  /** Return those of some hubs that may do at least one step, the best first. */
  private ranked(wanted: readonly number[]): number[] {
    const { known, counts, missing, away, wish } = this;
    if (this.questions.length === 0) return [];
    const able = wanted.filter((hub) => (missing[hub] ?? 0) < this.questions.length);
    const [leads, prices] = this.terms(able);
    const foreign = known.sites.languages.values.map((spoken) => Number(!spoken.some((one) => wish.languages.includes(one))));
    const far = away.map((km) => (Number.isNaN(km) ? FAR : km));
    const keys: ((hub: number) => number | undefined)[] = [
      (hub) => missing[hub], (hub) => this.beyond(hub), (hub) => counts[FAIL][hub], (hub) => counts[UNKNOWN][hub], (hub) => far[hub], (hub) => leads[hub], (hub) => prices[hub],
      (hub) => foreign[known.sites.languages.rows[hub] ?? 0], (hub) => known.sites.evidence.at(hub), (hub) => known.sites.freshness.at(hub),
    ];
    return able.sort((one, other) => {
      for (const key of keys) {
        const [a = 0, b = 0] = [key(one), key(other)];
        if (a !== b) return a < b ? -1 : 1;
      }
      return one - other;
    });
  }

  /**
   * Return for each hub the longest lead time and the highest rate; what nobody knows is the largest. Rates count where
   * all are in the wish's currency and for the same: an hour and a gram cannot be compared.
   */
  private terms(hubs: readonly number[]): [leads: Float64Array, prices: Float64Array] {
    const { skills } = this.known;
    const [leads, prices] = [new Float64Array(this.known.hubs), new Float64Array(this.known.hubs)];
    for (const hub of hubs) {
      let unit: string | undefined;
      for (const best of this.best) {
        const machine = best[hub] ?? NOBODY;
        if (machine === NOBODY) continue;
        const [, lead] = skills.time.at(machine);
        leads[hub] = Math.max(leads[hub] ?? 0, lead === null ? LATE : Math.min(lead, LATE));
        const [amount, currency, per] = skills.rate.at(machine) || ["", undefined, undefined];
        const isOther = unit !== undefined && unit !== per;
        prices[hub] = Math.max(prices[hub] ?? 0, isOther || currency !== this.wish.currency ? Infinity : Number(amount));
        unit = per;
      }
    }
    return [leads, prices];
  }
}

/** Return the worst of what a fact comes to at a hub in all cases about the machine of one; nothing when an earlier case is. */
function worstOf(cases: readonly (readonly [machines: Int32Array, results: Uint8Array])[], at: number, hub: number): number {
  let worst = cases[at]?.[1][hub] ?? NONE;
  if (worst === NONE) return NONE;
  const machine = cases[at]?.[0][hub];
  for (let other = 0; other < cases.length; other++) {
    const result = cases[other]?.[1][hub] ?? NONE;
    if (other === at || result === NONE || cases[other]?.[0][hub] !== machine) continue;
    if (other < at) return NONE;
    if (result > worst) worst = result;
  }
  return worst;
}

function keyOf(step: Step): string {
  return JSON.stringify({ ...step, id: "", design: "", part: "" });
}

function repairs(checks: readonly Check[], steps: Explained["steps"]): [machine: number, check: Check][] {
  const facts = new Map<string, [machine: number, failed: Check[]]>();
  const add = (machine: number, check: Check): void => {
    const key = `${machine} ${factOf(check)}`;
    const found = facts.get(key) ?? [machine, []];
    facts.set(key, found);
    if (check.result === FAIL) found[1].push(check);
  };
  for (const check of checks) add(NOBODY, check);
  for (const [, [best]] of steps) {
    for (const check of best?.checks ?? []) add(check.subject === "hub" && OF_PEOPLE.includes(check.rule) ? NOBODY : (best?.machine ?? NOBODY), check);
  }
  return [...facts.values()].flatMap(([machine, failed]): [number, Check][] => {
    const [first] = failed;
    return first === undefined ? [] : [[machine, { ...first, asked: [...new Set(failed.map(({ asked }) => asked))].join(" and ") }]];
  });
}
