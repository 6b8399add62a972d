// A template and values in their normal form in; what the values owe each other and the world, and do not keep, out.
// As generator/contracts/terms.py.
import { fold } from "../fold";
import type { Json, Mapping } from "../yaml";
import { compare, digits, exact, minus, sum, type Exact } from "./exact";
import { byCode } from "./parts";
import { isMapping, items, type Milestone, type Parameter, type Problem, type Template, type World } from "./values";

const NUMBERS = ["integer", "number", "quantity"];

/** Return every rule between values that is not kept. Values that are missing break none. */
export function broken(template: Template, values: Mapping, world: World): Problem[] {
  const given = template.parameters.filter(({ name }) => name in values);
  const names = new Set(template.parameters.map(({ name }) => name));
  return [
    ...given.flatMap((one) => [...adding(one, values), ...each(one, values), ...within(one, values), ...order(one, values), ...apart(one, names, values, world)]),
    ...payments(template, values), ...stages(template, values), ...able(template, values, world),
  ];
}

function adding({ name, sum_of = [] }: Parameter, values: Mapping): Problem[] {
  const parts = sum_of.flatMap((part) => items(values[part]));
  const whole = values[name];
  if (parts.length === 0 || whole === undefined) return [];
  const currencies = currenciesOf([whole, ...parts]);
  if (currencies.length > 1) return [{ parameter: name, key: "sum_currency", values: { currencies } }];
  const [total, wanted] = [sum(parts.map(exactly)), exactly(whole)];
  const side = compare(total, wanted);
  if (side === 0) return [];
  const difference = minus(total, wanted);
  const apart = digits({ ...difference, units: difference.units < 0n ? -difference.units : difference.units });
  return [{ parameter: name, key: side > 0 ? "sum_more" : "sum_less", values: { wanted: digits(wanted), names: sum_of, total: digits(total), apart } }];
}

function each({ name, per = "" }: Parameter, values: Mapping): Problem[] {
  const [own, others] = [items(values[name]).length, items(values[per]).length];
  if (per === "" || !(per in values) || own === others) return [];
  return [{ parameter: name, key: "per", values: { n: String(own), name: per, others: String(others) } }];
}

function within(parameter: Parameter, values: Mapping): Problem[] {
  const { name, at_most = "", below = "", many = false } = parameter;
  const own = NUMBERS.includes(parameter.type) ? items(values[name]) : [];
  return [["at_most", at_most] as const, ["below", below] as const].flatMap(([key, other]) => {
    const limits = other === "" ? [] : items(values[other]);
    if (limits.length !== own.length) return [];
    return own.flatMap((one, at): Problem[] => {
      const limit = limits[at];
      if (typeof limit !== "number" || typeof one !== "number" || !(one > limit || (one === limit && other === below))) return [];
      return [{ parameter: name, key, values: { found: String(one), name: other, limit: String(limit), ...(many ? { item: String(at + 1) } : {}) } }];
    });
  });
}

function order({ name, not_before = [] }: Parameter, values: Mapping): Problem[] {
  const dates = (of: string): string[] => items(values[of]).map(String).sort();
  return not_before.filter((other) => other in values).flatMap((other): Problem[] => {
    const [own = "", later = ""] = [dates(name)[0], dates(other).slice(-1)[0]];
    return own < later ? [{ parameter: name, key: "order", values: { day: own, name: other, other: later } }] : [];
  });
}

function apart({ name, apart_from = [] }: Parameter, names: ReadonlySet<string>, values: Mapping, world: World): Problem[] {
  return apart_from.filter((other) => other in values && names.has(other)).flatMap((other): Problem[] => {
    const there = new Set(items(values[other]).flatMap((one) => keysOf(one, world)));
    const same = items(values[name]).filter((one) => keysOf(one, world).some((key) => there.has(key)));
    return same.map((one) => ({ parameter: name, key: "apart", values: { who: String(isMapping(one) ? one["name"] : ""), name: other } }));
  });
}

function payments({ milestones }: Template, values: Mapping): Problem[] {
  const paid = milestones.filter(({ payment }) => payment in values).map(({ payment }) => payment);
  const currencies = currenciesOf(paid.flatMap((name) => items(values[name])));
  return currencies.length > 1 ? [{ parameter: paid[0] ?? "", key: "payments", values: { currencies } }] : [];
}

/** Return milestones due before those that come first; what `not_before` of a parameter says already is not said again. */
function stages({ milestones, parameters }: Template, values: Mapping): Problem[] {
  const byId = new Map(milestones.map((one) => [one.id, one]));
  return milestones.flatMap((one) => [...earlierThan(one, byId)].sort(byCode).flatMap((id): Problem[] => {
    const before = byId.get(id)?.due ?? "";
    if (parameters.some(({ name, not_before = [] }) => name === one.due && not_before.includes(before))) return [];
    const [own, other] = [values[one.due], values[before]];
    if (own === undefined || other === undefined || before === one.due || !(String(own) < String(other))) return [];
    return [{ parameter: one.due, key: "stages", values: { day: String(own), name: before, other: String(other) } }];
  }));
}

function earlierThan({ after }: Milestone, byId: ReadonlyMap<string, Milestone>): Set<string> {
  const [earlier, pending] = [new Set<string>(), [...after]];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const one = byId.get(id);
    if (one === undefined || earlier.has(id)) continue;
    earlier.add(id);
    pending.push(...one.after);
  }
  return earlier;
}

/** Return makers that accept other templates only, or cannot make the design, as far as records say. */
function able(template: Template, values: Mapping, world: World): Problem[] {
  const designs = designsIn(template, values);
  return makersIn(template, values, world).flatMap(({ name, hubs, isWhole }) => {
    const refusing = hubs.filter((hub) => isRefused(template, world.hub(hub)?.accepts ?? []));
    const refused = refusing.map((hub): Problem => ({ parameter: name, key: "accepts", values: { hub, template: template.id } }));
    return [...refused, ...(isWhole ? unable(name, hubs, designs, world) : [])];
  });
}

/** A hub that says nothing of what it accepts may accept anything: its signature is what counts. */
function isRefused({ id }: Template, accepts: readonly string[]): boolean {
  return accepts.length > 0 && !accepts.includes(id);
}

/** Return the hubs that make it and say nothing of what they accept. */
export function silent(template: Template, values: Mapping, world: World): string[] {
  const hubs = makersIn(template, values, world).flatMap(({ hubs }) => hubs);
  return [...new Set(hubs)].filter((id) => world.hub(id)?.accepts.length === 0);
}

/** Return which hubs are to make which design, where every maker is a hub of the registry. */
export function tasks(template: Template, values: Mapping, world: World): (readonly [hubs: readonly string[], design: string])[] {
  const whole = makersIn(template, values, world).filter(({ hubs, isWhole }) => isWhole && hubs.length > 0);
  return whole.flatMap(({ hubs }) => designsIn(template, values).filter((id) => Object.hasOwn(world.common.designs, id)).map((design) => [hubs, design] as const));
}

function designsIn({ parameters }: Template, values: Mapping): string[] {
  return parameters.filter(({ type }) => type === "design").flatMap(({ name }) => items(values[name])).flatMap((one) => partOf(one, "id"));
}

/** Return for each parameter that names makers the hubs of the registry among them, and whether all are. */
function makersIn({ parameters }: Template, values: Mapping, world: World): { name: string; hubs: string[]; isWhole: boolean }[] {
  return parameters.filter(({ maker }) => maker).map(({ name }) => {
    const named = items(values[name]);
    const hubs = named.flatMap((one) => partOf(one, "hub")).filter((id) => world.hub(id) !== undefined);
    return { name, hubs, isWhole: hubs.length === named.length };
  });
}

function unable(parameter: string, hubs: readonly string[], designs: readonly string[], world: World): Problem[] {
  return designs.flatMap((design) => world.doubts(hubs, design).map(([hub, reason]) => ({ parameter, key: hub === "" ? "together" : "cannot", values: { hub, design, reason } })));
}

function partOf(value: Json, part: string): string[] {
  const found = isMapping(value) ? value[part] : undefined;
  return typeof found === "string" ? [found] : [];
}

/** Return by what a party is known: its hub and that one's keys, its own key, its number in a register, its name. */
function keysOf(party: Json, world: World): string[] {
  const parts = ["hub", "key", "register"].flatMap((part) => partOf(party, part).map((found) => `${part}:${found}`));
  const published = partOf(party, "hub").flatMap((hub) => world.hub(hub)?.keys ?? []).map((key) => `key:${key}`);
  return [...parts, ...published, ...partOf(party, "name").map(fold)];
}

function currenciesOf(values: readonly Json[]): string[] {
  return [...new Set(values.flatMap((one) => partOf(one, "currency")))].sort();
}

function exactly(value: Json): Exact {
  return exact(isMapping(value) ? String(value["amount"]) : String(value));
}
