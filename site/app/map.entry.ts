// The map that folium sets up (generator/publish/map.py) in; base map, hubs and popups on it out.
import type { MarkerClusterGroup } from "leaflet";
import { drawAtlas } from "./atlas";
import { load, type Hubs } from "./data";
import { drawPoints } from "./points";
import { popup } from "./popup";

declare global {
  interface Window {
    karakana: { draw(map: L.Map, clusters: MarkerClusterGroup): void };
  }
}

const EDGE: L.LatLngBoundsExpression = [[-80, -210], [85, 210]];

async function draw(map: L.Map, clusters: MarkerClusterGroup): Promise<void> {
  const place = map.getContainer();
  const data = place.dataset;
  map.setMaxBounds(EDGE);
  map.attributionControl.setPrefix(false).addAttribution(data["attribution"] ?? "");
  try {
    const atlas = drawAtlas(map, data["coarse"] ?? "", data["fine"] ?? "");
    const hubs = await load<Hubs>(data["hubs"] ?? "");
    const points = drawPoints(hubs, clusters, data["cluster"] ?? "");
    if (points.size > 0) map.fitBounds(boundsOf(points.keys()), { padding: [24, 24], maxZoom: 6, animate: false });
    const words = { soft: data["soft"] ?? "", invented: data["invented"] ?? "" };
    clusters.on("click", (event: L.LeafletMouseEvent) => {
      const at = points.get(event.propagatedFrom as L.Layer);
      if (at !== undefined) L.popup({ maxWidth: 260 }).setLatLng(event.latlng).setContent(popup(hubs, at, data["base"] ?? "", words)).openOn(map);
    });
    await atlas;
    place.dataset["ready"] = String(points.size);
  } catch {
    place.append(data["failed"] ?? "");
  }
}

/** The clusters know their bounds only when all points are in, which takes several turns. */
function boundsOf(points: Iterable<L.Layer>): L.LatLngBounds {
  const places = [...points].filter((point) => point instanceof L.CircleMarker).map((point) => point.getLatLng());
  return L.latLngBounds(places);
}

window.karakana = { draw: (map, clusters) => void draw(map, clusters) };
