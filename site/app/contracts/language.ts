// A value in its normal form and what is known of a language in; the value as a contract of that language prints it out.
// As generator/contracts/printing.py and generator/words.py.
import type { Json, Mapping } from "../yaml";
import { exact, type Exact } from "./exact";
import { ISO_SPAN } from "./kinds";
import { isMapping, items, type Common, type Parameter } from "./values";

/** As generator/publish/contract_form_words.py writes it. */
export interface Facts {
  readonly words: Readonly<Record<string, string>> & { readonly durations: Readonly<Record<string, Readonly<Record<string, string>>>> };
  readonly countries: Readonly<Record<string, string>>;
  readonly territories: Readonly<Record<string, string>>;
  readonly languages: Readonly<Record<string, string>>;
  readonly comma: string;
  readonly list: readonly [two: string, start: string, middle: string, end: string];
  readonly minus: string;
  readonly group: string;
  readonly point: string;
  readonly months: readonly string[];
  readonly days: Readonly<Record<string, string>>;
}

const UNITS: Readonly<Record<string, string>> = { D: "day", W: "week", M: "month", Y: "year" };
const ASIDE = ["hub", "id", "url"];

/** What prints values in one language. */
export class Language {
  private readonly plurals: Intl.PluralRules;

  constructor(readonly code: string, private readonly facts: Facts, private readonly common: Pick<Common, "places">) {
    this.plurals = new Intl.PluralRules(code === "pt" ? "pt-PT" : code);
  }

  /** Return a word or sentence with values in it. */
  word(name: string, values: Readonly<Record<string, string>> = {}): string {
    return filledIn(this.facts.words[name] ?? "", values);
  }

  /** Return how each item of a parameter's value is printed; a single value is the only item. */
  printed(value: Json, parameter: Parameter): string[] {
    const all = parameter.many ? items(value) : [value];
    const { labels } = parameter;
    if (labels !== undefined) return all.map((one) => labels[String(one)]?.[this.code] ?? String(one));
    return all.map((one) => this.one(one, parameter.type));
  }

  /** Return how a value is printed where it stands alone: countries by name. */
  onCover(value: Json, parameter: Parameter): string[] {
    if (!parameter.countries) return this.printed(value, parameter);
    return (parameter.many ? items(value) : [value]).map((code) => `${this.country(String(code))} (${String(code)})`);
  }

  isCountry(code: string): boolean {
    return Object.hasOwn(this.facts.countries, code);
  }

  country(code: string): string {
    const { countries, territories } = this.facts;
    return (this.isCountry(code) ? countries[code] : Object.hasOwn(territories, code) ? territories[code] : undefined) ?? code.toUpperCase();
  }

  language(code: string): string {
    return this.facts.languages[code] ?? code;
  }

  joined(all: readonly string[]): string {
    return all.join(this.facts.comma);
  }

  /** Return `A, B and C`. */
  sequence(all: readonly string[]): string {
    const [two, start, middle, end] = this.facts.list;
    if (all.length === 2) return all.join(two);
    return all.map((one, at) => (at === 0 ? one : `${at === all.length - 1 ? end : at === 1 ? start : middle}${one}`)).join("");
  }

  private one(value: Json, type: string): string {
    if (typeof value === "boolean") return this.word(value ? "yes" : "no");
    if (typeof value === "number") return this.number(exact(String(value)), 0);
    if (type === "money" && isMapping(value)) return this.money(String(value["amount"]), String(value["currency"]));
    if (type === "date") return this.day(String(value));
    if (type === "duration") return this.duration(String(value));
    return isMapping(value) ? this.parts(value) : String(value);
  }

  private number({ units, places }: Exact, least: number): string {
    const { minus, group, point } = this.facts;
    const text = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
    const part = text.slice(text.length - places).replace(/0+$/, "").padEnd(least, "0");
    const whole = text.slice(0, text.length - places).replace(/\B(?=(?:\d{3})+$)/g, group);
    return `${units < 0n ? minus : ""}${whole}${places > 0 || least > 0 ? (part === "" ? "" : point + part) : ""}`;
  }

  private money(amount: string, currency: string): string {
    const least = amount.includes(".") ? (this.common.places[currency] ?? 2) : 0;
    return `${this.number(exact(amount), least)}\u00a0${currency}`;
  }

  private day(text: string): string {
    const { months, days } = this.facts;
    const [year = "", month = "", day = ""] = text.split("-");
    const pattern = days[`${month}-${day}`] ?? months[Number(month) - 1] ?? "";
    return filledIn(pattern, { d: String(Number(day)), y: year });
  }

  private duration(text: string): string {
    const [, hours, other = "", unit = ""] = ISO_SPAN.exec(text) ?? [];
    const number = Number(hours ?? other);
    const forms = this.facts.words.durations[hours === undefined ? (UNITS[unit] ?? "") : "hour"] ?? {};
    return filledIn(forms[this.plurals.select(number)] ?? forms["other"] ?? "", { n: this.number(exact(String(number)), 0) });
  }

  /** Return the parts of a value one after the other, the country by its name. */
  private parts(value: Mapping): string {
    const own = Object.entries(value).filter(([name]) => !ASIDE.includes(name)).map(([name, text]) => this.part(name, String(text)));
    const aside = ASIDE.filter((name) => name in value).map((name) => String(value[name]));
    if (aside.length > 0) own[0] = `${own[0] ?? ""} (${this.joined(aside)})`;
    return this.joined(own);
  }

  private part(name: string, text: string): string {
    if (name === "country") return this.country(text);
    if (name === "version") return this.word("version", { version: text });
    if (name === "key") return this.word("key", { key: text });
    return name === "sha256" ? this.word("checksum", { sum: text }) : text;
  }
}

function filledIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
