// A world in; what states ask of it, answered as far as hubs have arrived, out. Map, list and embedded map share it.
import { pointOf, towns, type Town } from "./places";
import type { Doors } from "./doors";
import { ask, type Answer } from "./query";
import type { Guess } from "./nothing";
import type { State } from "./state";
import { TextSearch } from "./text";
import type { World } from "./world";

export class Answers {
  private readonly text: TextSearch;
  /** What a passport opens, while one is. */
  doors: Doors | undefined;
  private known: Map<string, Town> | undefined;

  constructor(readonly world: World) {
    this.text = new TextSearch(world);
  }

  /** Take notice of hubs that have arrived. */
  renew(): void {
    this.text.renew();
    this.known = undefined;
  }

  towns(): ReadonlyMap<string, Town> {
    this.known ??= towns(this.world);
    return this.known;
  }

  point(state: State): readonly [number, number] | undefined {
    return state.near === "" ? undefined : pointOf(state.near, this.towns());
  }

  to(state: State): Answer {
    return ask(this.world, { state, told: this.text.find(state.words), point: this.point(state), doors: this.doors });
  }

  /** Return how many hubs a state gives, and how far away each is. */
  guess(state: State): Guess {
    const { hubs, away } = this.to(state);
    return { hubs: hubs.length, away: away === undefined ? [] : Array.from(hubs, (hub) => away[hub] ?? NaN) };
  }
}

/** Return what a state needs besides hubs: words that were typed, details of all machines, names of those shown. */
export function needs(state: State): "nothing" | "words" | "details" | "names" {
  const { process, material, model } = state.chosen;
  if (state.words !== "") return "words";
  if (state.size.length > 0) return "details";
  return process.length + material.length + model.length > 0 ? "names" : "nothing";
}

/** Return the countries that a state needs before all others. */
export function countriesFirst(state: State): readonly string[] {
  const [country = ""] = state.near.split("/");
  return [...(state.near.includes("/") ? [country] : []), ...state.chosen.country];
}
