// Ids, days and codes in; what the page's language calls them out.
import { wordsFrom, type Words } from "../words";
import type { Reason } from "./decision";
import type { KeysFile } from "./facts";
import { dayOf, Wording, type WordsFile } from "./wording";

export class Telling {
  readonly words: Words;
  readonly base: string;
  readonly countries: Readonly<Record<string, string>>;
  keys: KeysFile | undefined;
  private readonly wording: Wording;
  private readonly competences: WordsFile["competences"];

  constructor(place: HTMLElement) {
    const { base = "", competences = "{}", countries = "{}" } = place.dataset;
    this.words = wordsFrom(place);
    this.base = base;
    this.competences = JSON.parse(competences) as WordsFile["competences"];
    this.wording = new Wording({ words: this.words, competences: this.competences });
    this.countries = JSON.parse(countries) as Record<string, string>;
  }

  say(key: string, values: Record<string, string> = {}): string {
    return this.wording.say(key, values);
  }

  /** Return a competence's name; "" for one that the registry does not have. */
  competence(id: string): string {
    return Object.hasOwn(this.competences, id) ? this.competences[id]?.[0] ?? "" : "";
  }

  level(competence: string, level: number): string {
    const name = Object.hasOwn(this.competences, competence) ? this.competences[competence]?.[1][level] : undefined;
    return name === undefined ? this.say("level", { level: String(level) }) : this.say("level_named", { level: String(level), name });
  }

  /** Return a hub's name, or its id. */
  hub(id: string): string {
    return this.known(id)?.name || id;
  }

  isInvented(hub: string): boolean {
    return this.known(hub)?.demonstration === true;
  }

  /** Return a day as it is written in the page's language, from a text that begins with it. */
  day(text: string): string {
    return dayOf(text);
  }

  /** Return why, in a sentence; a code that has none stands for itself. */
  code(code: string, values: Record<string, string> = {}): string {
    return this.wording.code(code, values);
  }

  reason(reason: Reason): string {
    return this.wording.reason(reason, (id) => this.hub(id));
  }

  private known(hub: string): KeysFile["hubs"][string] | undefined {
    const hubs = this.keys?.hubs ?? {};
    return Object.hasOwn(hubs, hub) ? hubs[hub] : undefined;
  }
}
