// What somebody has written of a hub in; hubs of the same country that may be the same, and why, out.
// Names are compared as generator/checks/likeness.py does, more simply: this only asks, the checks decide.
import { distance } from "../geo";
import { fold, wordsOf } from "../fold";
import { isNear } from "../typos";
import type { World } from "../world";
import type { Point } from "./land";

export interface Written {
  readonly country: string;
  readonly names: readonly string[];
  readonly town: string;
  readonly website: string;
  readonly point: Point | undefined;
  /** The record's own id, which is no twin. */
  readonly id: string;
}

export interface Twin {
  readonly id: string;
  readonly name: string;
  readonly page: string;
  readonly town: string;
  readonly isNamed: boolean;
  readonly isSite: boolean;
  readonly km: number | undefined;
}

/** Websites of a country's hubs, without what does not tell, by the last part of the hub's id. */
export type Websites = Readonly<Record<string, string>>;

const SHOWN = 3;
const DOOR_KM = 2;
const KINDS = new Set(
  ("fab lab labs fablab fablabs maker makers makerspace makerspaces hacker hackerspace hackspace space spaces workshop atelier the of de la le les du des et and y da do " +
    "centre center hub innovation ev gmbh ltd asbl").split(" "),
);

export function twins(world: World, websites: Websites, written: Written): Twin[] {
  const country = world.tables.countries.indexOf(written.country);
  const town = fold(written.town);
  const cores = written.names.map((name) => coreOf(name, town)).filter((core) => core !== "");
  const site = siteOf(written.website);
  const found: (Twin & { score: number })[] = [];
  for (let hub = 0; hub < world.size && country >= 0; hub++) {
    if (world.country[hub] !== country || world.loaded[hub] === 0 || world.id(hub) === written.id) continue;
    const id = world.id(hub);
    const isSite = site !== "" && websites[id.slice(3)] === site;
    const there = fold(world.town[hub] ?? "");
    const km = away(world, hub, written.point);
    const isClose = (there === town && town !== "") || (km !== undefined && km <= DOOR_KM); // a pin may stand wrong
    const isNamed = isClose && cores.some((core) => isLike(core, coreOf(world.name[hub] ?? "", there)));
    if (!isNamed && !isSite) continue;
    found.push({ id, name: world.name[hub] ?? "", page: world.hubPage(hub), town: world.town[hub] ?? "", isNamed, isSite, km, score: Number(isNamed) * 2 + Number(isSite) });
  }
  return found.sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1)).slice(0, SHOWN);
}

/** Return a name without words of kind and its town, in its normal form; all of it when nothing else is left. */
function coreOf(name: string, town: string): string {
  const towns = new Set(town.split(" "));
  const words = wordsOf(name);
  const core = words.filter((word) => !KINDS.has(word) && !towns.has(word));
  return (core.length > 0 ? core : words).join(" ");
}

function isLike(one: string, other: string): boolean {
  const [short, long] = [one.replace(/ /g, ""), other.replace(/ /g, "")].sort((a, b) => a.length - b.length);
  if (short === undefined || long === undefined || short.length < 2) return false;
  if (short === long) return true;
  const slips = long.length >= 10 ? 2 : long.length >= 5 ? 1 : 0;
  const [fewer = [], more = []] = [one.split(" "), other.split(" ")].sort((a, b) => a.length - b.length);
  return (slips > 0 && isNear(short, long, slips)) || (short.length >= 5 && fewer.every((word) => more.includes(word)));
}

function away(world: World, hub: number, point: Point | undefined): number | undefined {
  const [y = NaN, x = NaN] = [world.y[hub], world.x[hub]];
  return point === undefined || Number.isNaN(y) ? undefined : distance(point[0], point[1], y, x);
}

/** Return a website without scheme, `www.`, a slash at its end, and case. */
function siteOf(website: string): string {
  return website.toLowerCase().replace(/^https?:\/\/(?:www\.)?/, "").replace(/\/+$/, "");
}
