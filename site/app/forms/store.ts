// The address of the data in; what the form looks things up in, and records as their files have them, out.
import { load, type Columns } from "../data";
import { fold } from "../fold";
import { isWhole, loadAliases, openWorld } from "../loading";
import { figure } from "../words";
import type { Mapping } from "../yaml";
import type { World } from "../world";
import type { Noted } from "../comments";
import type { Land } from "./land";
import type { Choice } from "./picker";
import type { Rules } from "./private";
import type { Websites } from "./twins";

/** What generator/publish/forms.py writes for each country: the first hub of each file of records, and websites. */
interface Index {
  readonly first: readonly string[];
  readonly websites: Websites;
}

/** A hub and its machines as their files have them, by their addresses: `hubs/gh/x`. */
export interface Standing {
  readonly records: Readonly<Record<string, Mapping>>;
  readonly comments: Readonly<Record<string, Noted>>;
}

export const NOTHING: Standing = { records: {}, comments: {} };

const FOLDERS: Readonly<Record<string, string>> = { network: "networks/", contract: "contracts/", competence: "competences/" };

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
// Languages of many hubs that have no code of two letters.
const WIDESPREAD = ["ary", "arz", "bem", "fil", "kea", "kmb", "luo", "mfe", "nso", "pcm", "shi", "tig", "tzm", "umb", "wal"];

export class Store {
  private world: World | undefined;
  private readonly arrived = new Set<string>();
  private readonly indexes = new Map<string, Index>();
  private readonly lists = new Map<string, readonly Choice[]>();
  private readonly lands = new Map<string, Land>();
  rules: Rules | undefined;

  constructor(private readonly root: string) {}

  /** Fetch tables, words and the hubs, or how many each country has. */
  async open(): Promise<World> {
    const world = await openWorld(this.root, document.documentElement.lang);
    this.world = world;
    this.lists.clear();
    return world;
  }

  /** Fetch what processes and materials are called in all languages. */
  async names(): Promise<void> {
    if (this.world !== undefined) await loadAliases(this.world, this.root);
    this.lists.clear();
  }

  /** Fetch what tells private addresses. */
  async privacy(): Promise<void> {
    this.rules = await load<Rules>(`${this.root}data/form.json`);
  }

  /** Fetch where a country lies, and what its numbers look like. */
  async explore(code: string): Promise<void> {
    if (code === "" || this.lands.has(code)) return;
    this.lands.set(code, await load<Land>(`${this.root}data/records/land/${code}.json`));
  }

  /** Return what is known of a country; undefined before it is there. */
  land(code: string): Land | undefined {
    return this.lands.get(code);
  }

  /** Fetch a country's hubs, and their websites. */
  async country(code: string): Promise<void> {
    const { world } = this;
    if (world === undefined || !world.tables.countries.includes(code) || this.arrived.has(code)) return;
    this.arrived.add(code);
    if (!isWhole(world)) world.add(code, await load<Columns>(`${this.root}data/hubs/${code}.json`));
    await this.index(code);
  }

  /** Return hubs and websites for the comparison; undefined before they are there. */
  known(code: string): { world: World; websites: Websites } | undefined {
    return this.world === undefined ? undefined : { world: this.world, websites: this.indexes.get(code)?.websites ?? {} };
  }

  /** Return whether there is a hub with an id, as far as is known. */
  isTaken(id: string): boolean {
    const { world } = this;
    if (world === undefined) return false;
    for (let hub = 0; hub < world.size; hub++) if (world.loaded[hub] === 1 && world.id(hub) === id) return true;
    return false;
  }

  /** Fetch a hub and its machines. */
  async standing(hub: string): Promise<Standing> {
    const [code = "", slug = ""] = hub.split("/");
    const { first } = await this.index(code);
    const at = first.reduce((last, one, number) => (one <= slug ? number : last), 0);
    const { comments, ...all } = await load<Record<string, Mapping> & { comments?: Standing["comments"] }>(`${this.root}data/records/${code}/${at}.json`);
    const own = Object.entries(all).filter(([path]) => path === `hubs/${hub}` || path.startsWith(`machines/${hub}/`));
    return { records: Object.fromEntries(own), comments: comments ?? {} };
  }

  private async index(code: string): Promise<Index> {
    const known = this.indexes.get(code) ?? (await load<Index>(`${this.root}data/records/${code}.json`));
    this.indexes.set(code, known);
    return known;
  }

  /** Return languages to choose from: those of ISO 639-1 that the browser can name, and those in use here. */
  languages(more: readonly string[]): readonly Choice[] {
    const letters = [...LETTERS];
    const codes = new Set([...letters.flatMap((one) => letters.map((other) => one + other)), ...WIDESPREAD, ...more]);
    const names = new Intl.DisplayNames(document.documentElement.lang, { type: "language" });
    const own = (code: string): string => new Intl.DisplayNames(code, { type: "language" }).of(code) ?? "";
    const named = [...codes].map((id) => ({ id, name: names.of(id) ?? id })).filter(({ id, name }) => name !== id);
    return named.map(({ id, name }) => ({ id, name, also: fold(`${own(id)} ${id}`) }));
  }

  /** Return what a machine has from its model, in words: processes, materials, the largest work piece. */
  inherited(id: string): string {
    const { tables, labels } = this.world ?? {};
    const [, , , processes, materials, envelope] = tables?.models.find(([one]) => one === id) ?? [];
    const named = [...(processes || []).map((at) => labels?.processes[at] ?? ""), ...(materials || []).map((at) => labels?.materials[at] ?? "")];
    const size = envelope ? `${envelope.filter((side) => side > 0).map(figure).join(" × ")} mm` : "";
    return [...named, size].filter((one) => one !== "").join(", ");
  }

  /** Return what can be chosen, by the name of the definition of its ids. */
  choices(name: string): readonly Choice[] {
    const { world } = this;
    if (world === undefined) return [];
    const known = this.lists.get(name) ?? choicesOf(world, name);
    this.lists.set(name, known);
    return known;
  }
}

function choicesOf(world: World, name: string): readonly Choice[] {
  const { tables, labels, aliases } = world;
  if (name === "process_id") return terms(tables.processes, labels.processes, aliases.processes);
  if (name === "material_id") return terms(tables.materials, labels.materials, aliases.materials);
  if (name === "model_id") {
    return tables.models.map(([id, name, also, processes]) => ({ id, name, also: also || "", note: (processes || []).slice(0, 2).map((at) => labels.processes[at] ?? "").join(", ") }));
  }
  const kind = name.replace(/_id$/, "");
  const folder = FOLDERS[kind];
  if (folder === undefined) return [];
  return labels.others.filter(([one]) => one === kind).map(([, name, page]) => ({ id: page.slice(folder.length, -1), name }));
}

function terms(rows: World["tables"]["processes"], names: readonly string[], also: readonly string[]): readonly Choice[] {
  return rows.map(([id, , isHeading], at) => ({ id, name: names[at] ?? id, also: also[at] ?? "", isHeading })).filter(({ isHeading }) => isHeading === 0);
}
