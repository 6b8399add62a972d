// A state in; the hubs that meet it, and for each value of each facet how many there would be, out.
//
// Within a facet one of the chosen values is enough, every facet must be met. A value is counted as if its own facet
// had no wish. Process, material, model and size must be met by one machine that works; what a hub itself says it does
// counts when no material, model or size is asked for.
import { FRESHNESS, freshnessOf, INVENTED, STATUSES, statusOf } from "./data";
import type { Doors } from "./doors";
import { distance } from "./geo";
import type { Lists } from "./lists";
import { fits } from "./size";
import { CHOICES, type Area, type Choice, type State } from "./state";
import type { Told } from "./text";
import type { World } from "./world";

const OTHER = 1 << CHOICES.length;
const SIZE = OTHER << 1;
const BIT = Object.fromEntries(CHOICES.map((key, at) => [key, 1 << at])) as Record<Choice, number>;
/** More than any distance in kilometres: invented records come after all others. */
const BEHIND = 100_000;
const FRONT = 10 * BEHIND; // more than any hub is before others
const PARTS = 1000; // of a rank that count, such as metres
const OURS = "_own"; // among the ids of registries, none of which begins so
const OF_MACHINES = BIT.process | BIT.material | BIT.model | SIZE;

/** For each facet how many hubs each row of its table has. */
export type Counts = Record<Choice, Uint32Array>;

export interface Answer {
  hubs: Uint32Array;
  counts: Counts;
  /** Kilometres from the place that was asked for, by hub; undefined when none was. */
  away: Float32Array | undefined;
  told: Told | undefined;
  doors: Doors | undefined;
  /** Machines of a hub that meet all wishes for machines, those that were typed first. */
  machines(hub: number): number[];
}

/** What a state asks for, as tables that say 1 for each row that will do; undefined where nothing is asked for. */
interface Plan {
  lists: Partial<Record<Choice, Uint8Array>>;
  pieces: Uint8Array | undefined;
  broken: number;
  /** Bits of the wishes that only a machine can meet. */
  hardware: number;
}

export interface Asked {
  state: State;
  told: Told | undefined;
  point: readonly [number, number] | undefined;
  /** What a passport opens: only there, and the more of it the further up. */
  doors?: Doors | undefined;
}

/** Return the ids of a facet's values, in the order in which they are counted. */
export function idsOf(world: World, key: Choice): readonly string[] {
  const { tables } = world;
  const first = (rows: readonly (readonly [string, ...unknown[]])[]): string[] => rows.map(([id]) => id);
  const found: Record<Choice, () => readonly string[]> = {
    process: () => first(tables.processes), material: () => first(tables.materials), model: () => first(tables.models),
    country: () => tables.countries, kind: () => tables.kinds, access: () => tables.access, service: () => tables.services,
    language: () => tables.languages, network: () => tables.networks,
    registry: () => (world.registries.length === 0 ? [] : [OURS, ...world.registries.map(([id]) => id)]), verified: () => FRESHNESS, status: () => STATUSES,
  };
  return found[key]();
}

/** Return what meets a state. */
export function ask(world: World, asked: Asked): Answer {
  const pass = new Pass(world, asked);
  const hubs = pass.run();
  return { hubs: ordered(world, asked, hubs, pass.away), counts: pass.counts, away: pass.away, told: asked.told, doors: asked.doors, machines: (hub) => pass.machines(hub) };
}

class Pass {
  readonly counts: Counts;
  readonly away: Float32Array | undefined;
  private readonly plan: Plan;
  private readonly stamps: Uint32Array;
  private readonly modelStamps: Uint32Array;
  private readonly materialStamps: Uint32Array;

  constructor(private readonly world: World, private readonly asked: Asked) {
    this.plan = planned(world, asked.state);
    this.counts = Object.fromEntries(CHOICES.map((key) => [key, new Uint32Array(idsOf(world, key).length)])) as Counts;
    this.away = asked.point === undefined ? undefined : Float32Array.from(world.name, (_, hub) => distance(world.y[hub] ?? NaN, world.x[hub] ?? NaN, ...asked.point as [number, number]));
    this.stamps = new Uint32Array(world.tables.processes.length);
    this.materialStamps = new Uint32Array(world.tables.materials.length);
    this.modelStamps = new Uint32Array(world.tables.models.length + 1);
  }

  run(): number[] {
    const { world } = this;
    const hits: number[] = [];
    for (let hub = 0; hub < world.size; hub++) {
      if (world.loaded[hub] === 0) continue;
      const fails = this.fails(hub);
      if ((fails & OTHER) !== 0 || (fails & (fails - 1)) !== 0) continue;
      const meets = this.meets(hub, fails === 0);
      if (!meets) continue;
      if (fails === 0) hits.push(hub);
      this.countHub(hub, fails);
    }
    return hits;
  }

  /** Return the bits of wishes for hubs that a hub does not meet. */
  private fails(hub: number): number {
    const { world, plan: { lists }, asked: { state, told, doors } } = this;
    if (told !== undefined && told.scores[hub] === 0) return OTHER;
    if (doors?.rank(hub) === 0) return OTHER;
    if (state.near !== "" && !((this.away?.[hub] ?? NaN) <= state.within)) return OTHER;
    if (state.area !== undefined && !isWithin(state.area, world.y[hub] ?? NaN, world.x[hub] ?? NaN)) return OTHER;
    let fails = 0;
    const marks = world.marks[hub] ?? 0;
    if (lists.country?.[world.country[hub] ?? 0] === 0) fails |= BIT.country;
    if (lists.kind?.[world.kind[hub] ?? 0] === 0) fails |= BIT.kind;
    if (lists.access?.[world.access[hub] ?? 0] === 0) fails |= BIT.access;
    if (lists.service?.[world.services[hub] ?? 0] === 0) fails |= BIT.service;
    if (lists.language?.[world.languages[hub] ?? 0] === 0) fails |= BIT.language;
    if (lists.network?.[world.networks[hub] ?? 0] === 0) fails |= BIT.network;
    if (lists.registry?.[world.registry[hub] ?? 0] === 0) fails |= BIT.registry;
    if (lists.verified?.[freshnessOf(marks)] === 0) fails |= BIT.verified;
    if (lists.status?.[statusOf(marks)] === 0) fails |= BIT.status;
    return fails;
  }

  /** Return whether a hub's machines, or what it says it does, meet the wishes for machines; count their facets. */
  private meets(hub: number, counted: boolean): boolean {
    const { world, plan } = this;
    const end = world.first[hub + 1] ?? 0;
    const claims = (plan.hardware === 0 && (plan.lists.process === undefined || plan.lists.process[world.does[hub] ?? 0] === 1));
    let meets = claims;
    if (counted && plan.hardware === 0) this.countList(world.processLists, world.does[hub] ?? 0, this.counts.process, this.stamps, hub);
    if (!counted && meets) return true;
    for (let machine = world.first[hub] ?? 0; machine < end; machine++) {
      const fails = this.machineFails(machine);
      if (fails === 0) meets = true;
      if (counted) this.countMachine(hub, machine, fails);
      else if (meets) return true;
    }
    return meets;
  }

  /** Return the bits of wishes for machines that a machine does not meet; all of them when it is broken. */
  private machineFails(machine: number): number {
    const { world, plan: { lists, pieces, broken } } = this;
    if (world.state[machine] === broken) return OF_MACHINES;
    let fails = 0;
    if (lists.process?.[world.can[machine] ?? 0] === 0) fails |= BIT.process;
    if (lists.model?.[world.model[machine] ?? 0] === 0) fails |= BIT.model;
    if (lists.material?.[world.works[machine] ?? 0] === 0) fails |= BIT.material;
    if (pieces?.[world.holds[machine] ?? 0] === 0) fails |= SIZE;
    return fails;
  }

  private countMachine(hub: number, machine: number, fails: number): void {
    if ((fails & (fails - 1)) !== 0 || fails === SIZE) return;
    const { world, counts } = this;
    if ((fails & ~BIT.process) === 0) this.countList(world.processLists, world.can[machine] ?? 0, counts.process, this.stamps, hub);
    if ((fails & ~BIT.material) === 0) this.countList(world.materialLists, world.works[machine] ?? 0, counts.material, this.materialStamps, hub);
    const model = world.model[machine] ?? 0;
    if ((fails & ~BIT.model) === 0 && model > 0 && this.modelStamps[model] !== hub + 1) {
      this.modelStamps[model] = hub + 1;
      counts.model[model - 1] = (counts.model[model - 1] ?? 0) + 1;
    }
  }

  /** Count each member of a list once for a hub. */
  private countList(lists: Lists, list: number, counts: Uint32Array, stamps: Uint32Array, hub: number): void {
    for (const one of lists.all[list] ?? []) {
      if (stamps[one] !== hub + 1) {
        stamps[one] = hub + 1;
        counts[one] = (counts[one] ?? 0) + 1;
      }
    }
  }

  /** Count a hub's values in the facets that all its failures leave open: in all of them, or in the one that failed. */
  private countHub(hub: number, fails: number): void {
    const { world, counts } = this;
    const add = (key: Choice, row: number): void => {
      if ((fails & ~BIT[key]) === 0) counts[key][row] = (counts[key][row] ?? 0) + 1;
    };
    const marks = world.marks[hub] ?? 0;
    add("country", world.country[hub] ?? 0);
    add("kind", world.kind[hub] ?? 0);
    if (world.access[hub]) add("access", (world.access[hub] ?? 0) - 1);
    for (const one of world.serviceLists.all[world.services[hub] ?? 0] ?? []) add("service", one);
    for (const one of world.languageLists.all[world.languages[hub] ?? 0] ?? []) add("language", one);
    for (const one of world.networkLists.all[world.networks[hub] ?? 0] ?? []) add("network", one);
    for (const one of world.registryLists.all[world.registry[hub] ?? 0] ?? []) add("registry", one);
    add("verified", freshnessOf(marks));
    add("status", statusOf(marks));
  }

  machines(hub: number): number[] {
    const { world, asked: { told } } = this;
    const [begin, end] = world.machines(hub);
    const all = Array.from({ length: end - begin }, (_, at) => begin + at).filter((machine) => this.machineFails(machine) === 0);
    if (told === undefined) return all;
    const typed = all.filter((machine) => told.holds(machine));
    return [...typed, ...all.filter((machine) => !typed.includes(machine))];
  }
}

function planned(world: World, state: State): Plan {
  const rows = (key: Choice, chosen = state.chosen[key]): ((row: number) => boolean) => {
    const ids = idsOf(world, key);
    const wanted = new Set(chosen.map((id) => ids.indexOf(id)).filter((row) => row >= 0));
    return (row) => wanted.has(row);
  };
  const lists: Plan["lists"] = {};
  const each = (key: Choice, shift = 0): Uint8Array => {
    const wanted = rows(key);
    return Uint8Array.from({ length: idsOf(world, key).length + shift }, (_, row) => (wanted(row - shift) ? 1 : 0));
  };
  const asked = (key: Choice): boolean => state.chosen[key].length > 0;
  for (const key of ["country", "kind", "verified"] as const) if (asked(key)) lists[key] = each(key);
  for (const key of ["access", "model"] as const) if (asked(key)) lists[key] = each(key, 1);
  const held = { process: world.processLists, material: world.materialLists, service: world.serviceLists, language: world.languageLists, network: world.networkLists, registry: world.registryLists };
  for (const [key, known] of Object.entries(held) as [Choice, Lists][]) if (asked(key)) lists[key] = known.holding(rows(key));
  const statuses = asked("status") ? state.chosen.status : ["active"];
  lists.status = Uint8Array.from(STATUSES, (status) => (statuses.includes(status) ? 1 : 0));
  const pieces = state.size.length > 0 ? Uint8Array.from(world.envelopes.all, (room) => (fits(state.size, room) ? 1 : 0)) : undefined;
  const hardware = (asked("material") ? BIT.material : 0) | (asked("model") ? BIT.model : 0) | (pieces ? SIZE : 0);
  return { lists, pieces, hardware, broken: world.tables.states.indexOf("broken") };
}

/** Best first: by distance, by what was typed, or by how fresh their facts are; then in the order of ids. Invented ones last. */
function ordered(world: World, { told, point, doors }: Asked, hubs: number[], away: Float32Array | undefined): Uint32Array {
  const rank = (hub: number): number => {
    const marks = world.marks[hub] ?? 0;
    const behind = (marks & INVENTED ? BEHIND : 0) - 2 * BEHIND * (doors?.rank(hub) ?? 0);
    if (point !== undefined) return behind + (away?.[hub] ?? BEHIND);
    const old = statusOf(marks) !== 0 ? 4 : [2, 0, 1, 3][freshnessOf(marks)] ?? 2;
    return behind + old - 8 * (told?.scores[hub] ?? 0) * (old > 2 ? 0.7 : 1);
  };
  // Numbers sort faster by themselves than by a function: rank and hub make one.
  const keys = new Float64Array(hubs.length);
  hubs.forEach((hub, at) => (keys[at] = Math.round((rank(hub) + FRONT) * PARTS) * world.size + hub));
  const found = new Uint32Array(hubs.length);
  keys.sort().forEach((key, at) => (found[at] = key - Math.floor(key / world.size) * world.size));
  return found;
}

/** Return whether a point lies in an area, which may have been drawn beyond 180 degrees. */
function isWithin([south, west, north, east]: Area, y: number, x: number): boolean {
  if (!(y >= south && y <= north)) return false;
  return [x, x + 360, x - 360].some((turned) => turned >= west && turned <= east);
}
