// What a passport opens at hubs, as the list and the map show it. What makes it (opens.entry.ts) is fetched when asked for.

/** A hub's sign on the map: `kind` tells it from another one of the same hub. */
export interface Sign {
  readonly kind: string;
  readonly icon: L.DivIcon;
}

export interface Doors {
  /** Return 0 for a hub that is not wanted; else the more it opens, the more. */
  rank(hub: number): number;
  /** Return what is told of a hub's machines; undefined when the passport has nothing to do with them. */
  told(hub: number): HTMLElement | undefined;
  sign(hub: number): Sign | undefined;
  /** Return what to say above the list; undefined when hubs of all kinds are shown. */
  note(): HTMLElement | undefined;
}
