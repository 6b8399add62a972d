// The address of the data in; hubs to choose from, and what a contract has to know of one, out.
import { load, type Columns } from "../data";
import type { Choice } from "../forms/picker";
import { Store } from "../forms/store";
import { isWhole } from "../loading";
import type { World } from "../world";
import type { Json } from "../yaml";
import { isMapping, type Hub } from "./values";

const FEW = 5; // files of countries that are fetched before somebody chooses a country

export class Hubs {
  private readonly store: Store;
  private readonly known = new Map<string, Hub | undefined>();
  private readonly arrived = new Map<string, Promise<void>>();
  private opened: Promise<World> | undefined;
  private there: World | undefined;
  private all: readonly Choice[] = [];

  constructor(private readonly root: string) {
    this.store = new Store(root);
  }

  /** Return the world, which holds all hubs or those of the countries that were fetched. */
  world(): Promise<World> {
    this.opened ??= this.store.open().catch((fault: unknown) => {
      this.opened = undefined;
      throw fault;
    });
    return this.opened;
  }

  /** Fetch what hubs are called, unless they stand in more files than a few. */
  async open(): Promise<void> {
    const world = (this.there = await this.world());
    if (this.countries().length === 0) await Promise.all(codesOf(world).map((code) => this.country(code).catch(() => undefined)));
    this.renew();
  }

  /** Return the countries of which one has to be chosen before there are hubs to choose from; none where all are there. */
  countries(): readonly string[] {
    if (this.there === undefined || isWhole(this.there)) return [];
    const codes = codesOf(this.there);
    return codes.length > FEW ? codes : [];
  }

  /** Fetch what the hubs of a country are called. */
  async country(code: string): Promise<void> {
    const world = await this.world();
    if (isWhole(world) || !world.has(code)) return;
    const coming = this.arrived.get(code) ?? load<Columns>(`${this.root}data/hubs/${code}.json`).then((columns) => {
      world.add(code, columns);
      this.renew();
    });
    this.arrived.set(code, coming);
    await coming.catch((fault: unknown) => {
      this.arrived.delete(code);
      throw fault;
    });
  }

  /** Return hubs to choose from: those of a country, or all that are there with "". */
  choices(country: string): readonly Choice[] {
    return country === "" ? this.all : this.all.filter(({ id }) => id.startsWith(`${country}/`));
  }

  ids(): readonly string[] {
    return this.all.map(({ id }) => id);
  }

  get(id: string): Hub | undefined {
    return this.known.get(id);
  }

  /** Return a hub's number among all. Rejects when it is not known. */
  async number(id: string): Promise<number> {
    await this.country(id.slice(0, 2));
    const world = await this.world();
    for (let hub = 0; hub < world.own; hub++) if (world.loaded[hub] === 1 && world.id(hub) === id) return hub;
    throw new Error(`no hub ${id}`);
  }

  /** Fetch a hub; undefined when there is none. Rejects without a connection. */
  async fetch(id: string): Promise<Hub | undefined> {
    if (!this.known.has(id)) this.known.set(id, hubOf(id, (await this.store.standing(id).catch(absent))?.records[`hubs/${id}`]));
    return this.known.get(id);
  }

  private renew(): void {
    const world = this.there;
    if (world === undefined) return;
    const hubs = Array.from({ length: world.own }, (_, hub) => hub).filter((hub) => world.loaded[hub] === 1);
    this.all = hubs.map((hub) => ({ id: world.id(hub), name: world.name[hub] ?? "", note: world.town[hub] ?? "", also: world.text[hub] ?? "" }));
  }
}

/** Take an answer that there is no such file; no answer at all is a TypeError. */
function absent(fault: unknown): undefined {
  if (fault instanceof TypeError) throw fault;
}

function codesOf({ manifest }: World): string[] {
  return manifest.countries.map(([code]) => code);
}

function hubOf(id: string, data: Json | undefined): Hub | undefined {
  if (!isMapping(data)) return undefined;
  const where = isMapping(data["location"]) ? data["location"] : {};
  const part = (name: string): string => (typeof where[name] === "string" ? where[name] : "");
  const town = `${part("postcode")} ${part("locality")}`.trim();
  const accepts = Array.isArray(data["accepts"]) ? data["accepts"].map(String) : [];
  return { name: named(data["name"]), address: [part("address"), town].filter((one) => one !== "").join(", "), country: id.slice(0, 2), accepts, keys: keysIn(data["keys"]) };
}

function keysIn(keys: Json | undefined): string[] {
  return Array.isArray(keys) ? keys.flatMap((one) => (isMapping(one) && typeof one["public_key"] === "string" ? [one["public_key"]] : [])) : [];
}

function named(name: Json | undefined): string {
  if (!isMapping(name)) return typeof name === "string" ? name : "";
  return String(name["en"] ?? Object.values(name)[0] ?? "");
}
