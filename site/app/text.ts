// Words that somebody typed in; which hubs hold all of them, and how well, out.
import { fold, wordsOf } from "./fold";
import { idle, whole } from "./idle";
import { Sorts } from "./sorts";
import { meant } from "./typos";
import type { World } from "./world";

/** Where a word stood: the start of a name counts most, what a hub can do least. */
const START = 8;
const NAME = 5;
const PLACE = 3;
const ABLE = 2;
const WORDS_AT_MOST = 8;
const KEPT = 24;
const LATER = 100; // milliseconds, after the paint

/** Which rows of the tables hold a word; of machines which sorts, undefined for none. */
interface Rows {
  countries: Uint8Array;
  kinds: Uint8Array;
  lists: Uint8Array;
  sorts: Uint8Array | undefined;
}

/** A word that was looked for: a score for each hub, and what it is about. */
interface Scored {
  scores: Uint8Array;
  rows: Rows;
}

/** What a query found: a score for each hub, 0 for none, the words that were taken for others, those left out. */
export interface Told {
  scores: Uint8Array;
  taken: [string, string][];
  left: string[];
  /** Tells whether a machine is among what was asked for. */
  holds(machine: number): boolean;
}

/** Finds words in everything that a world holds. Texts begin and end with a space: " x" finds the start of a word. */
export class TextSearch {
  private readonly countries: string[];
  private readonly kinds: string[];
  private readonly models: string[];
  private readonly idle: ReadonlySet<string>;
  private processes: string[] = [];
  private readonly calls: string[] = [];
  private readonly scored = new Map<string, Scored>();
  private vocabulary: Set<string> | undefined;
  private sorts: Sorts | undefined;

  constructor(private readonly world: World) {
    const { tables, labels } = world;
    this.countries = labels.countries.map((name) => ` ${fold(name)} `);
    this.kinds = labels.kinds.map((name) => ` ${fold(name)} `);
    this.models = ["", ...tables.models.map(([, name, aliases]) => ` ${fold(`${name} ${aliases || ""}`)} `)];
    this.idle = new Set(wordsOf(labels.idle));
    this.renew();
  }

  /** Forget what was found before more hubs or words arrived. */
  renew(): void {
    const { labels, aliases } = this.world;
    this.processes = labels.processes.map((label, at) => ` ${fold(label)} ${aliases.processes[at] ?? ""} `);
    this.scored.clear();
    this.vocabulary = undefined;
    this.sorts = undefined;
  }

  /** Return what a query finds, without its idle words when no hub holds them all; undefined for no words. */
  find(query: string): Told | undefined {
    const words = wordsOf(query).slice(0, WORDS_AT_MOST);
    if (words.length === 0) return undefined;
    if (this.vocabulary === undefined) setTimeout(() => this.known(), LATER); // for the next slip
    const isIdle = idle(words, this.idle);
    const taken: [string, string][] = [];
    const parts = words.map((word, at) => (isIdle[at] ? this.word(whole(word)) : this.likely(word, taken)));
    const all = this.told(parts, taken, []);
    if (!isIdle.includes(true) || all.scores.some(isFound)) return all;
    return this.told(parts.filter((_, at) => !isIdle[at]), taken, words.filter((_, at) => isIdle[at]));
  }

  private told(parts: readonly Scored[], taken: [string, string][], left: string[]): Told {
    return { scores: sum(parts.map((part) => part.scores)), taken, left, holds: (machine) => parts.some((part) => this.machineHolds(part.rows, machine)) };
  }

  /** Look for a word, or for what was probably meant by it. */
  private likely(word: string, taken: [string, string][]): Scored {
    const found = this.word(word);
    if (found.scores.some(isFound)) return found;
    const other = this.likeliest(word);
    if (other === "") return found;
    taken.push([word, other]);
    return this.word(other);
  }

  /** Return the known word near a word that most hubs have; "" when there is none. */
  private likeliest(word: string): string {
    const others = meant(word, this.known()).map((other) => ({ other, hubs: count(this.word(other).scores) }));
    others.sort((one, another) => another.hubs - one.hubs);
    return others[0]?.other ?? "";
  }

  private word(word: string): Scored {
    let found = this.scored.get(word);
    if (found === undefined) {
      const rows = this.rows(word);
      found = { rows, scores: this.scores(word, rows) };
      if (this.scored.size >= KEPT) this.scored.clear();
      this.scored.set(word, found);
    }
    return found;
  }

  private rows(word: string): Rows {
    const { world } = this;
    for (let at = this.calls.length; at < world.calls.length; at++) this.calls.push(` ${fold(world.calls[at] ?? "")} `);
    const holds = (texts: string[]): Uint8Array => Uint8Array.from(texts, (text) => (text.includes(` ${word}`) ? 1 : 0));
    const processes = holds(this.processes);
    const lists = world.processLists.holding((process) => processes[process] === 1);
    this.sorts ??= new Sorts(world);
    return { countries: holds(this.countries), kinds: holds(this.kinds), lists, sorts: this.sorts.holding(holds(this.models), lists, holds(this.calls)) };
  }

  private scores(word: string, rows: Rows): Uint8Array {
    const { world } = this;
    const spaced = ` ${word}`;
    const texts = world.text;
    const scores = new Uint8Array(world.size);
    for (let hub = 0; hub < world.size; hub++) {
      if (world.loaded[hub] === 0) continue;
      const text = texts[hub] ?? "";
      const at = text.indexOf(spaced);
      let score = at < 0 ? 0 : at === 0 ? START : text.lastIndexOf("\n", at) < 0 ? NAME : PLACE;
      if (score === 0 && (rows.countries[world.country[hub] ?? 0] || rows.kinds[world.kind[hub] ?? 0])) score = PLACE;
      if (score === 0 && (rows.lists[world.does[hub] ?? 0] || this.machinesHold(rows, hub))) score = ABLE;
      scores[hub] = score;
    }
    return scores;
  }

  private machinesHold({ sorts }: Rows, hub: number): boolean {
    if (sorts === undefined || this.sorts === undefined) return false;
    const { of } = this.sorts;
    const end = this.world.first[hub + 1] ?? 0;
    for (let machine = this.world.first[hub] ?? 0; machine < end; machine++) {
      if (sorts[of[machine] ?? 0] === 1) return true;
    }
    return false;
  }

  private machineHolds({ sorts }: Rows, machine: number): boolean {
    return sorts?.[this.sorts?.of[machine] ?? 0] === 1;
  }

  private known(): Set<string> {
    if (this.vocabulary === undefined) {
      this.vocabulary = new Set();
      for (const texts of [this.world.text, this.countries, this.kinds, this.models, this.processes, this.calls]) {
        for (const text of texts) for (const word of text.split(" ")) this.vocabulary.add(word);
      }
      this.vocabulary.delete("");
      this.vocabulary.delete("\n");
    }
    return this.vocabulary;
  }
}

function isFound(score: number): boolean {
  return score > 0;
}

function count(scores: Uint8Array): number {
  return scores.reduce((sum, score) => sum + (score > 0 ? 1 : 0), 0);
}

/** Return the sums of scores, 0 where one of them is 0: every word must be found. */
function sum(parts: Uint8Array[]): Uint8Array {
  const [first = new Uint8Array(0), ...others] = parts;
  const total = first.slice();
  for (const part of others) {
    for (let at = 0; at < total.length; at++) total[at] = total[at] && part[at] ? (total[at] ?? 0) + (part[at] ?? 0) : 0;
  }
  return total;
}
