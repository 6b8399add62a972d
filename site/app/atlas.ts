// The offline base map: Natural Earth's countries, coarse at once and finer when somebody looks closer.
import { feature } from "topojson-client";
import type { Feature, FeatureCollection, Position } from "geojson";
import type { Topology } from "topojson-specification";
import { colour, watchColours } from "./colours";
import { load } from "./data";

const FINE_FROM = 7;
const ANTARCTICA = "010"; // a ring around the pole, which a flat map cannot close

/** Draw the countries below everything else, in the colours of the page, and keep them so. */
export async function drawAtlas(map: L.Map, coarse: string, fine: string): Promise<void> {
  map.createPane("atlas").style.zIndex = "200";
  const renderer = L.canvas({ pane: "atlas", padding: 0.5 });
  let shown = outline(await load<Topology>(coarse), renderer).addTo(map);
  watchColours(() => shown.setStyle(colours()));
  const refine = async (): Promise<void> => {
    if (map.getZoom() < FINE_FROM) return;
    map.off("zoomend", refine);
    const world = await load<Topology>(fine).catch(() => undefined);
    if (world === undefined) {
      map.on("zoomend", refine); // no network: the coarse one stays
      return;
    }
    const finer = outline(world, renderer).addTo(map);
    shown.remove();
    shown = finer;
  };
  map.on("zoomend", refine);
  await refine();
}

function outline(topology: Topology, renderer: L.Renderer): L.GeoJSON {
  const countries = topology.objects["countries"];
  if (countries === undefined) throw new Error("the base map holds no countries");
  const options = { interactive: false, renderer, pane: "atlas", smoothFactor: 0.5, style: colours };
  return L.geoJSON(flattened(feature(topology, countries)), options as L.GeoJSONOptions);
}

/** Return countries for a flat map: a coast that crosses the date line goes on beyond 180 degrees. */
function flattened(world: Feature | FeatureCollection): FeatureCollection {
  const all = world.type === "FeatureCollection" ? world.features : [world];
  const features = all.filter((country) => country.id !== ANTARCTICA);
  for (const { geometry } of features) {
    if (geometry.type === "Polygon") geometry.coordinates.forEach(unwrap);
    if (geometry.type === "MultiPolygon") geometry.coordinates.forEach((rings) => rings.forEach(unwrap));
  }
  return { type: "FeatureCollection", features };
}

function unwrap(ring: Position[]): void {
  let turn = 0;
  let last = ring[0]?.[0] ?? 0;
  for (const point of ring) {
    const longitude = point[0] ?? 0;
    if (longitude - last > 180) turn -= 360;
    if (longitude - last < -180) turn += 360;
    last = longitude;
    point[0] = longitude + turn;
  }
}

function colours(): L.PathOptions {
  return { color: colour("border"), weight: 0.8, fillColor: colour("land"), fillOpacity: 1 };
}
