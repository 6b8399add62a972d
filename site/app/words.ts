// Interface words that the page carries in `data-words`; plurals by the rules of the page's language.

export type Words = Record<string, string>;

/** The page's language for `Intl`, whose bare `pt` is Brazilian; as in generator/words.py. */
export const LOCALE = document.documentElement.lang === "pt" ? "pt-PT" : document.documentElement.lang;

/** Return the words that an element carries. */
export function wordsFrom(carrier: HTMLElement): Words {
  return JSON.parse(carrier.dataset["words"] ?? "{}") as Words;
}

/** Return a text with its placeholders filled; "" for a key that is not there. */
export function say(words: Words, key: string, values: Record<string, string> = {}): string {
  return (words[key] ?? "").replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Return the form of a text for a number: `found.one`, `found.other` and so on. */
export function counted(words: Words, key: string, count: number, values: Record<string, string> = {}): string {
  const form = `${key}.${new Intl.PluralRules(LOCALE).select(count)}`;
  return say(words, form in words ? form : `${key}.other`, { ...values, count: figure(count) });
}

/** Return a number as it is written in the page's language. */
export function figure(count: number): string {
  return count.toLocaleString(LOCALE);
}

/** Return kilometres as it is written in the page's language: whole ones, below one "<1". */
export function kilometres(km: number): string {
  return km < 1 ? "<1" : figure(Math.round(km));
}

/** Return which words of a query were left out; "" for none. */
export function leftOut(words: Words, left: readonly string[]): string {
  return left.length === 0 ? "" : say(words, "left_out", { words: left.map((word) => `“${word}”`).join(", ") });
}
