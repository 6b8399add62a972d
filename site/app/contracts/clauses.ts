// A clause's tree and the values that it may print in; its paragraphs and lists out. As generator/contracts/templates.py.
import { lengthOf, singly } from "./cleaning";
import type { Language } from "./language";
import type { Block, Nodes, Shape } from "./values";

export const LONGEST_WRITTEN = 1_000_000;
export const NO = "no";
/** A mark, `false`, or the marks of a list. */
export type Given = string | false | readonly string[];

const MARK = /\ue000([^\ue001]*)\ue001/g;
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
const SPACES = new RegExp(`[${SPACE}]+`);
const LINES = /\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/;

export class Missing extends Error {
  constructor(readonly value: string) {
    super(value);
  }
}

export class TooLong extends Error {}

export function mark(name: string): string {
  return `\ue000${name}\ue001`;
}

export function countryOf(name: string): string {
  return `country:${name}`;
}

/** Return a text with marks in it. Throws `Missing` and `TooLong`. */
export function rendered(nodes: Nodes, given: ReadonlyMap<string, Given>, language: Language): string {
  let length = 0;
  const add = (text: string): string => {
    length += lengthOf(text);
    if (length > LONGEST_WRITTEN) throw new TooLong();
    return text;
  };
  const walk = (all: Nodes, known: ReadonlyMap<string, Given>): string => all.map((node) => {
    if (typeof node === "string") return add(node);
    if (node[0] === "value") return add(filtered(node[1], node[2], known, language));
    if (node[0] === "for") return listOf(node[2], known).map((item) => walk(node[3], new Map([...known, [node[1], item]]))).join("");
    return isThere(known.get(node[1])) === (node[0] === "if") ? walk(node[2], known) : "";
  }).join("");
  return walk(nodes, given);
}

function isThere(value: Given | undefined): boolean {
  return value !== undefined && value !== false && value.length > 0;
}

function wanted(name: string, known: ReadonlyMap<string, Given>): Given {
  const value = known.get(name);
  if (value === undefined) throw new Missing(name);
  return value;
}

function listOf(name: string, known: ReadonlyMap<string, Given>): readonly string[] {
  const value = wanted(name, known);
  return typeof value === "string" ? [...value] : value === false ? [] : value;
}

function filtered(name: string, filter: string, known: ReadonlyMap<string, Given>, language: Language): string {
  const value = wanted(name, known);
  const isList = Array.isArray(value);
  if (filter === "count") return isList ? String(value.length) : "1";
  const shown = isList ? (filter === "list" ? language.sequence(value) : value.join(", ")) : value === false ? mark(NO) : String(value);
  return filter === "country" ? shown.replace(MARK, (_, found: string) => mark(countryOf(found))) : shown;
}

/** Return a rendered text as paragraphs and lists, each mark replaced by its value. */
export function blocks(text: string, values: ReadonlyMap<string, string>): Block[] {
  return text.split(/\n[ \t]*\n/).flatMap((part) => {
    const lines = part.split(LINES).map((line) => singly(line).replace(ENDS, "")).filter((line) => line !== "");
    return grouped(lines).map(({ shape, lines }) => ({ shape, lines: (shape === "paragraph" ? [lines.join(" ")] : lines).map((line) => inserted(line, values)) }));
  });
}

function grouped(lines: readonly string[]): { shape: Shape; lines: string[] }[] {
  const groups: { shape: Shape; lines: string[] }[] = [];
  for (const line of lines) {
    const [start = ""] = /^(?:[0-9]+\.|[-*])(?: |$)/.exec(line) ?? [];
    const shape: Shape = start === "" ? "paragraph" : /[0-9]/.test(start) ? "numbers" : "bullets";
    if (groups[groups.length - 1]?.shape !== shape) groups.push({ shape, lines: [] });
    groups[groups.length - 1]?.lines.push(start === "" ? line : line.slice(start.length).replace(ENDS, ""));
  }
  return groups;
}

/** Return a rendered text with each mark replaced by its value. Throws `TooLong`. */
export function inserted(text: string, values: ReadonlyMap<string, string>): string {
  const filled = text.replace(MARK, (_, name: string) => values.get(name) ?? "");
  const marks = [...text.matchAll(MARK)].reduce((sum, [whole]) => sum + whole.length, 0);
  if (filled.length > LONGEST_WRITTEN / 2 && lengthOf(filled) + marks > LONGEST_WRITTEN) throw new TooLong();
  return filled;
}

/** Return a text with single spaces between its words. */
export function spaced(text: string): string {
  return text.split(SPACES).filter((word) => word !== "").join(" ");
}

/** Return the parameters that a text uses; names that a `for` introduces are its own. */
export function namesIn(nodes: Nodes, own: readonly string[] = []): string[] {
  return nodes.flatMap((node) => {
    if (typeof node === "string") return [];
    const name = node[0] === "for" ? node[2] : node[1];
    const inner = node[0] === "value" ? [] : node[0] === "for" ? namesIn(node[3], [...own, node[1]]) : namesIn(node[2], own);
    return own.includes(name) ? inner : [name, ...inner];
  });
}
