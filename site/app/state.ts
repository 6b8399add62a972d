// The address in; what is asked for out; and back. Everything on Explore follows from this.
import { STATUSES } from "./data";
import { sizeOf } from "./size";

/** Wishes of which several values can be chosen, by their key in the address. */
export const CHOICES = ["process", "country", "kind", "material", "model", "access", "service", "language", "network", "registry", "verified", "status"] as const;
export type Choice = (typeof CHOICES)[number];

export type Area = readonly [south: number, west: number, north: number, east: number];

export interface State {
  readonly words: string;
  /** Ids of table rows, by facet. No `status` means hubs that are active. */
  readonly chosen: Readonly<Record<Choice, readonly string[]>>;
  readonly size: readonly number[];
  /** "6.69,-1.62" or a town such as "gh/kumasi". */
  readonly near: string;
  readonly within: number;
  readonly area: Area | undefined;
  readonly view: "list" | "map";
}

export const USUAL_KM = 100;
const LEAST_KM = 1;
const WORDS_AT_MOST = 100;
const CHOSEN_AT_MOST = 60;

/** Return the state that the query part of an address holds; what makes no sense is left out. */
export function readState(search: string): State {
  const given = new URLSearchParams(search);
  const list = (key: string): string[] => [...new Set((given.get(key) ?? "").split(",").filter((one) => one !== ""))].slice(0, CHOSEN_AT_MOST);
  const chosen = Object.fromEntries(CHOICES.map((key) => [key, list(key)])) as Record<Choice, string[]>;
  chosen.status = statuses(chosen.status);
  const within = Number(given.get("within"));
  return {
    words: (given.get("q") ?? "").slice(0, WORDS_AT_MOST), chosen, size: sizeOf(given.get("size") ?? ""),
    near: (given.get("near") ?? "").slice(0, WORDS_AT_MOST), within: within > 0 && within <= 20_100 ? Math.max(LEAST_KM, within) : USUAL_KM,
    area: areaOf(given.get("area") ?? ""), view: given.get("view") === "map" ? "map" : "list",
  };
}

/** Return the query part of an address for a state, "" for none; short, and readable as far as addresses allow. */
export function writeState(state: State): string {
  const pairs: [string, string][] = [["q", state.words.trim()]];
  for (const key of CHOICES) pairs.push([key, state.chosen[key].join(",")]);
  pairs.push(["size", state.size.join("x")], ["near", state.near], ["within", state.near !== "" && state.within !== USUAL_KM ? String(state.within) : ""]);
  pairs.push(["area", state.area?.join(",") ?? ""], ["view", state.view === "map" ? "map" : ""]);
  const parts = pairs.filter(([, value]) => value !== "").map(([key, value]) => `${key}=${readable(value)}`);
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

function readable(value: string): string {
  return encodeURIComponent(value).replace(/%2C/g, ",").replace(/%2F/g, "/").replace(/%20/g, "+");
}

/** Return a state with a value of a facet chosen or, when it was, no longer. */
export function toggled(state: State, key: Choice, id: string): State {
  const before = key === "status" && state.chosen.status.length === 0 ? ["active"] : state.chosen[key];
  const after = before.includes(id) ? before.filter((one) => one !== id) : [...before, id];
  return { ...state, chosen: { ...state.chosen, [key]: key === "status" ? statuses(after) : after } };
}

/** Return a state without one of its wishes. */
export function without(state: State, wish: Wish): State {
  if (wish.key === "words") return { ...state, words: "" };
  if (wish.key === "size") return { ...state, size: [] };
  if (wish.key === "near") return { ...state, near: "", within: USUAL_KM };
  if (wish.key === "area") return { ...state, area: undefined };
  const left = wish.id === "" ? [] : state.chosen[wish.key].filter((one) => one !== wish.id);
  return { ...state, chosen: { ...state.chosen, [wish.key]: left } };
}

/** One thing that is asked for; `id` is "" for a facet as a whole. */
export interface Wish {
  key: Choice | "words" | "size" | "near" | "area";
  id: string;
}

/** Return everything that a state asks for, each chosen value apart. */
export function wishes(state: State): Wish[] {
  const found: Wish[] = [];
  if (state.words.trim() !== "") found.push({ key: "words", id: "" });
  if (state.near !== "") found.push({ key: "near", id: "" });
  if (state.area !== undefined) found.push({ key: "area", id: "" });
  if (state.size.length > 0) found.push({ key: "size", id: "" });
  for (const key of CHOICES) found.push(...state.chosen[key].map((id) => ({ key, id })));
  return found;
}

/** Return the statuses to keep in a state: none when they are what is shown anyway. */
function statuses(chosen: readonly string[]): string[] {
  const known = STATUSES.filter((status) => chosen.includes(status));
  return known.join() === "active" ? [] : known;
}

function areaOf(text: string): Area | undefined {
  const numbers = text.split(",").map(Number);
  const [south = NaN, west = NaN, north = NaN, east = NaN] = numbers;
  const sound = numbers.length === 4 && south >= -90 && north <= 90 && south < north && west < east && west >= -540 && east <= 540;
  return sound ? [south, west, north, east] : undefined;
}
