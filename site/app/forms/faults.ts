// A record's data in; what its schema finds wrong with it, by the place, in the page's words, out.
import { hub, machine, type Fault, type Validate } from "karakana-forms";
import { figure, say as fill, type Words } from "../words";
import type { Mapping } from "../yaml";
import { definitionsOf, followed, schemaAt, type Keys, type Schemas } from "./schema";

export interface Wrong {
  readonly keys: Keys;
  readonly text: string;
}

const VALIDATORS: Readonly<Record<string, Validate>> = { hub, machine };
type Told = Fault & { readonly schemaPath?: string };

/** Return whether the schema of a kind accepts data. */
export function isValid(kind: string, data: unknown): boolean {
  return VALIDATORS[kind]?.(data) ?? false;
}

/** Return what is wrong, one fault a place. */
export function wrongs(schemas: Schemas, kind: string, data: Mapping, words: Words): Wrong[] {
  const validate = VALIDATORS[kind];
  if (validate === undefined || validate(data)) return [];
  const all: readonly Told[] = validate.errors ?? [];
  const real = all.filter((fault) => !isBranch(fault));
  const chosen = real.length > 0 ? real : all;
  const found = new Map<string, Wrong>();
  for (const fault of chosen.filter((one) => one.keyword !== "oneOf" || !chosen.some((other) => other !== one && other.instancePath.startsWith(one.instancePath)))) {
    const keys = keysOf(fault);
    const at = keys.join("/");
    if (!found.has(at)) found.set(at, { keys, text: sentence(schemas, kind, keys, fault, words) });
  }
  return [...found.values()];
}

/** Faults of one of several forms say little: that the form is another. */
function isBranch({ schemaPath = "", keyword }: Told): boolean {
  return /\/(?:anyOf|oneOf)\/\d+\//.test(schemaPath) && ["type", "required", "enum", "additionalProperties"].includes(keyword);
}

function keysOf({ instancePath, keyword, params }: Told): Keys {
  const keys = instancePath.split("/").slice(1).map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~")).map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const missing = params["missingProperty"] ?? params["additionalProperty"];
  if (typeof missing === "string") return [...keys, missing];
  if (keyword === "anyOf" && keys.length === 0) return ["*"];
  return keyword === "anyOf" && keys[0] === "location" ? ["location", "latitude"] : keys;
}

function sentence(schemas: Schemas, kind: string, keys: Keys, { keyword, params }: Told, words: Words): string {
  const schema = schemaAt(schemas, kind, keys);
  const limit = typeof params["limit"] === "number" ? figure(params["limit"]) : "";
  const isDate = definitionsOf(schemas, schema).includes("date");
  const example = String(followed(schemas, schema).examples?.[0] ?? "");
  if (keyword === "anyOf") return words[keys[0] === "*" ? `wrong.${kind}` : "wrong.required"] ?? "";
  if (keyword === "type") return words[params["type"] === "integer" ? "wrong.integer" : params["type"] === "number" ? "wrong.number" : "wrong.type"] ?? "";
  if ((keyword === "pattern" && isDate) || keyword === "format") return words["wrong.date"] ?? "";
  if (keyword === "pattern") return example === "" ? (words["wrong.type"] ?? "") : fill(words, "wrong.pattern", { example });
  if (keyword === "minItems" && keys.includes("envelope_mm")) return words["wrong.sides"] ?? "";
  return fill(words, `wrong.${keyword}`, { limit, key: String(keys[keys.length - 1] ?? "") }) || (words["wrong.type"] ?? "");
}
