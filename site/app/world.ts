// Tables and columns in; every hub and machine that has arrived, as arrays of numbers and folded text, out.
import { degrees, FOREIGN, type Aliases, type Columns, type Details, type Envelope, type Foreign, type Labels, type Manifest, type Registry, type Tables } from "./data";
import { fold, slugOf } from "./fold";
import { broader, Lists } from "./lists";

/** What all machines of a model have in common, as numbers of lists. */
interface Shared {
  can: number;
  works: number;
  holds: number;
}

/**
 * Hubs and machines by number. A country's hubs have their numbers from the start, so that it may arrive at any time.
 * Hubs of other registries come behind ours, and only where the tables tell of them (`everybody` in loading.ts).
 */
export class World {
  readonly size: number;
  /** How many hubs are ours. */
  readonly own: number;
  readonly registries: readonly Registry[];
  /** By hub the list of registries that have it, the first of which shows it; ours is 0. */
  readonly registry: Uint32Array;
  readonly registryLists = new Lists();
  readonly twins = new Map<number, readonly [registry: number, id: string][]>();
  readonly loaded: Uint8Array;
  readonly detailed: Uint8Array;
  readonly name: string[];
  readonly town: string[];
  readonly country: Uint16Array;
  readonly kind: Uint8Array;
  readonly access: Uint8Array;
  readonly marks: Uint8Array;
  readonly y: Float64Array;
  readonly x: Float64Array;
  readonly services: Uint32Array;
  readonly languages: Uint32Array;
  readonly networks: Uint32Array;
  readonly does: Uint32Array;
  readonly first: Uint32Array;

  readonly model: Uint32Array;
  readonly state: Uint8Array;
  readonly can: Uint32Array;
  readonly works: Uint32Array;
  readonly holds: Uint32Array;
  readonly called: Uint32Array;
  readonly slugs = new Map<number, string>();
  /** Empty until somebody types. */
  aliases: Aliases = { processes: [], materials: [] };

  readonly serviceLists = new Lists();
  readonly languageLists = new Lists();
  readonly networkLists = new Lists();
  readonly processLists: Lists;
  readonly materialLists: Lists;
  readonly envelopes = new Lists();
  readonly calls: string[] = [""];
  readonly widerProcesses: number[][];
  /** The last part of each hub's id, and its name in the registry's first language, from which that may follow. */
  private readonly named: [slug: string | 0, name: string][] = [];
  private readonly hasNames: boolean;
  private readonly texts: string[];
  private readonly unfolded: [hub: number, names: string][] = [];
  private readonly knownCalls = new Map<string, number>([["", 0]]);
  private readonly ofModel: Shared[];
  private readonly starts = new Map<string, [hub: number, machine: number, hubs: number]>();

  constructor(readonly tables: Tables, readonly labels: Labels, readonly manifest: Manifest) {
    this.registries = tables.peers?.registries ?? [];
    this.own = manifest.countries.reduce((sum, [, hubs]) => sum + hubs, 0);
    const size = (this.size = this.registries.flatMap(([, , , parts]) => parts).reduce((sum, hubs) => sum + hubs, this.own));
    const machines = manifest.countries.reduce((sum, [, , count]) => sum + count, 0);
    this.name = new Array<string>(size).fill("");
    this.town = new Array<string>(size).fill("");
    this.texts = new Array<string>(size).fill("");
    this.hasNames = Object.keys(labels.names).length > 0;
    [this.loaded, this.detailed] = [new Uint8Array(size), new Uint8Array(size)];
    this.country = new Uint16Array(size);
    [this.kind, this.access, this.marks] = [new Uint8Array(size), new Uint8Array(size), new Uint8Array(size)];
    [this.y, this.x] = [new Float64Array(size).fill(NaN), new Float64Array(size).fill(NaN)];
    [this.services, this.languages] = [new Uint32Array(size), new Uint32Array(size)];
    [this.networks, this.does] = [new Uint32Array(size), new Uint32Array(size)];
    this.first = new Uint32Array(size + 1).fill(machines);
    this.registry = new Uint32Array(size);
    if (this.registries.length > 0) this.registry.fill(this.registryLists.of([0]), 0, this.own);
    [this.model, this.called] = [new Uint32Array(machines), new Uint32Array(machines)];
    [this.state, this.holds] = [new Uint8Array(machines), new Uint32Array(machines)];
    [this.can, this.works] = [new Uint32Array(machines), new Uint32Array(machines)];
    this.widerProcesses = broader(tables.processes);
    const widerMaterials = broader(tables.materials);
    this.processLists = new Lists((one) => this.widerProcesses[one] ?? []);
    this.materialLists = new Lists((one) => widerMaterials[one] ?? []);
    const shared = ([, , , can, works, holds]: Tables["models"][number]): Shared => ({
      can: this.processLists.of(can), works: this.materialLists.of(works), holds: this.envelopes.of(ordered(holds)),
    });
    this.ofModel = [{ can: 0, works: 0, holds: 0 }, ...tables.models.map(shared)];
    this.placeCountries();
  }

  private placeCountries(): void {
    let hub = 0;
    let machine = 0;
    this.manifest.countries.forEach(([code, hubs, machines], at) => {
      this.starts.set(code, [hub, machine, hubs]);
      this.country.fill(at, hub, hub + hubs);
      this.first.fill(machine, hub, hub + hubs);
      hub += hubs;
      machine += machines;
    });
  }

  /** Return whether a country has hubs of ours. */
  has(code: string): boolean {
    return this.starts.has(code);
  }

  /** Take in a part of another registry's hubs; both are counted from 0. */
  addForeign(registry: number, part: number, columns: Foreign): void {
    const all = this.registries.map(([, , , parts]) => parts);
    const before = [...all.slice(0, registry).flat(), ...(all[registry] ?? []).slice(0, part)].reduce((sum, hubs) => sum + hubs, this.own);
    for (const hub of columns.ours ?? []) this.registry[hub] = this.registryLists.of([...(this.registryLists.all[this.registry[hub] ?? 0] ?? []), registry + 1]);
    columns.name?.forEach((name, row) => {
      const hub = before + row;
      this.named[hub] = [columns.id?.[row] ?? 0, name];
      this.name[hub] = name;
      this.town[hub] = columns.towns[columns.town?.[row] ?? 0] ?? "";
      this.unfolded.push([hub, `${name} ${columns.also?.[row] || ""}`]);
      this.country[hub] = columns.country?.[row] ?? 0;
      this.kind[hub] = columns.kind?.[row] ?? 0;
      this.marks[hub] = (columns.marks?.[row] ?? 0) | FOREIGN;
      this.y[hub] = degrees(columns.y?.[row] ?? NaN);
      this.x[hub] = degrees(columns.x?.[row] ?? NaN);
      this.does[hub] = this.processLists.of(columns.can?.[row] ?? 0);
      this.registry[hub] = this.registryLists.of([registry + 1]);
      const twins = columns.twins?.[row] || [];
      if (twins.length > 0) this.twins.set(hub, twins);
      this.loaded[hub] = 1;
    });
  }

  /** Take in the columns of a country, or of all countries with "" for their code; return the numbers of the hubs. */
  add(code: string, columns: Columns): number[] {
    const [start, begin] = code === "" ? [0, 0] : (this.starts.get(code) ?? [0, 0]);
    let machine = begin;
    const hubs = columns.name.map((_, row) => start + row);
    hubs.forEach((hub, row) => {
      this.addHub(hub, columns, row);
      this.first[hub] = machine;
      machine += columns.machines[row] ?? 0;
    });
    columns.model?.forEach((_, row) => this.addMachine(begin + row, columns, row));
    return hubs;
  }

  private addHub(hub: number, columns: Columns, row: number): void {
    const name = columns.name[row] ?? "";
    const town = columns.towns[columns.town[row] ?? 0] ?? "";
    this.named[hub] = [columns.id[row] ?? 0, name];
    this.name[hub] = this.hasNames ? (this.labels.names[this.id(hub)] ?? name) : name;
    this.town[hub] = town;
    this.unfolded.push([hub, `${name} ${columns.also[row] || ""}`]);
    this.kind[hub] = columns.kind[row] ?? 0;
    this.access[hub] = columns.access[row] ?? 0;
    this.marks[hub] = columns.marks[row] ?? 0;
    this.y[hub] = degrees(columns.y[row] ?? NaN);
    this.x[hub] = degrees(columns.x[row] ?? NaN);
    this.services[hub] = this.serviceLists.of(columns.services[row] ?? 0);
    this.languages[hub] = this.languageLists.of(columns.languages[row] ?? 0);
    this.networks[hub] = this.networkLists.of(columns.networks[row] ?? 0);
    this.does[hub] = this.processLists.of(columns.does[row] ?? 0);
    this.loaded[hub] = 1;
  }

  private addMachine(machine: number, columns: Columns, row: number): void {
    const model = columns.model?.[row] ?? 0;
    const shared = this.ofModel[model] ?? { can: 0, works: 0, holds: 0 };
    this.model[machine] = model;
    this.state[machine] = columns.state?.[row] ?? 0;
    this.can[machine] = this.processLists.of(columns.can?.[row] ?? 0) || shared.can;
    this.works[machine] = this.materialLists.of(columns.works?.[row] ?? 0) || shared.works;
    this.holds[machine] = shared.holds;
  }

  /** Take in what machines of a country are called and hold, or of all countries with "" for their code. */
  addDetails(code: string, details: Details): void {
    const begin = code === "" ? 0 : (this.starts.get(code)?.[1] ?? 0);
    details.holds?.forEach((own, row) => {
      const machine = begin + row;
      if (own !== 0) this.holds[machine] = this.envelopes.of(ordered(own));
      this.called[machine] = this.call(details.called?.[row] || "");
      const slug = details.slug?.[row];
      if (slug) this.slugs.set(machine, slug);
    });
    const [start, , hubs] = code === "" ? [0, 0, this.size] : (this.starts.get(code) ?? [0, 0, 0]);
    this.detailed.fill(1, start, start + hubs);
  }

  private call(name: string): number {
    let found = this.knownCalls.get(name);
    if (found === undefined) {
      found = this.calls.push(name) - 1;
      this.knownCalls.set(name, found);
    }
    return found;
  }

  /** Names and towns of hubs in their normal form, made when somebody first searches. */
  get text(): readonly string[] {
    for (const [hub, names] of this.unfolded.splice(0)) this.texts[hub] = ` ${fold(names)} \n ${fold(this.town[hub] ?? "")} `;
    return this.texts;
  }

  /** Return a hub's id. */
  id(hub: number): string {
    const [slug, name] = this.named[hub] ?? [0, ""];
    return `${this.tables.countries[this.country[hub] ?? 0] ?? ""}/${slug || slugOf(name)}`;
  }

  /** Return where a hub's machines begin and end. */
  machines(hub: number): [number, number] {
    return [this.first[hub] ?? 0, this.first[hub] === undefined ? 0 : (this.first[hub + 1] ?? 0)];
  }

  machineName(machine: number): string {
    return this.calls[this.called[machine] ?? 0] || (this.tables.models[(this.model[machine] ?? 0) - 1]?.[1] ?? "") || (this.slugs.get(machine) ?? "");
  }

  machinePage(hub: number, machine: number): string {
    const model = this.tables.models[(this.model[machine] ?? 0) - 1]?.[0] ?? "";
    return `machines/${this.id(hub)}/${this.slugs.get(machine) ?? model.split("/")[1] ?? ""}/`;
  }

  /** Return a hub's page below the site's root; that of another registry's as a whole address, "" for none. */
  hubPage(hub: number): string {
    const registry = this.origin(hub);
    return registry === undefined ? `hubs/${this.id(hub)}/` : pageAt(registry, this.id(hub));
  }

  /** Return whose hub it is; undefined for ours. */
  origin(hub: number): Registry | undefined {
    return hub < this.own ? undefined : this.registries[(this.registryLists.all[this.registry[hub] ?? 0]?.[0] ?? 0) - 1];
  }

  /** Return who else has a hub, each with its page there; "" where that is told on the page of ours. */
  elsewhere(hub: number): [name: string, page: string][] {
    const [, ...others] = this.registryLists.all[this.registry[hub] ?? 0] ?? [];
    const ours = others.map((one): [string, string] => [this.registries[one - 1]?.[1] ?? "", ""]);
    return [...ours, ...(this.twins.get(hub) ?? []).flatMap(([at, id]): [string, string][] => {
      const registry = this.registries[at];
      return registry === undefined ? [] : [[registry[1], pageAt(registry, id)]];
    })];
  }

  countryName(hub: number): string {
    return this.labels.countries[this.country[hub] ?? 0] ?? "";
  }

  kindName(hub: number): string {
    return this.labels.kinds[this.kind[hub] ?? 0] ?? "";
  }
}

function pageAt([, , site]: Registry, id: string): string {
  return /^https?:\/\//.test(site) ? `${site}hubs/${id}/` : "";
}

/** A list is told from another by its members in their order; sides are the same in any order. */
function ordered(envelope: Envelope): Envelope {
  return envelope === 0 || envelope[0] === 0 ? envelope : [...envelope].sort((one, other) => other - one);
}
