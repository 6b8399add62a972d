// A template's parameters in; a field for each, with its label and explanation in the page's language, out.
import { countryName } from "../forms/countries";
import type { Field } from "../forms/field";
import type { About } from "../forms/simple";
import type { Words } from "../words";
import { day, duration, line, lines, money, number, oneOf, yesOrNo } from "./controls";
import { ListField } from "./list-field";
import { PartsField } from "./parts-field";
import type { Shelf } from "./shelf-field";
import type { Parameter, Texts } from "./values";

export interface Workshop {
  readonly words: Words;
  readonly countries: readonly string[];
  readonly hubs: Shelf;
  readonly designs: Shelf;
  readonly usual: { currency: string };
}

/** Return a text in the page's language, else in English, else in any. */
export function own(texts: Texts | undefined): string {
  return texts?.[document.documentElement.lang] ?? texts?.["en"] ?? Object.values(texts ?? {})[0] ?? "";
}

export function fieldFor(one: Parameter, shop: Workshop): Field {
  const about = { label: own(one.label), hint: own(one.about), mark: one.optional ? (shop.words["optional"] ?? "") : "" };
  const field = one.many ? new ListField(about, shop.words, () => item(one, { label: about.label, hint: "" }, shop)) : item(one, about, shop);
  // A template need not speak the page's language.
  for (const text of field.place.querySelectorAll<HTMLElement>(":scope > .form-label, :scope > .form-hint")) text.dir = "auto";
  return field;
}

function item(one: Parameter, about: About, shop: Workshop): Field {
  const { words, countries } = shop;
  if (one.choices !== undefined) return oneOf(about, words, one.choices.map((id) => [id, one.labels === undefined && one.countries ? countryName(id) : own(one.labels?.[id]) || id]));
  switch (one.type) {
    case "boolean": return yesOrNo(about, words);
    case "integer": case "number": case "quantity": return number(about);
    case "money": return money(about, words, shop.usual);
    case "date": return day(about);
    case "duration": return duration(about, words);
    case "licence": return line(about, "ltr", "CERN-OHL-S-2.0");
    case "party": return new PartsField(about, words, "party", countries, shop.hubs);
    case "design": return new PartsField(about, words, "design", countries, shop.designs);
    case "place": return new PartsField(about, words, "place", countries);
    case "inspection-plan": return new PartsField(about, words, "document", countries);
    default: return one.many || one.optional ? lines(about) : line(about);
  }
}
