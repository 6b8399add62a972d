// A world and the page's words in; what facets and wishes are called out.
import { pointName } from "./here";
import { placeName, type Town } from "./places";
import { idsOf } from "./query";
import type { Choice, State, Wish } from "./state";
import { figure, say, type Words } from "./words";
import type { World } from "./world";

/** Return what the values of a facet are called, in the order of `idsOf`. */
export function namesOf(world: World, words: Words, key: Choice): readonly string[] {
  const { labels, tables } = world;
  const found: Record<Choice, () => readonly string[]> = {
    process: () => labels.processes, material: () => labels.materials,
    model: () => tables.models.map(([, name]) => name), country: () => labels.countries, kind: () => labels.kinds,
    access: () => labels.access, service: () => labels.services, language: () => labels.languages,
    network: () => labels.networks, registry: () => [words["site"] ?? "", ...world.registries.map(([, name]) => name)], status: () => labels.statuses,
    verified: () => idsOf(world, "verified").map((id) => words[`verified.${id}`] ?? id),
  };
  return found[key]();
}

/** Return other words for the values of a facet, for finding them in its list. */
export function alsoOf(world: World, key: Choice): readonly string[] {
  if (key === "process") return world.aliases.processes;
  if (key === "material") return world.aliases.materials;
  return key === "model" ? world.tables.models.map(([, , aliases]) => aliases || "") : [];
}

/** Return what a wish is called. */
export function wishName(world: World, words: Words, townOf: (id: string) => Town | undefined, state: State, wish: Wish): string {
  if (wish.key === "words") return `“${state.words.trim()}”`;
  if (wish.key === "size") return `${state.size.map(figure).join(" × ")} mm`;
  if (wish.key === "area") return words["area"] ?? "";
  if (wish.key === "near") {
    const place = placeName(state.near, townOf(state.near), pointName(state.near, words));
    return say(words, "near_chip", { km: figure(state.within), place });
  }
  const at = idsOf(world, wish.key).indexOf(wish.id);
  return at < 0 ? wish.id : (namesOf(world, words, wish.key)[at] ?? wish.id);
}
