// Text in, its normal form out: no accents, no case, words parted by single spaces. The same as generator/words.py.
const LATIN: Record<string, string> = {
  ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ɛ: "e", ɔ: "o",
};

/** Return text for comparing; words are parted by single spaces. */
export function fold(text: string): string {
  const lower = text.toLowerCase().replace(/[ßøæœłđðþıɛɔ]/g, (char) => LATIN[char] ?? char);
  return lower.normalize("NFKD").replace(/\p{M}+/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** Return the words of a query. */
export function wordsOf(query: string): string[] {
  return fold(query).split(" ").filter((word) => word !== "");
}
