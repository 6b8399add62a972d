// The hubs of an answer in; exactly these on the map out, gathered in clusters, after the list has been painted.
import type { MarkerClusterGroup } from "leaflet";
import { circles } from "./points";
import { popup, type PopupWords } from "./popup";
import type { Answer } from "./query";
import type { Area, State } from "./state";
import type { World } from "./world";

const AT_MOST = 5000; // circles that are taken out and put in one by one; beyond that all are put in anew

/** A map of hubs. `moved` is called when somebody has moved it. */
export class HubMap {
  private readonly points = new Map<number, L.CircleMarker>();
  private readonly hubs = new Map<L.Layer, number>();
  private readonly circle = circles();
  private shown = new Set<number>();
  private around: L.Circle | undefined;
  private isTouched = false;

  constructor(
    readonly map: L.Map, private readonly clusters: MarkerClusterGroup, private readonly world: World, words: PopupWords, moved: () => void,
  ) {
    for (const name of ["pointerdown", "wheel", "keydown"]) {
      map.getContainer().addEventListener(name, () => (this.isTouched = true), { capture: true, passive: true });
    }
    map.on("moveend", () => {
      if (this.isTouched) moved();
    });
    clusters.on("click", (event: L.LeafletMouseEvent) => {
      const hub = this.hubs.get(event.propagatedFrom as L.Layer);
      if (hub !== undefined) L.popup({ maxWidth: 260, autoPan: false }).setLatLng(event.latlng).setContent(popup(world, hub, words)).openOn(map);
    });
  }

  /** Show the hubs of an answer; `isNew` says that the view may follow them. */
  show(answer: Answer, state: State, point: readonly [number, number] | undefined, isNew: boolean): void {
    const wanted = new Set<number>();
    for (const hub of answer.hubs) if (!Number.isNaN(this.world.y[hub])) wanted.add(hub);
    this.exchange(wanted);
    this.drawAround(state, point);
    if (isNew) this.follow(state, wanted);
    this.map.getContainer().dataset["ready"] = String(wanted.size);
  }

  private exchange(wanted: Set<number>): void {
    const gone = [...this.shown].filter((hub) => !wanted.has(hub));
    const come = [...wanted].filter((hub) => !this.shown.has(hub));
    this.shown = wanted;
    if (gone.length > Math.min(AT_MOST, wanted.size)) {
      this.clusters.clearLayers();
      this.clusters.addLayers([...wanted].map((hub) => this.point(hub)));
      return;
    }
    if (gone.length > 0) this.clusters.removeLayers(gone.map((hub) => this.point(hub)));
    if (come.length > 0) this.clusters.addLayers(come.map((hub) => this.point(hub)));
  }

  private point(hub: number): L.CircleMarker {
    let point = this.points.get(hub);
    if (point === undefined) {
      point = this.circle(this.world.y[hub] ?? 0, this.world.x[hub] ?? 0, this.world.marks[hub] ?? 0);
      this.points.set(hub, point);
      this.hubs.set(point, hub);
    }
    return point;
  }

  private drawAround(state: State, point: readonly [number, number] | undefined): void {
    this.around?.remove();
    this.around = undefined;
    if (point === undefined) return;
    const colour = getComputedStyle(document.body).getPropertyValue("--karakana-point").trim();
    this.around = L.circle([...point], { radius: state.within * 1000, color: colour, weight: 1.5, fillOpacity: 0.05, interactive: false, dashArray: "4 4" });
    this.around.addTo(this.map);
  }

  private follow(state: State, wanted: ReadonlySet<number>): void {
    const bounds = this.boundsOf(state, wanted);
    if (bounds === undefined) return;
    this.isTouched = false;
    this.map.fitBounds(bounds, { padding: [24, 24], maxZoom: state.area === undefined ? 6.5 : 17, animate: false });
  }

  private boundsOf({ area }: State, wanted: ReadonlySet<number>): L.LatLngBounds | undefined {
    if (area !== undefined) return L.latLngBounds([area[0], area[1]], [area[2], area[3]]);
    if (this.around !== undefined) return this.around.getBounds();
    return wanted.size > 0 ? L.latLngBounds([...wanted].map((hub) => [this.world.y[hub] ?? 0, this.world.x[hub] ?? 0])) : undefined;
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
