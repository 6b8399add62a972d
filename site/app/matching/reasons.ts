// A check in; what it is about, and what came of it and why, in the words of the page, out. As in
// generator/publish/reasons.py.
import { LOCALE, counted, figure, say } from "../words";
import type { Names } from "./names";
import type { Check } from "./values";

type Values = readonly [asked: string, found: string];

/** As in generator/units.py. */
const UNITS: Readonly<Record<string, string>> = {
  mm: "mm", mm2: "mm²", um: "µm", nm: "nm", w: "W", kw: "kW", kg: "kg", t: "t", l: "l", bar: "bar", c: "°C", deg: "°", v: "V", a: "A", mhz: "MHz", rpm: "rpm",
};

/** Return what a check is about in a word: size, material. */
export function rule({ words }: Names, check: Check): string {
  return words[`match.${check.rule}`] ?? check.rule;
}

/** Return what was asked for and what was found, as a sentence; the two alone for a reason without words. */
export function reason(names: Names, check: Check): string {
  const [asked, found] = valuesOf(names, check).map(isolated) as unknown as Values;
  const key = `match.${check.rule}.${check.reason}`;
  if (!(key in names.words)) return [asked, found].filter((one) => one !== "").join(" · ");
  return say(names.words, key, { asked, found });
}

/** Return a value so that its direction leaves that of a sentence alone which runs the other way. */
function isolated(text: string): string {
  return text !== "" && document.documentElement.dir === "rtl" ? `\u2068${text}\u2069` : text;
}

function valuesOf(names: Names, { rule, asked, found, field, reason, record = "" }: Check): Values {
  switch (rule) {
    case "process": return [names.process(asked), withCondition(names, found)];
    case "material": return [names.material(asked), names.material(found)];
    case "form": return [names.value("form", asked), names.value("form", found)];
    case "status": return [asked, names.value("machine.status", found)];
    case "access": return [asked, names.value(field === "services" ? "hub.services" : "hub.access", found)];
    case "contract": return [names.label("contract", asked), found === "" ? "" : found.split(", ").map((id) => names.label("contract", id)).join(names.words["comma"] ?? ", ")];
    case "competence": return [held(names, asked), field === "passports" ? figure(Number(found)) : held(names, found)];
    case "certification": return [asked, reason === "expired" ? day(found) : found];
    case "features": return [feature(names, asked), feature(names, found)];
    case "licence": return [asked, found || names.design(record)];
    case "operations": return [asked, names.design(record)];
    case "distance": return [kilometres(names, asked), kilometres(names, found)];
    case "capacity": return [piecesIn(names, asked), daysIn(names, found)];
    default: return [asked, found];
  }
}

/** What may do instead brings its condition along, in the registry's language. */
function withCondition(names: Names, found: string): string {
  const [, id = found, condition = ""] = /^(\S+) (\(.*\))$/s.exec(found) ?? [];
  return `${names.process(id)} ${condition}`.trim();
}

function held(names: Names, text: string): string {
  const [, id, level] = /^(.+) (\d+)$/.exec(text) ?? [];
  return id === undefined || level === undefined ? names.value("machine.use", text) : names.competence(id, level);
}

/** Return the day in "until 2026-08-01". */
export function day(text: string): string {
  const [found] = /\d{4}-\d\d-\d\d/.exec(text) ?? [];
  return found === undefined ? text : new Date(found).toLocaleDateString(LOCALE, { dateStyle: "long", timeZone: "UTC" });
}

/** Return a feature, which a check names as `nozzle_mm: 0.4`, with its unit behind the value. */
function feature({ words }: Names, text: string): string {
  const at = text.indexOf(": ");
  const [key, value] = at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 2)];
  const [, name, unit] = /^(.+)_([a-z0-9]+)$/.exec(key) ?? [];
  const mark = UNITS[unit ?? ""];
  const label = words[`feature.${key}`] ?? (mark === undefined ? key : (name ?? key)).replace(/_/g, " ");
  if (value === "true") return label;
  if (value === "false") return `${label}${words["colon"] ?? ": "}${words["no"] ?? ""}`;
  if (!/^\d+(\.\d+)?$/.test(value)) return `${label} ${value}`.trim();
  return `${label} ${figure(Number(value))} ${mark ?? ""}`.trim();
}

function kilometres({ words }: Names, text: string): string {
  const [, number] = /^(\d+(?:\.\d+)?) km$/.exec(text) ?? [];
  return number === undefined ? text : say(words, "km", { km: figure(Math.round(Number(number))) });
}

function piecesIn({ words }: Names, text: string): string {
  const [pieces, days] = text.match(/\d+/g) ?? [];
  if (pieces === undefined || days === undefined) return text;
  return say(words, "pieces_in", { pieces: counted(words, "pieces", Number(pieces)), days: counted(words, "days", Number(days)) });
}

function daysIn({ words }: Names, text: string): string {
  const [days] = text.match(/\d+/g) ?? [];
  return days === undefined ? text : counted(words, "days", Number(days));
}
