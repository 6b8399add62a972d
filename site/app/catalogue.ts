// A world in; what a query finds in it, hubs, machines, terms and guides together, best first, out.
import { FOREIGN, INVENTED, isOld } from "./data";
import { fold, wordsOf } from "./fold";
import { idle, whole } from "./idle";
import { fill, fillDetails, loadAliases, openWorld } from "./loading";
import { others, type Other } from "./others";
import { townPage, towns, townsIn, type Town } from "./places";
import { meant } from "./typos";
import { leftOut } from "./words";
import type { World } from "./world";

export interface Found {
  page: string;
  name: string;
  kind: string;
  note: string;
  score: number;
}

/** What a query finds, best first, and what is to be said of its words that were left out. */
export interface Results {
  found: Found[];
  note: string;
}

/** Where a word stood: the start of a name counts most, what a hub can do least. */
const START = 8;
const NAME = 5;
const ALSO = 4;
const PLACE = 3;
const ABLE = 2;
const WORDS_AT_MOST = 8;
const TOWNS = 3;

/** Everything that can be found, in its normal form. Texts begin and end with a space: " x" finds the start of a word. */
export class Catalogue {
  private readonly countries: string[];
  private readonly kinds: string[];
  private readonly models: string[];
  private readonly processes: string[];
  private readonly others: Other[];
  private calls: string[] = [];
  private readonly idle: ReadonlySet<string>;
  private vocabulary: Set<string> | undefined;
  private towns: Town[] | undefined;

  constructor(private readonly world: World) {
    const { labels, tables } = world;
    this.countries = labels.countries.map((name) => ` ${fold(name)} `);
    this.kinds = labels.kinds.map((name) => ` ${fold(name)} `);
    this.models = ["", ...tables.models.map(([, name, aliases]) => ` ${fold(`${name} ${aliases || ""}`)} `)];
    this.processes = labels.processes.map((label, at) => ` ${fold(label)} ${world.aliases.processes[at] ?? ""} `);
    this.others = others(world);
    this.idle = new Set(wordsOf(labels.idle));
  }

  /** Take notice of hubs that have arrived. */
  renew(): void {
    this.vocabulary = undefined;
    this.towns = undefined;
    for (let at = this.calls.length; at < this.world.calls.length; at++) this.calls.push(` ${fold(this.world.calls[at] ?? "")} `);
  }

  /** Return at most `limit` things that hold every word of a query; without its idle words, or what was meant, when none does. */
  find(query: string, limit: number): Results {
    const words = wordsOf(query).slice(0, WORDS_AT_MOST);
    if (words.length === 0) return { found: [], note: "" };
    const isIdle = idle(words, this.idle);
    const all = words.map((word, at) => [isIdle[at] ? whole(word) : word]);
    const found = this.matching(all, limit);
    const left = words.filter((_, at) => isIdle[at]);
    const nearly = found.length > 0 ? { looked: all, found, left: [] } : this.nearly(words.filter((_, at) => !isIdle[at]), left, limit);
    const near = this.townsFound(nearly.looked.filter(([word = ""]) => !this.idle.has(word.trim())));
    return { found: [...near, ...nearly.found].sort(byScore).slice(0, limit), note: leftOut(this.world.labels.words, nearly.left) };
  }

  /** Look for words as they stand, then for what was probably meant, then without those that nothing holds, or one. */
  private nearly(words: string[], left: string[], limit: number): Nearly {
    const isKnown = words.map((word) => this.isKnown(word));
    const meanings = (word: string): string[] => [word, ...meant(word, this.known())];
    const guessed = words.map((word, at) => (isKnown[at] ? [word] : meanings(word)));
    const some = (isKept: (at: number) => boolean): Nearly => ({
      looked: guessed.filter((_, at) => isKept(at)), found: [], left: [...left, ...words.filter((_, at) => !isKept(at))],
    });
    const tries: Nearly[] = [
      { looked: words.map((word) => [word]), found: [], left }, { looked: guessed, found: [], left },
      some((at) => isKnown[at] === true || (guessed[at]?.length ?? 0) > 1), some((at) => isKnown[at] === true),
      { looked: words.map(meanings), found: [], left }, ...words.map((_, at) => some((other) => other !== words.length - 1 - at)),
    ];
    const seen = new Set(["", ...(left.length === 0 ? [words.join(" ")] : [])]); // that was tried before, in vain
    for (const one of tries) {
      const key = one.looked.join(" ");
      const found = seen.has(key) ? [] : this.matching(one.looked, limit);
      if (found.length > 0) return { ...one, found };
      seen.add(key);
    }
    return { looked: guessed, found: [], left };
  }

  private isKnown(word: string): boolean {
    for (const known of this.known()) if (known.startsWith(word)) return true;
    return false;
  }

  private known(): Set<string> {
    if (this.vocabulary === undefined) {
      this.vocabulary = new Set();
      const others = this.others.map(({ text, also, wider }) => text + also + wider);
      for (const texts of [this.world.text, this.countries, this.kinds, this.processes, this.models, this.calls, others]) {
        for (const text of texts) for (const word of text.split(" ")) this.vocabulary.add(word);
      }
      this.vocabulary.delete("");
      this.vocabulary.delete("\n");
    }
    return this.vocabulary;
  }

  /** Return towns that are named; what else was asked for stands in the address of what is near. */
  private townsFound(words: readonly string[][]): Found[] {
    this.towns ??= [...towns(this.world).values()];
    const { labels } = this.world;
    return townsIn(this.towns, words, TOWNS).map(({ town, rest }) => ({
      page: townPage(town, rest), name: (labels.words["near"] ?? "").replace("{place}", () => town.name), kind: labels.words["town"] ?? "",
      note: [town.country, ...rest].join(" · "), score: START * words.length + 1,
    }));
  }

  private matching(words: string[][], limit: number): Found[] {
    const places = this.places(words);
    const found = [...this.hubsFound(words, places), ...this.othersFound(words), ...this.machinesFound(words, places)];
    found.sort((one, other) => other.score - one.score || one.rank - other.rank);
    return found.slice(0, limit).map(({ score, made }) => ({ ...made(), score })).sort(byScore);
  }

  /** Return for each word and hub how well the hub's name, town, country or kind holds it. */
  private places(words: string[][]): Uint8Array[] {
    const { world } = this;
    return words.map((word) => {
      const countries = this.countries.map((name) => inText(name, word, PLACE));
      const kinds = this.kinds.map((name) => inText(name, word, PLACE));
      return Uint8Array.from(world.text, (text, hub) => {
        if (world.loaded[hub] === 0) return 0;
        return inName(text, word) || Math.max(countries[world.country[hub] ?? 0] ?? 0, kinds[world.kind[hub] ?? 0] ?? 0);
      });
    });
  }

  private hubsFound(words: string[][], places: Uint8Array[]): Ranked[] {
    const { world } = this;
    const able = words.map((word) => {
      const holds = this.processes.map((text) => inText(text, word, ABLE));
      return world.processLists.holding((process) => (holds[process] ?? 0) > 0);
    });
    const found: Ranked[] = [];
    for (let hub = 0; hub < world.size; hub++) {
      const score = sum(words.length, (at) => places[at]?.[hub] || (this.isAble(hub, able[at]) ? ABLE : 0));
      if (score > 0) found.push({ score: score + 1 - behind(world.marks[hub] ?? 0), rank: hub, made: () => this.hub(hub) });
    }
    return found;
  }

  private isAble(hub: number, able: Uint8Array | undefined): boolean {
    const { world } = this;
    if (able === undefined || world.loaded[hub] === 0) return false;
    if (able[world.does[hub] ?? 0] === 1) return true;
    const end = world.first[hub + 1] ?? 0;
    for (let machine = world.first[hub] ?? 0; machine < end; machine++) if (able[world.can[machine] ?? 0] === 1) return true;
    return false;
  }

  private hub(hub: number): Omit<Found, "score"> {
    const { world } = this;
    const where = [world.town[hub] ?? "", world.countryName(hub)].filter((part) => part !== "").join(", ");
    const note = [where, world.origin(hub)?.[1] ?? ""].filter((part) => part !== "").join(" · ");
    return { page: world.hubPage(hub), name: world.name[hub] ?? "", kind: world.kindName(hub), note };
  }

  private othersFound(words: string[][]): Ranked[] {
    const found: Ranked[] = [];
    this.others.forEach((other, rank) => {
      const score = sum(words.length, (at) => inName(other.text, words[at] ?? []) || inText(other.also, words[at] ?? [], ALSO) || inText(other.wider, words[at] ?? [], PLACE));
      const { page, name, kind } = other;
      if (score > 0) found.push({ score: score + other.bonus, rank, made: () => ({ page, name, kind, note: "" }) });
    });
    return found;
  }

  private machinesFound(words: string[][], places: Uint8Array[]): Ranked[] {
    const { world } = this;
    const models = words.map((word) => Uint8Array.from(this.models, (text) => inName(text, word)));
    const calls = words.map((word) => Uint8Array.from(this.calls, (text) => inName(text, word)));
    if (![...models, ...calls].some((part) => part.some((score) => score > 0))) return [];
    const found: Ranked[] = [];
    for (let hub = 0; hub < world.size; hub++) {
      if (world.loaded[hub] === 0) continue;
      const end = world.first[hub + 1] ?? 0;
      for (let machine = world.first[hub] ?? 0; machine < end; machine++) {
        const named = (at: number): number => Math.max(models[at]?.[world.model[machine] ?? 0] ?? 0, calls[at]?.[world.called[machine] ?? 0] ?? 0);
        const score = sum(words.length, (at) => named(at) || (places[at]?.[hub] ?? 0));
        if (score > 0 && words.some((_, at) => named(at) > 0)) found.push({ score: score - 0.5 - behind(world.marks[hub] ?? 0), rank: machine, made: () => this.machine(hub, machine) });
      }
    }
    return found;
  }

  private machine(hub: number, machine: number): Omit<Found, "score"> {
    const { world } = this;
    return { page: world.machinePage(hub, machine), name: world.machineName(machine), kind: world.labels.words["machine"] ?? "", note: world.name[hub] ?? "" };
  }
}

/** An attempt: words that are looked for, each in several forms, what was found, words that were left out. */
interface Nearly {
  looked: string[][];
  found: Found[];
  left: string[];
}

/** Something found, which is written out only when it is among the best. */
interface Ranked {
  score: number;
  rank: number;
  made(): Omit<Found, "score">;
}

/** Return the best few with at most `most` of one kind among them while others are left. */
export function varied(found: Found[], limit: number, most: number): Found[] {
  const counts = new Map<string, number>();
  const first = found.filter((one) => {
    const count = (counts.get(one.kind) ?? 0) + 1;
    counts.set(one.kind, count);
    return count <= most;
  });
  const rest = found.filter((one) => !first.includes(one));
  const chosen = new Set([...first, ...rest].slice(0, limit));
  return found.filter((one) => chosen.has(one));
}

/** Fetch the data and return what can be found; `arrived` is called when there is more. `root` leads to the site's. */
export async function open(root: string, arrived: () => void): Promise<Catalogue> {
  const world = await openWorld(root, document.documentElement.lang, "everybody");
  await loadAliases(world, root);
  const catalogue = new Catalogue(world);
  catalogue.renew();
  const more = (): void => {
    catalogue.renew();
    arrived();
  };
  const filled = fill(world, root, [], more).then(() => fillDetails(world, root, world.tables.countries, more));
  filled.catch(() => undefined); // what has arrived can be searched
  return catalogue;
}

function byScore(one: Found, other: Found): number {
  return other.score - one.score || (one.name < other.name ? -1 : 1);
}

/** Return how much less is to be expected of a hub that is old or invented, or is another registry's. */
function behind(marks: number): number {
  return isOld(marks) ? 2 : marks & INVENTED ? 1 : marks & FOREIGN ? 0.5 : 0;
}

function inName(name: string, words: string[]): number {
  let best = 0;
  for (const word of words) {
    const at = name.indexOf(` ${word}`);
    if (at === 0) return START;
    if (at > 0) best = Math.max(best, name.lastIndexOf("\n", at) < 0 ? NAME : PLACE);
  }
  return best;
}

function inText(text: string, words: string[], score: number): number {
  return words.some((word) => text.includes(` ${word}`)) ? score : 0;
}

/** Return the sum of the scores of so many words, 0 when one of them is 0: every word must be found. */
function sum(words: number, score: (at: number) => number): number {
  let total = 0;
  for (let at = 0; at < words; at++) {
    const one = score(at);
    if (one === 0) return 0;
    total += one;
  }
  return total;
}
