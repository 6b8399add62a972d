// Opening hours as somebody writes them in; what they mean, in words, or an example, below the field out.
//
// Only weeks are read here: days, spans and "off". Whatever else OpenStreetMap's syntax can say passes unread; `karakana check` reads all of it.
import { element } from "../elements";
import { say as fill, type Words } from "../words";
import type { Field } from "./field";
import { textField, type About } from "./simple";

const CODES = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const DAYS = "(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)";
const SPAN = "(?:[01]?\\d|2[0-4]):[0-5]\\d-(?:[01]?\\d|2[0-6]):[0-5]\\d\\+?";
const RULE = new RegExp(`^(?:(${DAYS}(?:-${DAYS})?(?:, ?${DAYS}(?:-${DAYS})?)*) )?(${SPAN}(?:, ?${SPAN})*|off|closed|24/7)$`);
export const EXAMPLE = "Mo-Fr 09:00-18:00; Sa 10:00-14:00";

export function hoursField(about: About, words: Words): Field {
  const field = textField(about, { example: EXAMPLE, direction: "ltr" });
  const meant = element("p", "form-meant");
  meant.setAttribute("role", "status");
  field.place.append(meant);
  const show = (): void => {
    const typed = field.read();
    const read = typeof typed === "string" ? inWords(typed, words) : "";
    meant.textContent = typed === undefined ? "" : read === "" ? fill(words, "hours_odd", { example: EXAMPLE }) : fill(words, "hours_read", { hours: read });
    meant.toggleAttribute("data-odd", typed !== undefined && read === "");
  };
  field.place.addEventListener("input", show);
  return { ...field, write: (value) => {
    field.write(value);
    show();
  } };
}

/** Return hours in words of the page's language; "" when they are no plain week. */
export function inWords(hours: string, words: Words): string {
  const rules = hours.split(";").map((rule) => RULE.exec(rule.trim()));
  if (rules.some((rule) => rule === null)) return "";
  return rules.map((rule) => `${rule?.[1] === undefined ? "" : `${days(rule[1], words)} `}${spans(rule?.[2] ?? "", words)}`).join("; ");
}

function days(text: string, words: Words): string {
  return text.replace(new RegExp(DAYS, "g"), (code) => (code === "PH" ? (words["holidays"] ?? code) : dayName(CODES.indexOf(code)))).replace(/-/g, "–").replace(/, ?/g, ", ");
}

function spans(text: string, words: Words): string {
  if (text === "off" || text === "closed") return words["closed"] ?? text;
  return text === "24/7" ? (words["whole"] ?? text) : text.replace(/-/g, "–").replace(/, ?/g, ", ");
}

function dayName(day: number): string {
  const date = new Date(Date.UTC(2024, 0, 1 + day)); // which was a Monday
  return date.toLocaleDateString(document.documentElement.lang, { weekday: "short", timeZone: "UTC" });
}
