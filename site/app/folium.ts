// An element for a map in; Leaflet, its clusters and folium's script for that map, fetched when wanted, out.
import type { MarkerClusterGroup } from "leaflet";

const SCRIPTS = ["assets/leaflet/leaflet.js", "assets/leaflet/leaflet.markercluster.js"];

/** Resolve to the map and its clusters; `name` is that of the element, without `map_`. Rejects without network. */
export async function foliumMap(root: string, name: string): Promise<[L.Map, MarkerClusterGroup]> {
  const drawn = new Promise<[L.Map, MarkerClusterGroup]>((resolve) => {
    window.karakana = { draw: (map, clusters) => resolve([map, clusters]) };
  });
  for (const path of [...SCRIPTS, `assets/map/${name}.js`]) await script(`${root}${path}`);
  return drawn;
}

function script(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const made = document.createElement("script");
    made.src = address;
    made.addEventListener("load", () => resolve());
    made.addEventListener("error", () => reject(new Error(address)));
    document.head.append(made);
  });
}
