// A hub in; the element of its popup out. Leaflet would read a string as HTML, so it is given nodes of text.
import { countryOf, INVENTED, SOFT, type Hubs } from "./data";
import { element, isolated, link } from "./elements";

/** Words that a popup needs. */
export interface PopupWords {
  soft: string;
  invented: string;
}

/** Return the popup's content for a hub. */
export function popup(hubs: Hubs, at: number, base: string, words: PopupWords): HTMLElement {
  const marks = hubs.marks[at] ?? 0;
  const notes = [`${hubs.town[at] ?? ""}, ${countryOf(hubs, at)}`];
  if (marks & SOFT) notes.push(words.soft);
  if (marks & INVENTED) notes.push(words.invented);
  const name = link(`${base}hubs/${hubs.id[at] ?? ""}/`, isolated(hubs.name[at] ?? ""));
  const parts = [
    element("p", "karakana-kind", hubs.kinds[hubs.kind[at] ?? 0] ?? ""),
    element("p", "karakana-popup-name", name),
    element("p", "", notes.join(" · ")),
  ];
  const able = (hubs.can[at] ?? []).slice(0, 5).map((process) => hubs.processes[process]?.[0] ?? "");
  if (able.length > 0) parts.push(element("p", "karakana-popup-can", able.join(", ")));
  return element("div", "karakana-popup", ...parts);
}
