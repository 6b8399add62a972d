// A map that folium has set up in; the base map below it, its limits and its words out.
import { drawAtlas } from "./atlas";
import { addTiles } from "./tiles";

declare global {
  interface Window {
    /** Called by the scripts that folium writes (generator/publish/leaflet.py). */
    karakana?: { draw(map: L.Map): void };
  }
}

const EDGE: L.LatLngBoundsExpression = [[-80, -210], [85, 210]];

/** Prepare a map after what its element says in `data-`; resolves when the countries are drawn. */
export function ground(map: L.Map): Promise<void> {
  const data = map.getContainer().dataset;
  map.setMaxBounds(EDGE);
  map.attributionControl.setPrefix(false).addAttribution(data["attribution"] ?? "");
  const words = { show: data["streetsShow"] ?? "", hide: data["streetsHide"] ?? "" };
  if (words.show !== "") addTiles(map, { url: data["tiles"] ?? "", attribution: data["tilesAttribution"] ?? "", words });
  return drawAtlas(map, data["coarse"] ?? "", data["fine"] ?? "");
}
