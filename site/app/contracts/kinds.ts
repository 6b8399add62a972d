// What was filled in for a parameter in; its one normal form out, or what is wrong with it. As generator/contracts/kinds.py.
import type { Json } from "../yaml";
import { cleaned, faultIn } from "./cleaning";
import { compare, digits, exact } from "./exact";
import { design, document, party, place } from "./parts";
import { shown } from "./quoted";
import { Fault, isMapping, type Parameter, type World } from "./values";

const MOST_ITEMS = 100;
const AMOUNT = /^[0-9]{1,12}(?:\.[0-9]{1,4})?$/;
const MONEY = /^([0-9.]+) ([A-Z]{3})$/;
const DAY = /^([12][0-9]{3})-([01][0-9])-([0-3][0-9])$/;
const SPAN = /^([1-9][0-9]{0,3}) (hour|day|week|month|year)s?$/;
export const ISO_SPAN = /^P(?:T([1-9][0-9]{0,3})H|([1-9][0-9]{0,3})([DWMY]))$/;
const LICENCE = /^[A-Za-z0-9.+-]{1,60}(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]{1,60}){0,5}$/;
const LARGEST = 1e12;

type Reader = (value: Json, parameter: Parameter, world: World) => Json | Fault;

/** Return the normal form of what was filled in for a parameter. */
export function read(value: Json, parameter: Parameter, world: World): Json | Fault {
  const reader = READERS[parameter.type] ?? text;
  if (!parameter.many) return reader(value, parameter, world);
  if (!Array.isArray(value)) return new Fault("list");
  if (value.length > MOST_ITEMS) return new Fault("items", { n: String(value.length) });
  const found: Json[] = [];
  for (const [at, one] of value.entries()) {
    const read = reader(one, parameter, world);
    if (read instanceof Fault) return new Fault(read.key, { ...read.values, item: String(at + 1) });
    found.push(read);
  }
  return found;
}

function text(value: Json): Json | Fault {
  if (typeof value !== "string") return new Fault("text");
  const found = cleaned(value);
  return faultIn(found) ?? found;
}

function boolean(value: Json): Json | Fault {
  return typeof value === "boolean" ? value : new Fault("boolean");
}

function number(value: Json, { minimum, maximum }: Parameter): number | Fault {
  if (typeof value !== "number" || !(Math.abs(value) <= LARGEST)) return new Fault("number");
  const own = exact(String(value));
  if (own.places > 6) return new Fault("decimals");
  if (minimum !== undefined && compare(own, exact(minimum[0])) < 0) return new Fault("number_least", { found: digits(own), least: minimum[1] });
  if (maximum !== undefined && compare(own, exact(maximum[0])) > 0) return new Fault("number_most", { found: digits(own), most: maximum[1] });
  return value + 0;
}

function whole(value: Json, parameter: Parameter): number | Fault {
  const found = number(value, parameter);
  return typeof found === "number" && !Number.isInteger(found) ? new Fault("whole") : found;
}

function quantity(value: Json, parameter: Parameter): number | Fault {
  const found = whole(value, parameter);
  return typeof found === "number" && found < 1 ? new Fault("piece", { found: String(found) }) : found;
}

function choice(value: Json, { choices = [] }: Parameter): Json | Fault {
  if (typeof value === "string" && choices.includes(value)) return value;
  const own = typeof value === "string" ? cleaned(value) : "";
  const found = typeof value === "string" && faultIn(own) === undefined ? [...own].slice(0, 60).join("") : "this";
  return new Fault("choice", { found: shown(found), choices });
}

function money(value: Json, { minimum, maximum }: Parameter, world: World): Json | Fault {
  const found = typeof value === "string" ? MONEY.exec(cleaned(value)) : null;
  if (found !== null) value = { amount: found[1] ?? "", currency: found[2] ?? "" };
  if (!isMapping(value) || Object.keys(value).sort().join() !== "amount,currency") return new Fault("money");
  const { amount = null, currency = null } = value;
  if (typeof amount !== "string" || !AMOUNT.test(amount)) return new Fault("amount");
  if (typeof currency !== "string" || !isCurrency(currency, world)) return new Fault("currency");
  const own = exact(amount);
  if (minimum !== undefined && compare(own, exact(minimum[0])) < 0) return new Fault("money_least", { least: minimum[1] });
  if (maximum !== undefined && compare(own, exact(maximum[0])) > 0) return new Fault("money_most", { most: maximum[1] });
  const written = digits(own);
  return { amount: written.includes(".") ? written.replace(/\.?0+$/, "") : written, currency };
}

function isCurrency(code: string, { common }: World): boolean {
  return /^[A-Z]{3}$/.test(code) && ` ${common.currencies} `.includes(` ${code} `);
}

function date(value: Json): Json | Fault {
  const [, year, month, day] = typeof value === "string" ? (DAY.exec(value) ?? []) : [];
  if (year === undefined) return new Fault("date");
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const isThere = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= last;
  return isThere ? value : new Fault("day");
}

const UNITS: Readonly<Record<string, string>> = { day: "D", week: "W", month: "M", year: "Y" };

function duration(value: Json): Json | Fault {
  const own = typeof value === "string" ? cleaned(value) : "";
  const [, number, unit = ""] = SPAN.exec(own) ?? [];
  if (number !== undefined) return unit === "hour" ? `PT${number}H` : `P${number}${UNITS[unit] ?? ""}`;
  return ISO_SPAN.test(own) ? own : new Fault("duration");
}

function licence(value: Json): Json | Fault {
  const own = typeof value === "string" ? cleaned(value) : "";
  return LICENCE.test(own) ? own : new Fault("licence");
}

const READERS: Readonly<Record<string, Reader>> = {
  text, boolean, integer: whole, number, quantity, choice, money, date, duration, licence, place,
  "inspection-plan": document, party: (value, _, world) => party(value, world), design: (value, _, world) => design(value, world),
};
