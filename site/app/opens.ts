// The group of filters for what a passport opens; all that is in it is fetched when somebody unfolds it.
import type { Doors } from "./doors";
import { element } from "./elements";
import type { Words } from "./words";
import type { World } from "./world";

/** What the fetched part is given: `place` to fill, and whom to tell that other doors, or none, are to be shown. */
export interface Opening {
  readonly place: HTMLElement;
  readonly root: string;
  readonly base: string;
  readonly words: Words;
  readonly world: World;
  changed(doors: Doors | undefined): void;
}

/** Return the group; when it cannot be filled, unfolding it once more tries again. */
export function opens(given: Omit<Opening, "place">): HTMLDetailsElement {
  const place = element("div", "");
  const group = element("details", "explore-facet", element("summary", "", given.words["opens"] ?? ""), place);
  let isThere = false;
  group.addEventListener("toggle", () => {
    if (!group.open || isThere) return;
    isThere = true;
    place.textContent = "…";
    (import(new URL(`${given.root}assets/app/opens.js`, document.baseURI).href) as Promise<{ start(all: Opening): Promise<void> }>).then(({ start }) => start({ ...given, place })).catch(() => {
      isThere = false;
      place.textContent = given.words["failed"] ?? "";
    });
  });
  return group;
}
