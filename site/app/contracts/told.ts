// A problem in; a sentence of the page's language that says it and the way out.
import { say, type Words } from "../words";
import { cleaned } from "./cleaning";
import { own } from "./fields";
import { shown } from "./quoted";
import type { Problem, Template } from "./values";

// Problems that one sentence says: they have the same way out in a form.
const SAME: Readonly<Record<string, string>> = {
  money: "amount", boolean: "choose", choice: "choose", day: "date", lacking: "missing", list: "missing", law_lacking: "law", law_unknown: "law",
  number_least: "least", money_least: "least", number_most: "most", money_most: "most", no_hub: "not_known", no_design: "not_known",
  no_parts: "lacks", stages: "order", payments: "one_currency", sum_currency: "one_currency", piece: "whole",
};

export function told({ parameter, key, values }: Problem, template: Template, words: Words): string {
  const labels = new Map(template.parameters.map((one) => [one.name, own(one.label)]));
  const labelled = (name: string): string => labels.get(name) ?? name;
  const inner = key.startsWith("part_") ? key.slice("part_".length) : key;
  const name = String(values["name"] ?? "");
  const texts = Object.entries(values).map(([part, value]) => [part, typeof value === "string" ? value : value.map(labelled).join(", ")] as const);
  const wanted = { ...Object.fromEntries(texts), name: key === "unknown" ? shown(cleaned(parameter)) : labelled(name) };
  const named = key === "unknown" && values["guess"] !== "" ? "meant" : (SAME[inner] ?? inner);
  const kind = `wrong.${named}.${String(values["kind"] ?? "")}`;
  const text = say(words, kind in words ? kind : `wrong.${named}` in words ? `wrong.${named}` : "wrong.other", wanted);
  const whole = inner === key ? text : say(words, "wrong.part", { part: words[`part.${name}`] ?? name, text });
  return "item" in values ? say(words, "wrong.item", { item: String(values["item"]), text: whole }) : whole;
}
