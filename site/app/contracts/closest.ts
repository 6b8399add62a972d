// A word and known ones in; the one that was probably meant out. As Python's difflib.get_close_matches.
const CUTOFF = 0.7;
const MOST_APART = 6;

/** Return the known word that was probably meant, or "". */
export function closest(word: string, known: readonly string[]): string {
  const wanted = [...word.toLowerCase()];
  let [best, score] = ["", 0];
  for (const name of known) {
    const chars = [...name];
    if (Math.abs(chars.length - [...word].length) > MOST_APART) continue;
    const found = chars.length + wanted.length === 0 ? 1 : (2 * common(chars, wanted)) / (chars.length + wanted.length);
    if (found >= CUTOFF && (found > score || (found === score && name > best))) [best, score] = [name, found];
  }
  return best;
}

/** Return how many characters stand in the blocks that two texts have in common, the longest first. */
function common(one: readonly string[], other: readonly string[]): number {
  const [start, at, size] = longest(one, other);
  if (size === 0) return 0;
  return size + common(one.slice(0, start), other.slice(0, at)) + common(one.slice(start + size), other.slice(at + size));
}

function longest(one: readonly string[], other: readonly string[]): [start: number, at: number, size: number] {
  let best: [number, number, number] = [0, 0, 0];
  let lengths: number[] = [];
  one.forEach((char, row) => {
    const next: number[] = [];
    other.forEach((also, column) => {
      if (also !== char) return;
      const size = (next[column] = (lengths[column - 1] ?? 0) + 1);
      if (size > best[2]) best = [row - size + 1, column - size + 1, size];
    });
    lengths = next;
  });
  return best;
}
