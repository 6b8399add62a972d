// Text that somebody gave as a value in; its one normal form out, or what in it cannot stand. As generator/contracts/cleaning.py and generator/unseen.py.
import { Fault } from "./values";

const LONGEST = 2000;
const SPACE = " \\t\\r\\n\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const SPACES = new RegExp(`[${SPACE}]{2,}|[\\t\\r\\n\\u2028\\u2029]`, "g");
const ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
const JOINERS = "\u200c\u200d";
const SHAPED = /^[\u0600-\u0dff]/;
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const UNSEEN = /[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u2065\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\uffa0\ufff0-\ufff8\u{13430}-\u{1343f}\u{e0000}-\u{e0fff}]/u;
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u;
const MARKS_IN_A_ROW = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{5}/;

/** Return text on one line: NFC, with single spaces between words. */
export function cleaned(text: string): string {
  return singly(text.normalize("NFC")).replace(ENDS, "");
}

/** Return text with single spaces between words; one that holds two words together stays. */
export function singly(text: string): string {
  return text.replace(SPACES, " ");
}

/** Return what in a cleaned text cannot stand in a contract. */
export function faultIn(text: string, longest = LONGEST): Fault | undefined {
  const chars = [...text];
  if (text === "") return new Fault("empty");
  if (chars.length > longest) return new Fault("long", { n: String(chars.length), most: String(longest) });
  for (const [at, char] of chars.entries()) {
    const key = hiddenBy(char, chars[at - 1] ?? " ");
    if (key !== "") return new Fault(key, { code: codeOf(char) });
  }
  return MARKS_IN_A_ROW.test(text) ? new Fault("heaps") : undefined;
}

function hiddenBy(char: string, before: string): string {
  if (TURNING.test(char)) return "turns";
  if (JOINERS.includes(char) && SHAPED.test(before)) return "";
  return HIDDEN.test(char) || UNSEEN.test(char) || ((char.codePointAt(0) ?? 0) & 0xfffe) === 0xfffe ? "unseen" : "";
}

function codeOf(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}

/** Return how many characters a text has, as Python counts them. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
