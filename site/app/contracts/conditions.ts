// A condition of a clause and values in; whether the clause is part of the contract out. As generator/conditions.py.
import type { Json, Mapping } from "../yaml";
import { isMapping } from "./values";

export function holds(condition: Mapping, values: Mapping): boolean {
  return Object.entries(condition).every(([operator, given]) => met(operator, given, values));
}

function met(operator: string, given: Json, values: Mapping): boolean {
  const parts = Array.isArray(given) ? given : [];
  if (operator === "all") return parts.every((part) => holds(part as Mapping, values));
  if (operator === "any") return parts.some((part) => holds(part as Mapping, values));
  if (operator === "not") return !holds(given as Mapping, values);
  const [name = "", wanted = null] = parts;
  const value = Object.hasOwn(values, String(name)) ? values[String(name)] : undefined;
  if (operator === "eq") return isSame(value, wanted);
  if (operator === "in") return Array.isArray(wanted) && wanted.some((one) => isSame(value, one));
  return typeof value === "number" && typeof wanted === "number" && value > wanted;
}

function isSame(value: Json | undefined, wanted: Json | undefined): boolean {
  if (Array.isArray(value) && Array.isArray(wanted)) return value.length === wanted.length && value.every((one, at) => isSame(one, wanted[at]));
  if (isMapping(value) && isMapping(wanted)) {
    const names = Object.keys(value);
    return names.length === Object.keys(wanted).length && names.every((name) => Object.hasOwn(wanted, name) && isSame(value[name], wanted[name]));
  }
  return value === wanted;
}
