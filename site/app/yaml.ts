// A record's plain data and the comments of its file in; its canonical YAML out, byte for byte as generator/canonical.py writes it.
import { NO_COMMENTS, placeOf, type Comments } from "./comments";
import { propertiesAt, type Keys, type Schemas } from "./forms/schema";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Mapping = { [key: string]: Json };

// What Python calls white space: not all of it is for JavaScript, and the other way round.
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const HIDDEN = "\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff";
const SAFE = new RegExp(`^[^${SPACE}${HIDDEN}\\-?:,[\\]{}#&*!|>'"%@\`=~<][^${HIDDEN}]*$`, "u");
// What YAML 1.1 readers take for something else than text. Python's "i" is dotless and dotted too when case is ignored.
const AMBIGUOUS =
  /^(?:y|n|yes|no|on|off|true|false|null|[-+]?\.?(?:nan|[iıİ]nf)|[-+]?\.?[0-9][0-9_,.:]*(?:e[-+]?[0-9]+)?|0x[0-9a-f_]+|0o?[0-7_]+|0b[01_]+)$/iu;
const ESCAPED = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/gu;
const LEADING_SPACE = new RegExp(`^[${SPACE}]`);
const TRAILING_SPACE = new RegExp(`[${SPACE}]$`);
const ONLY_SPACE = new RegExp(`^[${SPACE}]*$`);

/** Return the canonical text of a record of a kind. */
export function write(schemas: Schemas, kind: string, data: Mapping, comments: Comments = NO_COMMENTS): string {
  const lines = mapping({ schemas, kind, comments }, data, [], "");
  return `${[...comments.first, ...(lines.length > 0 ? lines : ["{}"]), ...comments.last].join("\n")}\n`;
}

interface Place {
  readonly schemas: Schemas;
  readonly kind: string;
  readonly comments: Comments;
}

function mapping(place: Place, data: Mapping, keys: Keys, indent: string): string[] {
  const known = Object.keys(propertiesAt(place.schemas, place.kind, keys));
  const rank = new Map(known.map((name, at) => [name, at]));
  const rankOf = (name: string): number => rank.get(name) ?? known.length;
  const names = Object.keys(data).sort((one, other) => rankOf(one) - rankOf(other));
  return names.flatMap((name) => entry(place, `${scalar(name)}:`, data[name] ?? null, [...keys, name], indent));
}

function sequence(place: Place, data: readonly Json[], keys: Keys, indent: string): string[] {
  return data.flatMap((value, at) => {
    if (!isFilled(value)) return entry(place, "-", value, [...keys, at], indent);
    const own = [...keys, at];
    const tail = place.comments.after.get(placeOf(own))?.trim() ?? "";
    const lines = mapping(place, value, own, `${indent}  `);
    const first = lines.findIndex((line) => !line.trimStart().startsWith("#"));
    const above = lines.slice(0, first).map((line) => indent + line.trimStart());
    const head = `${indent}- ${(lines[first] ?? "").slice(indent.length + 2)}`;
    return [...before(place, own, indent), ...(tail === "" ? [] : [indent + tail]), ...above, head, ...lines.slice(first + 1)];
  });
}

/** Return the comments above an entry. */
function before({ comments }: Place, keys: Keys, indent: string): string[] {
  return (comments.before.get(placeOf(keys)) ?? []).map((line) => (line === "" ? "" : indent + line));
}

function entry(place: Place, lead: string, value: Json, keys: Keys, indent: string): string[] {
  const above = before(place, keys, indent);
  const tail = place.comments.after.get(placeOf(keys)) ?? "";
  if (isFilled(value)) return [...above, `${indent}${lead}${tail}`, ...mapping(place, value, keys, `${indent}  `)];
  if (Array.isArray(value) && value.length > 0 && !fitsLine(place, value, keys)) {
    return [...above, `${indent}${lead}${tail}`, ...sequence(place, value, keys, `${indent}  `)];
  }
  if (typeof value === "string" && value.includes("\n") && fitsBlock(value)) {
    const lines = withoutLastBreak(value).split("\n");
    return [...above, `${indent}${lead} |${value.endsWith("\n") ? "" : "-"}${tail}`, ...lines.map((line) => (line === "" ? "" : `${indent}  ${line}`))];
  }
  return [...above, `${indent}${lead} ${scalar(value)}${tail}`];
}

/** Return whether a list is written in one line: numbers, none of which has a comment of its own. */
function fitsLine({ comments }: Place, value: readonly Json[], keys: Keys): boolean {
  const isCommented = (at: number): boolean => comments.before.has(placeOf([...keys, at])) || comments.after.has(placeOf([...keys, at]));
  return value.every((item, at) => typeof item === "number" && !isCommented(at));
}

function isFilled(value: Json): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

/** Return whether a text of several lines reads back the same from a literal block. */
function fitsBlock(text: string): boolean {
  const lines = withoutLastBreak(text).split("\n");
  const [first = ""] = lines;
  return !ONLY_SPACE.test(first) && !LEADING_SPACE.test(first) && !lines.some((line) => TRAILING_SPACE.test(line)) && lines[lines.length - 1] !== "";
}

function withoutLastBreak(text: string): string {
  return text.endsWith("\n") ? text.slice(0, -1) : text;
}

/** Return a scalar, an empty collection or a list of numbers on one line. */
export function scalar(value: Json): string {
  if (typeof value === "string") return isPlain(value) ? value : quoted(value);
  if (typeof value === "number") return figure(value);
  if (Array.isArray(value)) return `[${value.map(scalar).join(", ")}]`;
  return JSON.stringify(value);
}

/** Return a number as Python's `repr` writes it: the same shortest digits, an exponent from other sizes on. */
function figure(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e-4 || value === 0) return String(value);
  const [digits = "", exponent = ""] = value.toExponential().split("e-");
  return `${digits}e-${exponent.padStart(2, "0")}`;
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(ESCAPED, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function isPlain(text: string): boolean {
  return SAFE.test(text) && !AMBIGUOUS.test(text) && !text.includes(": ") && !text.includes(" #") && !/[: ]$/.test(text) && !text.includes("\t");
}
