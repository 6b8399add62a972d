// A template, values for its parameters, a language and what is known of the world in; the contract out.
// As generator/contracts/filling.py; everything that is wrong is told at once.
import type { Json, Mapping } from "../yaml";
import { blocks, countryOf, inserted, LONGEST_WRITTEN, mark, Missing, namesIn, NO, rendered, spaced, TooLong, type Given } from "./clauses";
import { lengthOf } from "./cleaning";
import { closest } from "./closest";
import { holds } from "./conditions";
import { parties, variables } from "./cover";
import { read } from "./kinds";
import type { Language } from "./language";
import { byCode } from "./parts";
import { broken } from "./terms";
import { Fault, isMapping, items, type Clause, type Filled, type Nodes, type Parameter, type Problem, type Template, type TemplateClause, type World } from "./values";

const JURISDICTION = "jurisdiction";
const LACKING = ["lacking", "law_lacking"];

/** Return the contract that a template and values make in one of its languages, with all that is wrong with them. */
export function filled(template: Template, given: Mapping, language: Language, world: World): Filled {
  const { values, problems } = normal(template, given, world);
  const scribe = new Scribe(template, values, language);
  const clauses = scribe.clauses();
  const further = scribe.problems.length > 0 ? scribe.problems : scribe.idle();
  return {
    template: template.id, language: language.code, prevailing: template.prevailing, title: template.title[language.code] ?? "", reviewed: template.reviewed,
    cover: variables(template, values, language), clauses, parties: parties(template, values, language), parameters: values,
    problems: once([...problems, ...broken(template, values, world), ...further]),
  };
}

/** Return the values of a template's parameters in their normal form, and what is wrong with those left out. */
function normal({ parameters }: Template, given: Mapping, world: World): { values: Mapping; problems: Problem[] } {
  const known = parameters.map(({ name }) => name);
  const problems: Problem[] = Object.keys(given).filter((name) => !known.includes(name)).map((name) => (
    { parameter: [...name].slice(0, 60).join(""), key: "unknown", values: { guess: closest(name, known) } }
  ));
  const values = Object.create(null) as Mapping; // a parameter may be called `constructor`
  for (const one of parameters) {
    const value = Object.hasOwn(given, one.name) ? given[one.name] : undefined;
    if (value === undefined || isNothing(value)) {
      if (!one.optional) problems.push({ parameter: one.name, key: "missing", values: takes(one) });
      continue;
    }
    const found = read(value, one, world);
    if (found instanceof Fault) problems.push({ parameter: one.name, key: found.key, values: found.values });
    else values[one.name] = found;
  }
  return { values, problems };
}

function isNothing(value: Json): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0) || (isMapping(value) && Object.keys(value).length === 0);
}

function takes({ choices, many = false, type }: Parameter): Problem["values"] {
  return choices === undefined ? { type, many: String(many) } : { choices };
}

/** Writes the clauses that apply, and notes what hinders it. */
class Scribe {
  readonly problems: Problem[] = [];
  private readonly given = new Map<string, Given>();
  private readonly printed = new Map<string, string>();
  private readonly used = new Set<string>();
  private room = LONGEST_WRITTEN;

  constructor(private readonly template: Template, private readonly values: Mapping, private readonly language: Language) {
    this.printed.set(NO, language.word("no"));
    for (const one of template.parameters) {
      const value = values[one.name];
      if (value !== undefined) this.given.set(one.name, this.marked(one, value));
    }
  }

  private marked(one: Parameter, value: Json): Given {
    if (value === false) return false;
    const all = one.many ? items(value) : [value];
    const marks = this.language.printed(value, one).map((text, at) => {
      const name = `${one.name}.${at}`;
      const item = all[at];
      const code = typeof item === "string" ? item : isMapping(item) ? String(item["country"] ?? "") : "";
      this.printed.set(name, text);
      this.printed.set(countryOf(name), this.language.isCountry(code) ? this.language.country(code) : text);
      return mark(name);
    });
    return one.many ? marks : (marks[0] ?? "");
  }

  clauses(): Clause[] {
    const applying = this.template.clauses.filter(({ when }) => when === undefined || holds(when, this.values));
    return applying.flatMap((one, at) => this.clause(one, at + 1));
  }

  private clause(one: TemplateClause, number: number): Clause[] {
    const text = this.chosen(one);
    if (text === undefined) return [];
    const title = one.heading[this.language.code] ?? [];
    try {
      const heading = inserted(this.rendered(one.id, title), this.printed);
      const found = blocks(this.rendered(one.id, text), this.printed);
      this.room -= lengthOf(heading) + found.reduce((sum, { lines }) => lines.reduce((all, line) => all + lengthOf(line), sum), 0);
      if (this.room < 0) throw new TooLong();
      for (const name of [...namesIn(title), ...namesIn(text)]) this.used.add(name);
      return [{ id: one.id, number, heading: spaced(heading), blocks: found }];
    } catch (error) {
      if (!(error instanceof TooLong)) throw error;
      this.problems.push({ parameter: "", key: "too_long", values: { clause: one.id } });
      return [];
    }
  }

  /** Return values that could be left out and that no clause of this contract says anything of. */
  idle(): Problem[] {
    const idle = this.template.parameters.filter(({ name, optional, said }) => optional && said && name in this.values && !this.used.has(name));
    return idle.map(({ name }) => ({ parameter: name, key: "idle", values: {} }));
  }

  /** Return a text with marks; what is missing in it is noted, once for each value. */
  private rendered(clause: string, nodes: Nodes): string {
    const given = new Map(this.given);
    for (;;) {
      try {
        return rendered(nodes, given, this.language);
      } catch (error) {
        if (!(error instanceof Missing)) throw error;
        this.problems.push(this.lacking(clause, error.value));
        given.set(error.value, "");
      }
    }
  }

  private lacking(clause: string, name: string): Problem {
    const isDeclared = this.template.parameters.some((one) => one.name === name);
    return isDeclared ? { parameter: name, key: "lacking", values: { clause } } : { parameter: "", key: "undeclared", values: { clause, name } };
  }

  /** Return the text of a clause for the jurisdiction. One with variants has no other text to fall back on. */
  private chosen({ id, text, variants }: TemplateClause): Nodes | undefined {
    if (variants === undefined) return text?.[this.language.code] ?? [];
    const where = this.values[JURISDICTION];
    const found = variants.find((one) => typeof where === "string" && one.where.includes(where));
    if (found !== undefined) return found.text[this.language.code] ?? [];
    const known = [...new Set(variants.flatMap((one) => one.where))].sort(byCode);
    const key = where === undefined ? "law_lacking" : "law_unknown";
    this.problems.push({ parameter: JURISDICTION, key, values: { clause: id, known, ...(where === undefined ? {} : { where: String(where) }) } });
    return undefined;
  }
}

/** Return problems without repetitions: that a clause lacks a value follows from what is wrong with the value. */
export function once(problems: readonly Problem[]): Problem[] {
  const wrong = new Set(problems.filter(({ key }) => !LACKING.includes(key)).map(({ parameter }) => parameter));
  const kept = problems.filter(({ parameter, key }) => !LACKING.includes(key) || !wrong.has(parameter));
  return [...new Map(kept.map((one) => [JSON.stringify([one.parameter, one.key, one.values]), one])).values()];
}
