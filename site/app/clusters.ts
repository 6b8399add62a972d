// Places of hubs in; on the map a circle for each, and a number for those that lie near each other, out.
import Supercluster, { type ClusterFeature, type PointFeature } from "supercluster";
import { watchColours } from "./colours";
import type { Doors } from "./doors";
import { circle, icon, looks } from "./points";

/** Degrees by hub, NaN where it has no place, and its marks; or by country, with how many hubs are there. */
export interface Places {
  readonly y: ArrayLike<number>;
  readonly x: ArrayLike<number>;
  readonly marks: ArrayLike<number>;
  readonly count?: ArrayLike<number>;
  /** From which number on hubs are other registries'. */
  readonly own?: number;
  /** What a passport opens: such hubs have a sign in the place of a circle. */
  readonly doors?: Doors | undefined;
}

/** What stands on the map, and the cluster that it stands for now. */
interface Drawn {
  layer: L.CircleMarker | L.Marker;
  cluster: number | undefined;
}

interface Of {
  hub: number;
  count: number;
  ours: number;
}

type Spot = PointFeature<Of>;
type Group = ClusterFeature<Of>;
type Index = Supercluster<Of, Of>;

const DEEPEST = 17; // as far as the map goes (generator/publish/leaflet.py)
const RADIUS = 44; // pixels
const BESIDE = 0.3; // of the map's size: drawn beyond its edges, for the next move
const AT_MOST = 200; // hubs of one place that are named

export class Clusters {
  private index = indexOf([]);
  private places: Places = { y: [], x: [], marks: [] };
  private drawn = new Map<string, Drawn>();
  private look = looks();

  /** `words` names a cluster; `opened` is called for hubs that no closer look would part. */
  constructor(
    private readonly map: L.Map, private readonly words: string, private readonly opened: (hubs: number[], all: number, at: L.LatLng) => void,
  ) {
    map.on("moveend", () => this.draw());
    watchColours(() => this.recolour());
  }

  /** Show these hubs instead of others; return how many have a place. */
  show(places: Places, hubs: Iterable<number>): number {
    const spots: Spot[] = [];
    for (const hub of hubs) {
      const [y = NaN, x = NaN] = [places.y[hub], places.x[hub]];
      if (!Number.isNaN(y)) spots.push({ type: "Feature", geometry: { type: "Point", coordinates: [x, y] }, properties: { hub, count: places.count?.[hub] ?? 1, ours: hub < (places.own ?? Infinity) ? 1 : 0 } });
    }
    this.places = places;
    this.index = indexOf(spots);
    this.draw();
    return spots.reduce((sum, { properties }) => sum + properties.count, 0);
  }

  /** Draw what lies in view, and leave alone what stands there already: it may have the focus. */
  private draw(): void {
    const bounds = this.map.getBounds().pad(BESIDE);
    const view: [number, number, number, number] = [Math.max(-180, bounds.getWest()), bounds.getSouth(), Math.min(180, bounds.getEast()), bounds.getNorth()];
    const before = this.drawn;
    this.drawn = new Map();
    for (const one of this.index.getClusters(view, Math.round(this.map.getZoom()))) {
      const sign = isGroup(one) ? undefined : this.places.doors?.sign(one.properties.hub);
      const key = `${keyOf(one)}${sign?.kind ?? ""}`;
      const drawn = before.get(key) ?? { layer: this.made(one, key, sign?.icon), cluster: undefined };
      drawn.cluster = isGroup(one) ? one.properties.cluster_id : undefined;
      before.delete(key);
      this.drawn.set(key, drawn);
    }
    for (const { layer } of before.values()) layer.remove();
  }

  private made(one: Spot | Group, key: string, sign?: L.DivIcon): L.CircleMarker | L.Marker {
    const [x = 0, y = 0] = one.geometry.coordinates;
    const { hub, count, ours } = one.properties;
    const mark = count > 1 ? icon(count, this.words, ours > 0 ? "ours" : "others") : sign;
    const layer = mark !== undefined ? L.marker([y, x], { icon: mark }) : circle(y, x, this.look(this.places.marks[hub] ?? 0));
    const pressed = isGroup(one) ? () => this.open(key, layer.getLatLng()) : () => this.opened([hub], 1, layer.getLatLng());
    return layer.on("click", pressed).addTo(this.map);
  }

  /** Look closer at a cluster; where that parts nothing, tell which hubs are there. */
  private open(key: string, at: L.LatLng): void {
    const cluster = this.drawn.get(key)?.cluster;
    if (cluster === undefined) return;
    const zoom = this.index.getClusterExpansionZoom(cluster);
    if (zoom <= DEEPEST) {
      this.map.setView(at, zoom);
      return;
    }
    const leaves = this.index.getLeaves(cluster, AT_MOST).map(({ properties }) => properties.hub);
    this.opened(leaves.sort((one, other) => one - other), this.index.getLeaves(cluster, Infinity).length, at);
  }

  private recolour(): void {
    this.look = looks();
    for (const [key, { layer, cluster }] of this.drawn) {
      if (cluster === undefined && layer instanceof L.CircleMarker) layer.setStyle(this.look(this.places.marks[Number(key)] ?? 0));
    }
  }
}

/** Return what holds all places of hubs; undefined when none has a place. */
export function boundsOf(places: Places, hubs: Iterable<number>): L.LatLngBounds | undefined {
  const found = [...hubs].map((hub): [number, number] => [places.y[hub] ?? NaN, places.x[hub] ?? NaN]).filter(([y]) => !Number.isNaN(y));
  return found.length > 0 ? L.latLngBounds(found) : undefined;
}

function indexOf(spots: Spot[]): Index {
  const add = (sum: Of, { count, ours }: Of): void => {
    sum.count += count;
    sum.ours += ours;
  };
  return new Supercluster<Of, Of>({ radius: RADIUS, extent: 256, maxZoom: DEEPEST, map: ({ hub, count, ours }) => ({ hub, count, ours }), reduce: add }).load(spots);
}

function isGroup(one: Spot | Group): one is Group {
  return "cluster" in one.properties;
}

/** A hub's number, or what tells a cluster from others whatever index it comes from. */
function keyOf(one: Spot | Group): string {
  return isGroup(one) ? `${one.geometry.coordinates.join()},${one.properties.count},${one.properties.ours > 0}` : String(one.properties.hub);
}
