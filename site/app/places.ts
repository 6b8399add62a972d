// Hubs in; the towns in which they lie, with their mean point, out: what "near" can be told.
import { fold, wordsOf } from "./fold";
import { isNear } from "./typos";
import type { World } from "./world";

const SHORTEST = 3; // letters that name a town

export interface Town {
  /** Country and folded name, as it stands in an address: "gh/kumasi". */
  id: string;
  name: string;
  country: string;
  text: string;
  y: number;
  x: number;
  hubs: number;
}

/** Return towns by id, of hubs that have arrived and have a point. */
export function towns(world: World): Map<string, Town> {
  const found = new Map<string, Town>();
  const ids = new Map<string, string>();
  for (let hub = 0; hub < world.size; hub++) {
    const [y = NaN, x = NaN, name = ""] = [world.y[hub], world.x[hub], world.town[hub]];
    if (Number.isNaN(y)) continue;
    const key = `${world.country[hub]} ${name}`;
    const id = ids.get(key) ?? townId(world.tables.countries[world.country[hub] ?? 0] ?? "", name);
    ids.set(key, id);
    const town = found.get(id);
    if (town === undefined) {
      found.set(id, { id, name, country: world.countryName(hub), text: ` ${fold(name)} `, y, x, hubs: 1 });
    } else {
      town.hubs += 1;
      town.y += (y - town.y) / town.hubs;
      town.x += (x - town.x) / town.hubs;
    }
  }
  return found;
}

function townId(country: string, name: string): string {
  return `${country}/${fold(name).replace(/ /g, "-")}`;
}

/** Return towns whose name begins with what was typed, or nearly so; those with most hubs first. */
export function townsNamed(all: Iterable<Town>, query: string, limit: number): Town[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const known = [...all].sort((one, other) => other.hubs - one.hubs || (one.id < other.id ? -1 : 1));
  const whole = (town: Town): string => `${town.text}${fold(town.country)}`;
  const found = known.filter((town) => words.every((word) => whole(town).includes(` ${word}`)));
  if (found.length > 0) return found.slice(0, limit);
  const typed = words.join(" ");
  const slips = typed.length >= 8 ? 2 : 1;
  return typed.length < 4 ? [] : known.filter((town) => isNear(typed, town.text.slice(1, typed.length + 1), slips)).slice(0, limit);
}

/** A town that a query names, and what else the query says. */
export interface Named {
  town: Town;
  rest: string[];
}

/**
 * Return towns that words name, each word in several forms: those with all words in their name and country, else those
 * with a whole name among the words. Towns with most hubs first.
 */
export function townsIn(all: readonly Town[], words: readonly string[][], limit: number): Named[] {
  const holds = (text: string, forms: readonly string[], end = ""): boolean => forms.some((form) => text.includes(` ${form}${end}`));
  const first = (found: Named[]): Named[] => found.sort((one, other) => other.town.hubs - one.town.hubs || (one.town.id < other.town.id ? -1 : 1)).slice(0, limit);
  if (!words.some(([word = ""]) => word.length >= SHORTEST)) return [];
  const whole = all.filter(({ text, country }) => words.some((forms) => holds(text, forms)) && words.every((forms) => holds(`${text}${fold(country)}`, forms)));
  if (whole.length > 0) return first(whole.map((town) => ({ town, rest: [] })));
  const named = all.filter(({ text }) => text.trim() !== "" && text.trim().split(" ").every((part) => words.some((forms) => forms.includes(part))));
  return first(named.map((town) => ({ town, rest: words.filter((forms) => !holds(town.text, forms, " ")).map(([word = ""]) => word.trim()) })));
}

/** Return the page of what is near a town. */
export function townPage(town: Town, rest: readonly string[]): string {
  const words = rest.length > 0 ? `q=${encodeURIComponent(rest.join(" "))}&` : "";
  return `explore/?${words}near=${encodeURIComponent(town.id).replace(/%2F/g, "/")}`;
}

/** Return what a place is called: a town, also one where no hub is any more, by its name, a point by `here`. */
export function placeName(near: string, town: Town | undefined, here: string): string {
  return town?.name ?? (pointOf(near, new Map()) === undefined ? near.slice(near.indexOf("/") + 1).replace(/-/g, " ") : here);
}

/** Return the point of "6.69,-1.62" or of a town's id; undefined when it is neither. */
export function pointOf(near: string, known: ReadonlyMap<string, Town>): readonly [number, number] | undefined {
  const town = known.get(near);
  if (town !== undefined) return [town.y, town.x];
  const [y = NaN, x = NaN, ...more] = near.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  return more.length === 0 && Math.abs(y) <= 90 && Math.abs(x) <= 180 ? [y, x] : undefined;
}
