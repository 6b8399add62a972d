// Text in, its normal form out: no accents, no case, words parted by single spaces. The same as generator/words.py.
const LATIN: Record<string, string> = {
  ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ɛ: "e", ɔ: "o",
};
const ASCII = /^[\x00-\x7f]*$/;

/** Return text for comparing; words are parted by single spaces. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (ASCII.test(lower)) return lower.replace(/[^a-z0-9]+/g, " ").trim();
  const latin = lower.replace(/[ßøæœłđðþıɛɔ]/g, (char) => LATIN[char] ?? char);
  return latin.normalize("NFKD").replace(/\p{M}+/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** Return the words of a query. */
export function wordsOf(query: string): string[] {
  return fold(query).split(" ").filter((word) => word !== "");
}
