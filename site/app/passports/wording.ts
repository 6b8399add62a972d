// The site's root in; sentences for codes and names of competences in the page's language, fetched, out.
import { load } from "../data";
import { LOCALE, say, type Words } from "../words";
import type { Reason } from "./decision";

/** `data/passports/words.<language>.json`: the names of levels stand by their number. */
export interface WordsFile {
  readonly words: Words;
  readonly competences: Readonly<Record<string, readonly [name: string, levels: Readonly<Record<string, string>>]>>;
}

/** Fetch the words. Rejects when they do not arrive. */
export async function wordsOfPassports(root: string): Promise<Wording> {
  return new Wording(await load<WordsFile>(`${root}data/passports/words.${document.documentElement.lang}.json`));
}

export class Wording {
  constructor(private readonly file: WordsFile) {}

  say(key: string, values: Record<string, string> = {}): string {
    return say(this.file.words, key, values);
  }

  /** Return a competence's name; its id when the registry does not have it. */
  competence(id: string): string {
    return (Object.hasOwn(this.file.competences, id) ? this.file.competences[id]?.[0] : undefined) ?? id;
  }

  /** Return why, in a sentence; `hub` is what an issuer is called. */
  reason({ code, competence, asked, held, issuer, until }: Reason, hub: (id: string) => string): string {
    return this.code(code, { competence: this.competence(competence), asked: String(asked), held: String(held), issuer: hub(issuer), until: dayOf(until) });
  }

  /** Return the sentence of a code, which stands for itself when it has none. */
  code(code: string, values: Record<string, string> = {}): string {
    return this.say(`code.${code}`, values) || code;
  }
}

/** Return a day as it is written in the page's language, from a text that begins with it; "…" for none. */
export function dayOf(text: string): string {
  return text === "" ? "…" : new Date(`${text.slice(0, 10)}T00:00:00Z`).toLocaleDateString(LOCALE, { dateStyle: "medium", timeZone: "UTC" });
}
