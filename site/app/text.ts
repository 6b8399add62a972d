// Words that somebody typed in; which hubs hold all of them, and how well, out.
import { fold, wordsOf } from "./fold";
import { meant } from "./typos";
import type { World } from "./world";

/** Where a word stood: the start of a name counts most, what a hub can do least. */
const START = 8;
const NAME = 5;
const PLACE = 3;
const ABLE = 2;
const WORDS_AT_MOST = 8;
const KEPT = 24;

/** Which rows of the tables hold a word: countries, kinds, models, names of machines; lists of processes. */
interface Rows {
  countries: Uint8Array;
  kinds: Uint8Array;
  models: Uint8Array;
  calls: Uint8Array;
  lists: Uint8Array;
}

/** What a query found: a score for each hub, 0 for none, and the words that were taken for others. */
export interface Told {
  scores: Uint8Array;
  taken: [string, string][];
  /** Tells whether a machine is among what was asked for. */
  holds(machine: number): boolean;
}

/** Finds words in everything that a world holds. Texts begin with a space, so that " x" finds the start of a word. */
export class TextSearch {
  private readonly countries: string[];
  private readonly kinds: string[];
  private readonly models: string[];
  private processes: string[] = [];
  private readonly calls: string[] = [];
  private readonly scored = new Map<string, { scores: Uint8Array; rows: Rows }>();
  private vocabulary: Set<string> | undefined;

  constructor(private readonly world: World) {
    const { tables, labels } = world;
    this.countries = labels.countries.map((name) => ` ${fold(name)}`);
    this.kinds = labels.kinds.map((name) => ` ${fold(name)}`);
    this.models = ["", ...tables.models.map(([, name, aliases]) => ` ${fold(`${name} ${aliases || ""}`)}`)];
    this.renew();
  }

  /** Forget what was found before more hubs or words arrived. */
  renew(): void {
    const { labels, aliases } = this.world;
    this.processes = labels.processes.map((label, at) => ` ${fold(label)} ${aliases.processes[at] ?? ""}`);
    this.scored.clear();
    this.vocabulary = undefined;
  }

  /** Return what a query finds; undefined for a query without words. */
  find(query: string): Told | undefined {
    const words = wordsOf(query).slice(0, WORDS_AT_MOST);
    if (words.length === 0) return undefined;
    const taken: [string, string][] = [];
    const parts = words.map((word) => {
      const found = this.word(word, [word]);
      if (found.scores.some((score) => score > 0)) return found;
      const other = this.likeliest(word);
      if (other === "") return found;
      taken.push([word, other]);
      return this.word(other, [other]);
    });
    return { scores: sum(parts.map((part) => part.scores)), taken, holds: (machine) => parts.some((part) => this.machineHolds(part.rows, machine)) };
  }

  /** Return the known word near a word that most hubs have; "" when there is none. */
  private likeliest(word: string): string {
    const others = meant(word, this.known()).map((other) => ({ other, hubs: count(this.word(other, [other]).scores) }));
    others.sort((one, another) => another.hubs - one.hubs);
    return others[0]?.other ?? "";
  }

  private word(key: string, words: string[]): { scores: Uint8Array; rows: Rows } {
    let found = this.scored.get(key);
    if (found === undefined) {
      const rows = this.rows(words);
      found = { rows, scores: this.scores(words, rows) };
      if (this.scored.size >= KEPT) this.scored.clear();
      this.scored.set(key, found);
    }
    return found;
  }

  private rows(words: string[]): Rows {
    const { world } = this;
    for (let at = this.calls.length; at < world.calls.length; at++) this.calls.push(` ${fold(world.calls[at] ?? "")}`);
    const holds = (texts: string[]): Uint8Array => Uint8Array.from(texts, (text) => (words.some((word) => text.includes(` ${word}`)) ? 1 : 0));
    const processes = holds(this.processes);
    return {
      countries: holds(this.countries), kinds: holds(this.kinds), models: holds(this.models), calls: holds(this.calls),
      lists: world.processLists.holding((process) => processes[process] === 1),
    };
  }

  private scores(words: string[], rows: Rows): Uint8Array {
    const { world } = this;
    const spaced = words.map((word) => ` ${word}`);
    const scores = new Uint8Array(world.size);
    for (let hub = 0; hub < world.size; hub++) {
      if (world.loaded[hub] === 0) continue;
      const text = world.text[hub] ?? "";
      let score = 0;
      for (const word of spaced) {
        const at = text.indexOf(word);
        if (at >= 0) score = Math.max(score, at === 0 ? START : text.lastIndexOf("\n", at) < 0 ? NAME : PLACE);
      }
      if (score === 0 && (rows.countries[world.country[hub] ?? 0] || rows.kinds[world.kind[hub] ?? 0])) score = PLACE;
      if (score === 0 && rows.lists[world.does[hub] ?? 0]) score = ABLE;
      if (score === 0 && this.machinesHold(rows, hub)) score = ABLE;
      scores[hub] = score;
    }
    return scores;
  }

  private machinesHold(rows: Rows, hub: number): boolean {
    const end = this.world.first[hub + 1] ?? 0;
    for (let machine = this.world.first[hub] ?? 0; machine < end; machine++) {
      if (this.machineHolds(rows, machine)) return true;
    }
    return false;
  }

  private machineHolds(rows: Rows, machine: number): boolean {
    const { world } = this;
    return (rows.models[world.model[machine] ?? 0] ?? 0) + (rows.lists[world.can[machine] ?? 0] ?? 0) + (rows.calls[world.called[machine] ?? 0] ?? 0) > 0;
  }

  private known(): Set<string> {
    if (this.vocabulary === undefined) {
      const texts = [this.world.text, this.countries, this.kinds, this.models, this.processes, this.calls];
      this.vocabulary = new Set(texts.flatMap((part) => part.flatMap((text) => text.split(/[ \n]+/))));
      this.vocabulary.delete("");
    }
    return this.vocabulary;
  }
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
