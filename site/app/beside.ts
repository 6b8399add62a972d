// Hubs that are shown in; how many there are, ours and those of other registries told apart, out.
import { element, isolated } from "./elements";
import { counted, type Words } from "./words";
import type { World } from "./world";

/** Return how many hubs of ours are shown; of other registries when none is ours. */
export function countOf(world: World, words: Words, hubs: Uint32Array): string {
  const ours = oursOf(world, hubs);
  return ours === 0 && hubs.length > 0 ? counted(words, "foreign", hubs.length) : counted(words, "count", ours);
}

/** Return how many hubs of other registries are shown beside ours; "" for none. */
export function moreOf(world: World, words: Words, hubs: Uint32Array): string {
  const ours = oursOf(world, hubs);
  return ours === 0 || ours === hubs.length ? "" : `+ ${counted(words, "foreign", hubs.length - ours)}`;
}

/** The line below the number of hubs; nothing where no other registry has any. */
export class Beside {
  readonly place = element("p", "explore-beside");

  constructor(private readonly world: World, private readonly words: Words) {
    this.place.hidden = world.registries.length === 0;
  }

  show(hubs: Uint32Array): void {
    if (this.place.hidden) return;
    const { world, words } = this;
    const more = moreOf(world, words, hubs);
    const parts = hubs.length === oursOf(world, hubs) ? [] : [ring(), ...(more === "" ? [] : [isolated(more), " · "]), words["apart"] ?? ""];
    this.place.replaceChildren(...parts);
  }
}

/** Return the ring that stands for a hub of another registry, as on the map. */
export function ring(): HTMLElement {
  return element("span", "explore-ring");
}

function oursOf(world: World, hubs: Uint32Array): number {
  return world.registries.length === 0 ? hubs.length : hubs.reduce((sum, hub) => sum + (hub < world.own ? 1 : 0), 0);
}
