// The address of the data in; a world that fills country by country out.
import { load, type Aliases, type Columns, type Details, type Labels, type Manifest, type Tables } from "./data";
import { World } from "./world";

const AT_ONCE = 4;

/** How many files of countries were asked for and answered, and of which countries they did not arrive. */
export interface Progress {
  readonly done: number;
  readonly all: number;
  readonly missing: readonly string[];
}

/** Fetch tables, words and, when one file holds them, all hubs. `root` leads to the site's root. */
export async function openWorld(root: string, language: string): Promise<World> {
  const [tables, labels, manifest] = await Promise.all([
    load<Tables>(`${root}data/tables.json`), load<Labels>(`${root}data/labels.${language}.json`), load<Manifest>(`${root}data/hubs.json`),
  ]);
  const world = new World(tables, labels, manifest);
  if (manifest.id !== undefined) world.add("", manifest as Columns);
  return world;
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
  await (isWhole(world) ? take("") : eachOf(codes, take));
}

/** Return whether one file held all hubs. */
export function isWhole(world: World): boolean {
  return world.manifest.id !== undefined || world.size === 0;
}

/**
 * Fetch countries that are not there yet, those of `first` before others; `arrived` is called after each. One that
 * does not arrive is counted as missing.
 */
export async function fill(world: World, root: string, first: readonly string[], arrived: (progress: Progress) => void): Promise<void> {
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

/** Do something for each country, in their order, for a few at once. */
async function eachOf(codes: readonly string[], take: (code: string) => Promise<void>): Promise<void> {
  const queue = [...codes];
  const work = async (): Promise<void> => {
    for (let code = queue.shift(); code !== undefined; code = queue.shift()) await take(code);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
