// A template, values in their normal form and a language in; the cover page's lines and those who sign out. As generator/contracts/cover.py.
import type { Json, Mapping } from "../yaml";
import type { Language } from "./language";
import { isMapping, items, type Parameter, type Party, type Template, type Variable } from "./values";

/** Return what was filled in, in the template's order; an item for an item of another list stands with that. */
export function variables({ parameters }: Template, values: Mapping, language: Language): Variable[] {
  return parameters.flatMap((one) => {
    const value = values[one.name];
    if (value === undefined) return [];
    const shown = language.onCover(value, one);
    const other = parameters.find(({ name }) => name === one.per);
    const others = other === undefined ? undefined : values[other.name];
    const label = one.label[language.code] ?? "";
    if (other === undefined || others === undefined || items(others).length !== shown.length) return [{ label, printed: shown }];
    const names = namesOf(others, other, language);
    return [{ label, printed: shown.map((text, at) => `${names[at] ?? ""} – ${text}`) }];
  });
}

function namesOf(value: Json, parameter: Parameter, language: Language): string[] {
  const all = items(value);
  return language.onCover(value, parameter).map((text, at) => {
    const item = all[at];
    return isMapping(item) && typeof item["name"] === "string" ? item["name"] : text;
  });
}

/** Return who signs: each party once, under all of its roles; what has no role stands under its parameter. */
export function parties({ parameters, roles }: Template, values: Mapping, language: Language): Party[] {
  const held = new Map<string, Set<string>>();
  for (const one of parameters) {
    const value = values[one.name];
    if (one.type !== "party" || value === undefined) continue;
    const label = roles[one.role ?? ""]?.[language.code] ?? one.label[language.code] ?? "";
    for (const text of language.printed(value, one)) held.set(text, (held.get(text) ?? new Set()).add(label));
  }
  return [...held].map(([printed, labels]) => ({ role: language.joined([...labels]), printed }));
}
