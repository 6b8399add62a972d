// Hubs that may be the one that is being written of, shown while it is written.
import { element, isolated, link } from "../elements";
import { kilometres, say as fill, type Words } from "../words";
import type { Mapping } from "../yaml";
import type { World } from "../world";
import { isMapping } from "./field";
import { nameOf } from "./sending";
import { twins, type Twin, type Websites } from "./twins";

export class TwinNote {
  readonly place = element("div", "form-twins");
  private shown = "";

  constructor(private readonly words: Words, private readonly base: string) {
    this.place.setAttribute("role", "status");
    this.place.hidden = true;
  }

  show({ world, websites }: { world: World; websites: Websites }, hub: Mapping, country: string, id: string): void {
    const place = isMapping(hub["location"]) ? hub["location"] : {};
    const { latitude, longitude, locality } = place;
    const point = typeof latitude === "number" && typeof longitude === "number" ? ([latitude, longitude] as const) : undefined;
    const name = hub["name"];
    const names = isMapping(name) ? Object.values(name).map(String) : [nameOf(name)].filter((one) => one !== "");
    const found = twins(world, websites, { country, names, town: String(locality ?? ""), website: String(hub["website"] ?? ""), point, id });
    const shown = JSON.stringify(found);
    if (shown === this.shown) return; // a screen reader would say it again
    this.shown = shown;
    this.place.hidden = found.length === 0;
    this.place.replaceChildren(...(found.length === 0 ? [] : [element("p", "", this.words["twins"] ?? ""), element("ul", "", ...found.map((one) => this.line(one)))]));
  }

  private line({ id, name, page, town, isNamed, isSite, km }: Twin): HTMLLIElement {
    const { words } = this;
    const there = km === undefined ? "" : fill(words, "twin_away", { km: kilometres(km) });
    const why = [isNamed ? words["twin_name"] : "", isSite ? words["twin_site"] : "", there].filter((one) => one !== undefined && one !== "").join(", ");
    const seen = link(`${this.base}${page}`, isolated(name));
    seen.target = "_blank";
    seen.rel = "noopener";
    return element("li", "", seen, ", ", isolated(town), `: ${why}. `, link(`?edit=hubs/${id}`, words["twin_edit"] ?? ""));
  }
}
