// The address of the data in; a world that fills country by country out.
import { load, type Aliases, type Columns, type Details, type Foreign, type Labels, type Manifest, type Tables } from "./data";
import { World } from "./world";

const AT_ONCE = 4;

/** How many files of countries were asked for and answered, and of which countries they did not arrive. */
export interface Progress {
  readonly done: number;
  readonly all: number;
  readonly missing: readonly string[];
}

/** Whose hubs a world has room for: ours alone, or those of other registries too. */
export type Whose = "ours" | "everybody";

/** Fetch tables, words and, when one file holds them, all hubs of ours. `root` leads to the site's root. */
export async function openWorld(root: string, language: string, whose: Whose = "ours"): Promise<World> {
  const [tables, labels, manifest] = await Promise.all([
    load<Tables>(`${root}data/tables.json`), load<Labels>(`${root}data/labels.${language}.json`), load<Manifest>(`${root}data/hubs.json`),
  ]);
  const world = whose === "ours" ? new World({ ...tables, peers: undefined }, labels, manifest) : new World(widened(tables, tables.peers), widened(labels, labels.peers), manifest);
  if (manifest.id !== undefined) world.add("", manifest as Columns);
  return world;
}

/** Return tables, or their words, with what only hubs of other registries have behind the rest. */
function widened<T extends { countries: string[]; kinds: string[] }>(ours: T, theirs: { countries: string[]; kinds: string[] } | undefined): T {
  return theirs === undefined ? ours : { ...ours, countries: [...ours.countries, ...theirs.countries], kinds: [...ours.kinds, ...theirs.kinds] };
}

/** Fetch what else processes and materials are called, for typing. */
export async function loadAliases(world: World, root: string): Promise<void> {
  world.aliases = await load<Aliases>(`${root}data/words.json`);
}

/** Fetch what machines of some countries are called and hold, or all with one file; `arrived` is called after each. */
export async function fillDetails(world: World, root: string, codes: readonly string[], arrived: () => void): Promise<void> {
  const take = async (code: string): Promise<void> => {
    const path = code === "" ? "data/machines.json" : `data/machines/${code}.json`;
    world.addDetails(code, await load<Details>(`${root}${path}`));
    arrived();
  };
  await (isWhole(world) ? take("") : eachOf(codes.filter((code) => world.has(code)), take));
}

/** Return whether one file held all hubs. */
export function isWhole(world: World): boolean {
  return world.manifest.id !== undefined || world.own === 0;
}

/**
 * Fetch countries that are not there yet, those of `first` before others, then the hubs of other registries; `arrived`
 * is called after each. One that does not arrive is counted as missing.
 */
export async function fill(world: World, root: string, first: readonly string[], arrived: (progress: Progress) => void): Promise<void> {
  let last: Progress = { done: 1, all: 1, missing: [] };
  const told = (progress: Progress): void => arrived((last = progress));
  await fillOurs(world, root, first, told);
  const parts = world.registries.flatMap(([id, name, , sizes], registry) => sizes.map((_, part) => ({ id, name, registry, part })));
  await eachOf(parts, async ({ id, name, registry, part }) => {
    const columns = await load<Foreign>(`${root}data/peers/${id}-${part + 1}.json`).catch(() => undefined);
    if (columns !== undefined) world.addForeign(registry, part, columns);
    else if (!last.missing.includes(name)) last = { ...last, missing: [...last.missing, name] };
    told(last);
  });
}

async function fillOurs(world: World, root: string, first: readonly string[], arrived: (progress: Progress) => void): Promise<void> {
  if (isWhole(world)) return arrived({ done: 1, all: 1, missing: [] });
  const codes = world.manifest.countries.map(([code]) => code);
  const missing: string[] = [];
  let done = 0;
  await eachOf([...first.filter((code) => codes.includes(code)), ...codes.filter((code) => !first.includes(code))], async (code) => {
    const columns = await load<Columns>(`${root}data/hubs/${code}.json`).catch(() => undefined);
    if (columns === undefined) missing.push(code);
    else world.add(code, columns);
    done += 1;
    arrived({ done, all: codes.length, missing: [...missing] });
  });
}

/** Do something for each country or file, in their order, for a few at once. */
async function eachOf<T>(all: readonly T[], take: (one: T) => Promise<void>): Promise<void> {
  const queue = [...all];
  const work = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await take(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
