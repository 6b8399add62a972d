// The map of the first page in; base map and points on it out. What a popup shows is fetched when somebody asks.
import { boundsOf, Clusters, type Places } from "./clusters";
import { CountryMap } from "./country-map";
import { degrees, load, type Points } from "./data";
import { ground } from "./ground";
import { openWorld } from "./loading";
import { popup, popupWords } from "./popup";

async function draw(map: L.Map): Promise<void> {
  const place = map.getContainer();
  const { root = "" } = place.dataset;
  try {
    const atlas = ground(map);
    const points = await load<Points>(`${root}data/points.json`);
    const places = placesOf(points);
    const bounds = boundsOf(places, places.y.keys());
    if (bounds !== undefined) map.fitBounds(bounds, { padding: [24, 24], maxZoom: 6, animate: false });
    const shown = points.marks === undefined ? showCountries(map, points, places) : showHubs(map, places);
    await atlas;
    place.dataset["ready"] = String(shown);
  } catch {
    place.append(place.dataset["failed"] ?? "");
  }
}

function showHubs(map: L.Map, places: Places & { y: Float64Array }): number {
  const place = map.getContainer();
  const { root = "", cluster = "" } = place.dataset;
  const open = async (hubs: number[], all: number, at: L.LatLng): Promise<void> => {
    popup(await openWorld(root, document.documentElement.lang), hubs, all, popupWords(place), at).openOn(map);
  };
  return new Clusters(map, cluster, (hubs, all, at) => void open(hubs, all, at)).show(places, places.y.keys());
}

function showCountries(map: L.Map, { countries }: Points, middles: Places): number {
  const shown = new CountryMap(map, map.getContainer().dataset["root"] ?? "", countries, { ...middles, count: countries.map(([, hubs]) => hubs) });
  return shown.count;
}

function placesOf({ y, x, marks = [] }: Points): Places & { y: Float64Array } {
  const inDegrees = (values: (number | null)[]): Float64Array => Float64Array.from(values, (value) => degrees(value ?? NaN));
  return { y: inDegrees(y), x: inDegrees(x), marks };
}

window.karakana = { draw: (map) => void draw(map) };
