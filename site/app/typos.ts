// A word with a slip in; the known words that may have been meant out.

/** Return whether two words are at most `limit` insertions, deletions, changes or swaps apart. */
export function isNear(word: string, other: string, limit: number): boolean {
  if (Math.abs(word.length - other.length) > limit) return false;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= word.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= other.length; j++) {
      const change = word[i - 1] === other[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return false;
    before = last;
    last = row;
  }
  return (last[other.length] ?? limit + 1) <= limit;
}

/** Return the known words that a word may stand for: one slip from 4 letters on, two from 8 on. */
export function meant(word: string, known: Iterable<string>): string[] {
  const limit = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  if (limit === 0) return [];
  const found: string[] = [];
  for (const other of known) {
    if (other[0] === word[0] || other[1] === word[0] || other[0] === word[1]) {
      if (isNear(word, other, limit) || isNear(word, other.slice(0, word.length), limit)) found.push(other);
    }
    if (found.length >= 12) break;
  }
  return found;
}
