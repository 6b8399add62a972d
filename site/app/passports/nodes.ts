// A value of JSON and its place in; the value as the form that it must have out, or a `Refused` that says why not.
// As generator/passports/nodes.py: the same codes and places.
import { faultIn } from "../contracts/cleaning";
import type { Json, Mapping } from "../yaml";

const DAY = /^[12][0-9]{3}-[01][0-9]-[0-3][0-9]$/;
const MOMENT = /^[12][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z$/;

/** Why something is not accepted: a code that programs compare, and the place in the file (a JSON Pointer). */
export interface Fault {
  readonly code: string;
  readonly place: string;
}

/** A value has not the form that it must have. */
export class Refused extends Error {
  constructor(readonly fault: Fault) {
    super(`${fault.code} ${fault.place}`);
  }
}

/** A value of JSON, and where it stands. */
export class Node {
  constructor(readonly value: Json, readonly place = "") {}

  refused(code = "term-invalid"): Refused {
    return new Refused({ code, place: this.place });
  }

  /** Return the members of an object that holds all of the first, maybe some of the second, and nothing else. */
  members(required: string, optional = ""): Members {
    if (!isObject(this.value)) throw this.refused();
    const wanted = required.split(" ");
    const known = new Set([...wanted, ...optional.split(" ")]);
    const names = Object.keys(this.value);
    if (names.some((name) => !known.has(name))) throw this.refused("term-unknown");
    if (wanted.some((name) => !names.includes(name))) throw this.refused("term-missing");
    return new Members(this.value, this.place);
  }

  items(least: number, most: number): readonly Node[] {
    if (!Array.isArray(this.value) || this.value.length < least || this.value.length > most) throw this.refused();
    return this.value.map((one, at) => new Node(one, `${this.place}/${at}`));
  }

  /** Tell whether it is a text, false, or a list of texts. */
  is(wanted: string | false | readonly string[]): boolean {
    if (typeof wanted !== "object") return this.value === wanted;
    return Array.isArray(this.value) && this.value.length === wanted.length && this.value.every((one, at) => one === wanted[at]);
  }

  /** Accept one value only. */
  exactly(wanted: string | false | readonly string[], code = "term-invalid"): void {
    if (!this.is(wanted)) throw this.refused(code);
  }

  text(): string {
    if (typeof this.value !== "string") throw this.refused();
    return this.value;
  }

  /** Return one line for people, in which everything can be seen. */
  line(most: number): string {
    const text = this.text();
    if (text !== text.trim() || faultIn(text, most) !== undefined) throw this.refused();
    return text;
  }

  /** Return the match of a text that has a form from its first to its last character. */
  formed(pattern: RegExp): RegExpExecArray {
    const found = pattern.exec(this.text());
    if (found === null) throw this.refused();
    return found;
  }

  whole(least: number, most: number): number {
    if (typeof this.value !== "number" || !Number.isInteger(this.value) || this.value < least || this.value > most) throw this.refused();
    return this.value;
  }

  /** Return a day such as 2026-11-22. */
  day(): string {
    if (!DAY.test(this.text()) || !isTime(`${this.text()}T00:00:00Z`)) throw this.refused();
    return this.text();
  }

  /** Return a moment such as 2026-11-22T10:00:00Z. */
  moment(): string {
    if (!MOMENT.test(this.text()) || !isTime(this.text())) throw this.refused();
    return this.text();
  }
}

/** The members of an object, by name. */
export class Members {
  constructor(private readonly value: Mapping, private readonly place: string) {}

  has(name: string): boolean {
    return Object.hasOwn(this.value, name);
  }

  /** Return a member that is there. */
  get(name: string): Node {
    return new Node(this.value[name] ?? null, `${this.place}/${name}`);
  }
}

/** Tell whether a value is an object. */
export function isObject(value: Json | undefined): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Return how many times JSON data is nested: 0 for a text, 1 for a list of texts. */
export function depth(value: Json): number {
  if (!Array.isArray(value) && !isObject(value)) return 0;
  return 1 + Object.values(value).reduce<number>((most, one) => Math.max(most, depth(one)), 0); // a list may be too long for arguments
}

/** Tell whether a text written as 2026-11-22T10:00:00Z is a time of the calendar. */
export function isTime(text: string): boolean {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.slice(0, -1).split(/[-T:]/).map(Number);
  const days = new Date(Date.UTC(2000, month, 0)).getUTCDate(); // of that month in a leap year
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days - (month === 2 && !isLeap ? 1 : 0)
    && hour <= 23 && minute <= 59 && second <= 59;
}
