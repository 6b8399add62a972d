// A manifest's data in; its parts out, each after the parts that it consists of, as generator/importers/okh_parts.py.
import { fold, slugOf } from "../fold";
import { type Data, isMapping, line, mapping, number } from "./said";

/** A part: its data, its id, how many one unit has, and the ids of what it consists of. */
export interface Piece {
  readonly said: Data;
  readonly id: string;
  readonly quantity: number;
  readonly isBought: boolean;
}

export const SAID = ["tsdc", "manufacturing-process", "manufacturing-processes", "process", "processes", "process-requirements"] as const;
const INSIDE = ["part", "parts", "sub-part", "sub-parts", "components", "sub-components"] as const;
const BILLS = ["bom", "bill-of-materials"] as const;
const BOUGHT = new Set(["buy", "bought", "purchase", "purchased", "standard", "standardpart", "offtheshelf", "cots"]);
const PIECES = new Set(["", "pc", "pcs", "piece", "pieces", "ea", "each", "unit", "units", "item", "items", "x", "count"]);
export const MOST = 100_000; // of a part in one unit
const DEEPEST = 12;
const MOST_PARTS = 5000;

export function piecesOf(data: Data): Piece[] {
  const found: Piece[] = [];
  const given = givenIn(data);
  take(given.length > 0 ? given : listed(data), 1, 1, new Set(), found);
  return found;
}

function take(given: readonly Data[], times: number, depth: number, taken: Set<string>, found: Piece[]): void {
  given.forEach((part, at) => {
    if (taken.size >= MOST_PARTS) return;
    const id = unlike(idOf(part) || `part-${at + 1}`, taken);
    const quantity = times * count(part);
    const isBought = bought(part);
    if (!isBought && depth < DEEPEST) take(givenIn(part), quantity, depth + 1, taken, found);
    found.push({ said: part, id, quantity, isBought });
  });
}

/** Return the parts that stand in a manifest or a part. What two keys name is one, and says all that either of them says. */
function givenIn(data: Data): Data[] {
  const found: Data[] = [];
  for (const key of INSIDE) {
    const known = new Map(found.map((part, at) => [idOf(part), at]));
    for (const one of partsAt(data[key])) {
      const id = idOf(one);
      const at = id === "" ? undefined : known.get(id);
      if (at === undefined) found.push(one);
      else found[at] = { ...found[at], ...Object.fromEntries(Object.entries(one).filter(([, value]) => isSaid(value))) };
    }
  }
  return found;
}

/** Return the parts of a list, or by their names. */
function partsAt(values: unknown): Data[] {
  if (Array.isArray(values)) return values.filter(isMapping);
  const named = Object.entries(mapping(values));
  return named.every(([, one]) => isMapping(one)) ? named.map(([name, one]) => ({ name, ...mapping(one) })) : [];
}

function idOf(part: Data): string {
  return slugOf(line(part["name"]) || line(part["title"]));
}

/** Return what a bill of materials lists, as far as it says how that comes about; screws and glue it does not. */
function listed(data: Data): Data[] {
  return BILLS.flatMap((key) => {
    const bill = data[key];
    const values = Array.isArray(bill) ? bill.filter(isMapping) : [];
    return (values.length > 0 ? values : givenIn(mapping(bill)))
      .map((one) => ({ ...mapping(one["requirements"]), ...one }) as Data)
      .filter((one) => bought(one) || [...SAID, "printing-process", ...INSIDE].some((name) => isSaid(one[name])));
  });
}

function isSaid(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isMapping(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** Return an id that none before has, and keep it. */
export function unlike(id: string, taken: Set<string>): string {
  let one = id;
  for (let next = 2; taken.has(one); next += 1) one = `${id.slice(0, 60)}-${next}`;
  taken.add(one);
  return one;
}

function count(part: Data): number {
  const often = number("quantity" in part ? part["quantity"] : part["qty"]) ?? 1;
  const isCounted = PIECES.has(fold(line(part["unit"])).replace(/ /g, ""));
  return Number.isInteger(often) && often > 1 && often <= MOST && isCounted ? often : 1;
}

function bought(part: Data): boolean {
  return ["procurement", "type", "source"].some((key) => BOUGHT.has(fold(line(part[key])).replace(/ /g, "")));
}
