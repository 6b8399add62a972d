// Values as a manifest has them in; lines of text, words, numbers and mappings out.
import { general } from "../matching/numbers";

export type Data = Readonly<Record<string, unknown>>;

const NOTHING = new Set(["-", "--", "?", "n/a", "na", "nan", "nil", "none", "null", "unknown", "tbd", "undefined"]);

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Return text as one line; "" for what stands for nothing. */
export function line(value: unknown): string {
  if (typeof value === "number") return general(value);
  const found = typeof value === "string" ? value.replace(INVISIBLE, "").replace(/\s+/g, " ").trim() : "";
  return NOTHING.has(found.toLowerCase()) ? "" : found;
}

/** Return the words of a list, however it is written. */
export function items(value: unknown): string[] {
  const list = Array.isArray(value) ? value : line(value).split(/[;,|]/);
  return list.map(line).filter((one) => one !== "");
}

export function number(value: unknown): number | undefined {
  const found = typeof value === "string" && /^[-+]?[\d.,]+$/.test(value.trim()) ? Number(value.trim().replace(",", ".")) : value;
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}

export function isMapping(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Return a mapping; {} for anything else. */
export function mapping(value: unknown): Data {
  return isMapping(value) ? value : {};
}

/** Return data with the keys of the standard, which Open Hardware Manager writes with underscores. */
export function hyphened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hyphened);
  if (!isMapping(value)) return value;
  // The key as it is wins over its other spelling, wherever it stands.
  const both = Object.entries(value).sort(([one], [other]) => Number(other.includes("_")) - Number(one.includes("_")));
  return Object.fromEntries(both.map(([key, inner]) => [key.replaceAll("_", "-"), hyphened(inner)]));
}
