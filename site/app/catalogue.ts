// The three files of data in; what a query finds, best first, out.
import { countryOf, load, SHUT, STALE, type Hubs, type Machines, type Others } from "./data";
import { fold, wordsOf } from "./fold";
import { meant } from "./typos";

export interface Found {
  page: string;
  name: string;
  kind: string;
  note: string;
  score: number;
}

/** Where a word stood: the start of a name counts most, what a hub can do least. */
const START = 8;
const NAME = 5;
const PLACE = 3;
const ABLE = 2;

/** Everything that can be found, in its normal form. Texts begin with a space, so that " x" finds words. */
export class Catalogue {
  private readonly names: string[];
  private readonly places: string[];
  private readonly processes: string[];
  private readonly models: string[];
  private readonly otherNames: string[];
  private readonly otherWords: string[];
  private vocabulary: Set<string> | undefined;

  constructor(private readonly hubs: Hubs, private readonly machines: Machines, private readonly others: Others) {
    this.names = hubs.name.map((name, at) => ` ${fold(`${name} ${hubs.also[at] ?? ""}`)}`);
    this.places = hubs.town.map((town, at) => ` ${fold(`${town} ${countryOf(hubs, at)} ${hubs.kinds[hubs.kind[at] ?? 0] ?? ""}`)}`);
    this.processes = hubs.processes.map(([label, also]) => ` ${fold(label)} ${also}`);
    this.models = machines.models.map(([, label, aliases]) => ` ${fold(`${label} ${aliases}`)}`);
    this.otherNames = others.name.map((name) => ` ${fold(name)}`);
    this.otherWords = others.also.map((also) => ` ${fold(also)}`);
  }

  /** Return at most `limit` things that hold every word of a query, or what was probably meant. */
  find(query: string, limit: number): Found[] {
    const words = wordsOf(query).slice(0, 8).map((word) => [word]);
    if (words.length === 0) return [];
    const found = this.matching(words);
    if (found.length > 0) return found.slice(0, limit);
    const guesses = words.map(([word = ""]) => [word, ...meant(word, this.known())]);
    return this.matching(guesses).slice(0, limit);
  }

  private known(): Set<string> {
    if (this.vocabulary === undefined) {
      const texts = [this.names, this.places, this.processes, this.models, this.otherNames];
      this.vocabulary = new Set(texts.flatMap((part) => part.flatMap((text) => text.split(" "))));
      this.vocabulary.delete("");
    }
    return this.vocabulary;
  }

  private matching(words: string[][]): Found[] {
    const places = this.places.map((place, at) => words.map((word) => Math.max(inName(this.names[at] ?? "", word), inText(place, word, PLACE))));
    const found = [...this.hubsFound(words, places), ...this.othersFound(words), ...this.machinesFound(words, places)];
    return found.sort((one, other) => other.score - one.score || (one.name < other.name ? -1 : 1));
  }

  private hubsFound(words: string[][], places: number[][]): Found[] {
    const { hubs } = this;
    const able = words.map((word) => this.processes.map((process) => inText(process, word, ABLE)));
    const found: Found[] = [];
    hubs.id.forEach((id, at) => {
      const score = sum(words.map((_, n) => places[at]?.[n] || best(hubs.can[at] ?? [], able[n] ?? [])));
      if (score > 0) {
        const old = (hubs.marks[at] ?? 0) & (STALE | SHUT) ? 2 : 0;
        found.push({ page: `hubs/${id}/`, name: hubs.name[at] ?? id, kind: hubs.kinds[hubs.kind[at] ?? 0] ?? this.others.hub, note: `${hubs.town[at] ?? ""}, ${countryOf(hubs, at)}`, score: score + 1 - old });
      }
    });
    return found;
  }

  private othersFound(words: string[][]): Found[] {
    const { others } = this;
    const found: Found[] = [];
    this.otherNames.forEach((name, at) => {
      const score = sum(words.map((word) => inName(name, word) || inText(this.otherWords[at] ?? "", word, PLACE)));
      if (score > 0) {
        found.push({ page: others.page[at] ?? "", name: others.name[at] ?? "", kind: others.kinds[others.kind[at] ?? 0] ?? "", note: "", score: score + 0.9 - 0.1 * (others.kind[at] ?? 0) });
      }
    });
    return found;
  }

  private machinesFound(words: string[][], places: number[][]): Found[] {
    const { hubs, machines } = this;
    const models = this.models.map((model) => words.map((word) => inName(model, word)));
    const found: Found[] = [];
    machines.hub.forEach((hub, at) => {
      const own = machines.name[at] ? ` ${fold(machines.name[at] ?? "")}` : "";
      const model = models[machines.model[at] ?? -1];
      const named = words.map((word, n) => Math.max(model?.[n] ?? 0, own ? inName(own, word) : 0));
      const score = sum(named.map((value, n) => value || (places[hub]?.[n] ?? 0)));
      if (score > 0 && named.some((value) => value > 0)) {
        found.push({ page: this.machinePage(at), name: this.machineName(at), kind: this.others.machine, note: hubs.name[hub] ?? "", score: score - 0.5 });
      }
    });
    return found;
  }

  private machinePage(at: number): string {
    const { hubs, machines } = this;
    const model = machines.models[machines.model[at] ?? -1]?.[0] ?? "";
    return `machines/${hubs.id[machines.hub[at] ?? 0]}/${machines.slug[at] || model.split("/")[1]}/`;
  }

  private machineName(at: number): string {
    const { machines } = this;
    return machines.name[at] || (machines.models[machines.model[at] ?? -1]?.[1] ?? "");
  }
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

/** Fetch the data and return what can be found. `base` leads to the site's root. */
export async function open(base: string): Promise<Catalogue> {
  const [hubs, machines, others] = await Promise.all([
    load<Hubs>(`${base}/data/hubs.json`), load<Machines>(`${base}/data/machines.json`), load<Others>(`${base}/data/others.json`),
  ]);
  return new Catalogue(hubs, machines, others);
}

function inName(name: string, words: string[]): number {
  if (words.some((word) => name.startsWith(` ${word}`))) return START;
  return inText(name, words, NAME);
}

function inText(text: string, words: string[], score: number): number {
  return words.some((word) => text.includes(` ${word}`)) ? score : 0;
}

/** Return the sum of scores, 0 when one of them is 0: every word must be found. */
function sum(scores: number[]): number {
  return scores.every((score) => score > 0) ? scores.reduce((total, score) => total + score, 0) : 0;
}

function best(processes: number[], scores: number[]): number {
  return processes.reduce((most, process) => Math.max(most, scores[process] ?? 0), 0);
}
