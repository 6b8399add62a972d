// Values of several parts in (a party, a design, a place, a document); each with all of its parts out. As generator/contracts/parts.py.
import type { Json, Mapping } from "../yaml";
import { cleaned, faultIn } from "./cleaning";
import { closest } from "./closest";
import { shown } from "./quoted";
import { Fault, isMapping, type World } from "./values";

export const PARTS: Readonly<Record<string, readonly string[]>> = {
  party: ["name", "hub", "register", "address", "country", "key"],
  design: ["name", "id", "version", "url"],
  place: ["address", "locality", "country"],
  document: ["name", "version", "url", "sha256"],
};
const LONGEST = 300;
const CODES: Readonly<Record<string, RegExp>> = {
  country: /^[a-z]{2}$/, sha256: /^[0-9a-f]{64}$/, hub: /^[a-z]{2}\/[a-z0-9-]{1,64}$/, id: /^[a-z0-9-]{1,64}$/,
  url: /^https?:\/\/[^\s<>"'`\\]+$/, key: /^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/,
};

export function party(value: Json, world: World): Mapping | Fault {
  if (typeof value === "string" && CODES["hub"]?.test(value)) {
    const hub = world.hub(value);
    if (hub === undefined) return new Fault("no_hub", { id: value, guess: closest(value, world.hubIds()) });
    value = { name: hub.name, hub: value, address: hub.address, country: hub.country };
  }
  const found = read(value, "party");
  return !(found instanceof Fault) && "key" in found && "hub" in found ? new Fault("key_and_hub") : found;
}

export function design(value: Json, world: World): Mapping | Fault {
  if (typeof value !== "string") return read(value, "design");
  const known = world.common.designs;
  const record = Object.hasOwn(known, value) ? known[value] : undefined;
  if (record === undefined) {
    const id = CODES["id"]?.test(value) ? value : "this";
    return new Fault("no_design", { id, guess: closest(id, Object.keys(known)) });
  }
  const [name, version, url] = record;
  return read({ name, id: value, version, url }, "design");
}

export function place(value: Json): Mapping | Fault {
  return read(typeof value === "string" ? { address: value } : value, "place", ["address", "locality"]);
}

export function document(value: Json): Mapping | Fault {
  return read(typeof value === "string" ? { name: value } : value, "document");
}

/** Return the parts of a value in one order, without those that are empty. */
function read(value: Json, kind: string, needed: readonly string[] = ["name"]): Mapping | Fault {
  if (!isMapping(value)) return new Fault("no_parts", { kind });
  const parts = PARTS[kind] ?? [];
  const [unknown] = Object.keys(value).filter((name) => !parts.includes(name)).map((name) => [...name].slice(0, 40).join("")).sort(byCode);
  if (unknown !== undefined) return new Fault("no_part", { name: shown(cleaned(unknown)), parts });
  const found: Mapping = {};
  for (const name of parts) {
    const given = Object.hasOwn(value, name) ? value[name] : "";
    if (typeof given !== "string") return new Fault("part_text", { name });
    const text = cleaned(given);
    if (text === "") continue;
    const wrong = faultIn(text, LONGEST) ?? (CODES[name]?.test(text) === false ? new Fault("none") : undefined);
    if (wrong !== undefined) return new Fault(`part_${wrong.key}`, { name, ...wrong.values });
    found[name] = text;
  }
  return needed.some((name) => name in found) ? found : new Fault("lacks", { kind, needed });
}

/** Sort as Python does: by code points. */
export function byCode(one: string, other: string): number {
  const [these, those] = [[...one], [...other]];
  for (let at = 0; at < Math.min(these.length, those.length); at++) {
    const apart = (these[at]?.codePointAt(0) ?? 0) - (those[at]?.codePointAt(0) ?? 0);
    if (apart !== 0) return apart;
  }
  return these.length - those.length;
}
