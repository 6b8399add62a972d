// A hub in; the element of its popup out. Leaflet would read a string as HTML, so it is given nodes of text.
import { INVENTED, SOFT } from "./data";
import { element, isolated, link } from "./elements";
import type { World } from "./world";

const ABLE = 5;

/** Words that a popup needs, and what leads to the pages of the language. */
export interface PopupWords {
  soft: string;
  invented: string;
  base: string;
  /** Where links open: a map in another site's frame opens hubs outside it. */
  target?: string;
}

/** Return the popup's content for a hub. */
export function popup(world: World, hub: number, words: PopupWords): HTMLElement {
  const marks = world.marks[hub] ?? 0;
  const notes = [[world.town[hub] ?? "", world.countryName(hub)].filter((part) => part !== "").join(", ")];
  if (marks & SOFT) notes.push(words.soft);
  if (marks & INVENTED) notes.push(words.invented);
  const name = link(`${words.base}${world.hubPage(hub)}`, isolated(world.name[hub] ?? ""));
  if (words.target !== undefined) name.target = words.target;
  const parts = [
    element("p", "karakana-kind", world.kindName(hub)),
    element("p", "karakana-popup-name", name),
    element("p", "", notes.join(" · ")),
  ];
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
