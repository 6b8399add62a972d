// Interface words that the page carries in `data-words`; plurals by the rules of the page's language.

export type Words = Record<string, string>;

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
  const form = `${key}.${new Intl.PluralRules(document.documentElement.lang).select(count)}`;
  return say(words, form in words ? form : `${key}.other`, { ...values, count: figure(count) });
}

/** Return a number as it is written in the page's language. */
export function figure(count: number): string {
  return count.toLocaleString(document.documentElement.lang);
}

/** Return kilometres as it is written in the page's language: whole ones, below one "<1". */
export function kilometres(km: number): string {
  return km < 1 ? "<1" : figure(Math.round(km));
}
