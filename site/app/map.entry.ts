// The map of the first page in; base map and points on it out. What a popup shows is fetched when somebody asks.
import type { MarkerClusterGroup } from "leaflet";
import { degrees, load, type Columns, type Points } from "./data";
import { ground } from "./ground";
import { isWhole, openWorld } from "./loading";
import { circles } from "./points";
import { popup } from "./popup";
import type { World } from "./world";

async function draw(map: L.Map, clusters: MarkerClusterGroup): Promise<void> {
  const place = map.getContainer();
  const root = place.dataset["root"] ?? "";
  try {
    const atlas = ground(map, clusters);
    const points = await load<Points>(`${root}data/points.json`);
    const numbers = drawPoints(points, clusters);
    if (numbers.size > 0) map.fitBounds(boundsOf(numbers.keys()), { padding: [24, 24], maxZoom: 6, animate: false });
    clusters.on("click", (event: L.LeafletMouseEvent) => {
      const hub = numbers.get(event.propagatedFrom as L.Layer);
      if (hub !== undefined) void open(map, event.latlng, hub, root, points);
    });
    await atlas;
    place.dataset["ready"] = String(numbers.size);
  } catch {
    place.append(place.dataset["failed"] ?? "");
  }
}

/** Put a circle for each hub that has a place into the clusters; return the number of each circle's hub. */
function drawPoints(points: Points, clusters: MarkerClusterGroup): Map<L.Layer, number> {
  const found = new Map<L.Layer, number>();
  const circle = circles();
  points.y.forEach((y, hub) => {
    const x = points.x[hub] ?? null;
    if (y !== null && x !== null) found.set(circle(degrees(y), degrees(x), points.marks[hub] ?? 0), hub);
  });
  clusters.addLayers([...found.keys()]);
  return found;
}

/** The clusters know their bounds only when all points are in, which takes several turns. */
function boundsOf(points: Iterable<L.Layer>): L.LatLngBounds {
  const places = [...points].filter((point) => point instanceof L.CircleMarker).map((point) => point.getLatLng());
  return L.latLngBounds(places);
}

async function open(map: L.Map, at: L.LatLng, hub: number, root: string, points: Points): Promise<void> {
  const { dataset } = map.getContainer();
  const world = await worldWith(hub, root, points);
  const words = { soft: dataset["soft"] ?? "", invented: dataset["invented"] ?? "", base: dataset["base"] ?? "" };
  L.popup({ maxWidth: 260 }).setLatLng(at).setContent(popup(world, hub, words)).openOn(map);
}

let opened: Promise<World> | undefined;

/** Return a world that holds at least a hub's country. */
async function worldWith(hub: number, root: string, points: Points): Promise<World> {
  opened ??= openWorld(root, document.documentElement.lang);
  const world = await opened;
  if (world.loaded[hub] !== 1 && !isWhole(world)) {
    const code = points.countries[world.country[hub] ?? 0]?.[0] ?? "";
    world.add(code, await load<Columns>(`${root}data/hubs/${code}.json`));
  }
  return world;
}

window.karakana = { draw: (map, clusters) => void draw(map, clusters) };
