// Interface words that the page carries in `data-words`; plurals by the rules of the page's language.

export type Words = Record<string, string>;

/** Return the words that an element carries. */
export function wordsFrom(carrier: HTMLElement): Words {
  return JSON.parse(carrier.dataset["words"] ?? "{}") as Words;
}

/** Return the form of a text for a number: `found.one`, `found.other` and so on. */
export function counted(words: Words, key: string, count: number): string {
  const form = new Intl.PluralRules(document.documentElement.lang).select(count);
  const text = words[`${key}.${form}`] ?? words[`${key}.other`] ?? "";
  return text.replace("{count}", count.toLocaleString(document.documentElement.lang));
}
