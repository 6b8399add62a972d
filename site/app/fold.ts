// Text in, its normal form out: no accents, no case, words parted by single spaces. The same as generator/words.py.
const LATIN: Record<string, string> = {
  ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ɛ: "e", ɔ: "o",
};
const SLUG_AT_MOST = 64;
const ASCII = /^[\x00-\x7f]*$/;

/** Return text for comparing; words are parted by single spaces. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (ASCII.test(lower)) return lower.replace(/[^a-z0-9]+/g, " ").trim();
  const bare = lower.normalize("NFKD").replace(/\p{M}+/gu, "");
  const latin = bare.replace(/[ßøæœłđðþıɛɔ]/g, (char) => LATIN[char] ?? char);
  return latin.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** Return the id that follows from a name. */
export function slugOf(name: string): string {
  return fold(name).replace(/[^a-z0-9]+/g, "-").replace(/^-/, "").slice(0, SLUG_AT_MOST).replace(/-$/, "");
}

/** Return the words of a query. */
export function wordsOf(query: string): string[] {
  return fold(query).split(" ").filter((word) => word !== "");
}
