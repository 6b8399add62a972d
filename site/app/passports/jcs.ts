// The bytes of a file in; JSON that every reader reads alike out (I-JSON, RFC 7493), and its canonical bytes (RFC 8785).
// As generator/signatures/jcs.py. JSON.parse will not do: of a name that stands twice it keeps the last in silence.
import { canonical } from "../contracts/manifest";
import type { Json } from "../yaml";

const LITERALS: Readonly<Record<string, Json>> = { true: true, false: false, null: null };
const SPACE = /[ \t\n\r]*/y;
const WORD = /true|false|null/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const TEXT = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const HALF = /\p{Surrogate}/u; // with `u` a pair is one character, so this is a half alone

/** The bytes are no JSON that two readers would read alike. */
export class ReadError extends Error {}

/** Return JSON data from its bytes; raise `ReadError` when it is not strict, longer or deeper than the limits. */
export function read(source: Uint8Array, bytes: number, depth: number): Json {
  if (source.length > bytes) throw new ReadError(`longer than ${bytes} bytes`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(source);
  } catch {
    throw new ReadError("not UTF-8");
  }
  return new Reader(text, depth).whole();
}

/** Return the canonical bytes of JSON data. */
export function canonicalBytes(value: Json): Uint8Array {
  return new TextEncoder().encode(canonical(value));
}

/** Return the SHA-256 of the canonical bytes. */
export async function digest(value: Json): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(canonicalBytes(value))));
}

class Reader {
  private at = 0;

  constructor(private readonly text: string, private readonly limit: number) {}

  whole(): Json {
    const found = this.value(0);
    this.matched(SPACE);
    if (this.at < this.text.length) throw new ReadError(`no JSON: more follows at ${this.at}`);
    return found;
  }

  private value(depth: number): Json {
    this.matched(SPACE);
    const first = this.text[this.at];
    if (depth > this.limit) throw new ReadError("nested too deeply");
    if (first === "{") return this.mapping(depth + 1);
    if (first === "[") return this.list(depth + 1);
    if (first === '"') return this.string();
    const word = this.matched(WORD);
    return word === null ? this.number() : LITERALS[word[0]] ?? null;
  }

  private mapping(depth: number): Json {
    const found = new Map<string, Json>();
    for (let has = this.opened("}"); has; has = this.goesOn("}")) {
      this.matched(SPACE);
      const name = this.string();
      if (found.has(name)) throw new ReadError(`the name \`${name}\` stands twice`);
      this.matched(SPACE);
      this.expected(":");
      found.set(name, this.value(depth));
    }
    return Object.fromEntries(found); // never by assignment: `__proto__` is a name like any other
  }

  private list(depth: number): Json {
    const found: Json[] = [];
    for (let has = this.opened("]"); has; has = this.goesOn("]")) found.push(this.value(depth));
    return found;
  }

  /** Step over what opens; tell whether anything is inside, else step over what closes. */
  private opened(close: string): boolean {
    this.at += 1;
    this.matched(SPACE);
    if (this.text[this.at] !== close) return true;
    this.at += 1;
    return false;
  }

  private goesOn(close: string): boolean {
    this.matched(SPACE);
    if (this.text[this.at] === ",") {
      this.at += 1;
      return true;
    }
    this.expected(close);
    return false;
  }

  private string(): string {
    const found = this.matched(TEXT);
    if (found === null) throw new ReadError(`no JSON: no text at ${this.at}`);
    const text = JSON.parse(found[0]) as string;
    if (HALF.test(text)) throw new ReadError("no JSON that can be signed: half a character");
    return text;
  }

  private number(): Json {
    const found = this.matched(NUMBER);
    if (found === null) throw new ReadError(`no JSON: no value at ${this.at}`);
    const number = Number(found[0]);
    const isReal = (found[1] ?? found[2]) !== undefined;
    if (isReal ? !Number.isFinite(number) : !Number.isSafeInteger(number)) {
      throw new ReadError("no JSON that can be signed: a number that a double cannot hold");
    }
    return number;
  }

  private expected(char: string): void {
    if (this.text[this.at] !== char) throw new ReadError(`no JSON: no ${char} at ${this.at}`);
    this.at += 1;
  }

  private matched(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at = pattern.lastIndex;
    return found;
  }
}
