// A hub as it is written so far in; how many of the first five questions have an answer out.
import type { Mapping } from "../yaml";
import { valueAt } from "./field";

export const QUESTIONS = 5;

/** Return how many of name, kind, country, town, and a way to reach the hub are there. */
export function answered(hub: Mapping, country: string): number {
  const { name, kind, website, contact, same_as } = hub;
  return [name, kind, country || undefined, valueAt(hub, ["location", "locality"]), website ?? contact ?? same_as].filter((one) => one !== undefined).length;
}
