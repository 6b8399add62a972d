// The words of a query in; which of them stand for nothing by themselves, such as "near", "the" and "200 pieces", out.

/** Return for each word whether it is idle, or a number before such a word; none is when all would be. */
export function idle(words: readonly string[], known: ReadonlySet<string>): boolean[] {
  const found = words.map((word) => known.has(word));
  for (let at = words.length - 2; at >= 0; at--) found[at] ||= found[at + 1] === true && /^\p{N}+$/u.test(words[at] ?? "");
  return found.includes(false) ? found : found.map(() => false);
}

/** Return an idle word as it is looked for: whole, so that "in" does not stand for "industry". */
export function whole(word: string): string {
  return `${word} `;
}
