// The hubs of an answer in; exactly these on the map out, gathered in clusters, after the list has been painted.
import { boundsOf, Clusters } from "./clusters";
import { colour, watchColours } from "./colours";
import { popup, type PopupWords } from "./popup";
import type { Answer } from "./query";
import type { Area, State } from "./state";
import type { World } from "./world";

/** A map of hubs. `moved` is called when somebody has moved it. */
export class HubMap {
  private readonly clusters: Clusters;
  private around: L.Circle | undefined;
  private isTouched = false;
  private doors: Answer["doors"];

  constructor(readonly map: L.Map, private readonly world: World, words: PopupWords, moved: () => void) {
    for (const name of ["pointerdown", "wheel", "keydown"]) {
      map.getContainer().addEventListener(name, () => (this.isTouched = true), { capture: true, passive: true });
    }
    map.on("moveend", () => {
      if (this.isTouched) moved();
    });
    watchColours(() => this.around?.setStyle({ color: colour("point") }));
    this.clusters = new Clusters(map, map.getContainer().dataset["cluster"] ?? "", (hubs, all, at) => {
      this.isTouched = false; // a popup may move the map to be seen whole
      const made = popup(world, hubs, all, words, at);
      const told = all === 1 ? this.doors?.told(hubs[0] ?? 0) : undefined;
      if (told !== undefined) (made.getContent() as HTMLElement).append(told);
      made.openOn(map);
    });
  }

  /** Show the hubs of an answer; `isNew` says that the view may follow them. */
  show(answer: Answer, state: State, point: readonly [number, number] | undefined, isNew: boolean): void {
    const { y, x, marks, own } = this.world;
    this.doors = answer.doors;
    this.drawAround(state, point);
    if (isNew) this.follow(state, answer);
    this.map.getContainer().dataset["ready"] = String(this.clusters.show({ y, x, marks, own, doors: answer.doors }, answer.hubs));
  }

  private drawAround(state: State, point: readonly [number, number] | undefined): void {
    this.around?.remove();
    this.around = undefined;
    if (point === undefined) return;
    this.around = L.circle([...point], { radius: state.within * 1000, color: colour("point"), weight: 1.5, fillOpacity: 0.05, interactive: false, dashArray: "4 4" });
    this.around.addTo(this.map);
  }

  private follow(state: State, answer: Answer): void {
    const bounds = this.boundsOf(state, answer);
    if (bounds === undefined) return;
    this.isTouched = false;
    // Its buttons and scale cover the edges: hubs are to lie between them.
    const around: L.FitBoundsOptions = state.area === undefined ? { paddingTopLeft: [24, 72], paddingBottomRight: [24, 40], maxZoom: 6.5 } : { padding: [24, 24], maxZoom: 17 };
    this.map.fitBounds(bounds, { ...around, animate: false });
  }

  private boundsOf({ area }: State, { hubs }: Answer): L.LatLngBounds | undefined {
    if (area !== undefined) return L.latLngBounds([area[0], area[1]], [area[2], area[3]]);
    return this.around === undefined ? boundsOf(this.world, hubs) : this.around.getBounds();
  }

  /** Return the area that the map shows, in thousandths of a degree. */
  area(): Area {
    const bounds = this.map.getBounds();
    const [south, north] = [Math.max(-90, bounds.getSouth()), Math.min(90, bounds.getNorth())];
    return [south, bounds.getWest(), north, bounds.getEast()].map((value) => Math.round(value * 1000) / 1000) as unknown as Area;
  }

  /** Tell the map that its element has another size. */
  resized(): void {
    this.map.invalidateSize({ animate: false });
  }
}
