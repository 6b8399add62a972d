// A hub in, or several of one place; their popup out. Leaflet would read a string as HTML, so it is given nodes of text.
import { INVENTED, SOFT } from "./data";
import { element, isolated, linkOut } from "./elements";
import { figure } from "./words";
import type { World } from "./world";

const ABLE = 5;

/** Words that a popup needs, and what leads to the pages of the language. */
export interface PopupWords {
  soft: string;
  invented: string;
  here: string;
  base: string;
  /** Where links open: a map in another site's frame opens hubs outside it. */
  target: string;
  /** What is said of a hub of another registry: "Registry: {registry}". */
  origin: string;
}

/** Return the words that a map's element holds, and the one for other registries where hubs of theirs are shown. */
export function popupWords({ dataset }: HTMLElement, target = "", origin = ""): PopupWords {
  const { soft = "", invented = "", here = "", base = "" } = dataset;
  return { soft, invented, here, base, target, origin };
}

/** Return a popup for a hub, or for some of `all` hubs that share a place. */
export function popup(world: World, hubs: readonly number[], all: number, words: PopupWords, at: L.LatLng): L.Popup {
  const [hub = 0] = hubs;
  const content = all > 1 ? ofPlace(world, hubs, all, words) : ofHub(world, hub, words);
  return L.popup({ maxWidth: 260, maxHeight: 280 }).setLatLng(at).setContent(content);
}

function ofPlace(world: World, hubs: readonly number[], all: number, words: PopupWords): HTMLElement {
  const names = hubs.map((hub) => element("li", "", nameOf(world, hub, words)));
  if (all > hubs.length) names.push(element("li", "", "…"));
  const count = element("p", "karakana-kind", words.here.replace("{count}", figure(all)));
  return element("div", "karakana-popup", count, element("ul", "karakana-popup-hubs", ...names));
}

function nameOf(world: World, hub: number, words: PopupWords): HTMLElement {
  const name = linkOut(words.base, world.hubPage(hub), isolated(world.name[hub] ?? ""));
  if (words.target !== "" && name instanceof HTMLAnchorElement) name.target = words.target;
  return name;
}

function ofHub(world: World, hub: number, words: PopupWords): HTMLElement {
  const marks = world.marks[hub] ?? 0;
  const notes = [[world.town[hub] ?? "", world.countryName(hub)].filter((part) => part !== "").join(", ")];
  if (marks & SOFT) notes.push(words.soft);
  if (marks & INVENTED) notes.push(words.invented);
  const parts = [
    element("p", "karakana-kind", world.kindName(hub)),
    element("p", "karakana-popup-name", nameOf(world, hub, words)),
    element("p", "", notes.join(" · ")),
  ];
  const origin = world.origin(hub);
  if (origin !== undefined) parts.push(element("p", "", isolated(words.origin.replace("{registry}", () => origin[1]))));
  const able = processes(world, hub).slice(0, ABLE).map((process) => world.labels.processes[process] ?? "");
  if (able.length > 0) parts.push(element("p", "karakana-popup-can", able.join(", ")));
  return element("div", "karakana-popup", ...parts);
}

/** Return what a hub and its machines do, without what that is a kind of. */
function processes(world: World, hub: number): number[] {
  const found = new Set(world.processLists.all[world.does[hub] ?? 0]);
  const [begin, end] = world.machines(hub);
  for (let machine = begin; machine < end; machine++) {
    for (const process of world.processLists.all[world.can[machine] ?? 0] ?? []) found.add(process);
  }
  const wide = new Set([...found].flatMap((process) => world.widerProcesses[process] ?? []));
  return [...found].filter((process) => !wide.has(process));
}
