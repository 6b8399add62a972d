// Hubs in; a circle on the map for each that has a place, drawn on canvas and gathered in clusters, out.
import type { MarkerCluster, MarkerClusterGroup } from "leaflet";
import { degrees, INVENTED, SHUT, SOFT, STALE, type Hubs } from "./data";
import { element } from "./elements";

/** Put a circle for each hub into the clusters; return where each circle's hub stands in the table. */
export function drawPoints(hubs: Hubs, clusters: MarkerClusterGroup, clusterWords: string): Map<L.Layer, number> {
  const found = new Map<L.Layer, number>();
  Object.assign(clusters.options, {
    iconCreateFunction: (cluster: MarkerCluster) => icon(cluster.getChildCount(), clusterWords),
  });
  hubs.id.forEach((_, at) => {
    const y = hubs.y[at];
    const x = hubs.x[at];
    if (y !== null && y !== undefined && x !== null && x !== undefined) {
      found.set(L.circleMarker([degrees(y), degrees(x)], looks(hubs.marks[at] ?? 0)), at);
    }
  });
  clusters.addLayers([...found.keys()]);
  return found;
}

/** A point known to the town only is a soft, wide circle; an invented hub has a broken rim; an old one is grey. */
function looks(marks: number): L.CircleMarkerOptions {
  const style = getComputedStyle(document.body);
  const name = marks & (STALE | SHUT) ? "--karakana-old" : marks & INVENTED ? "--karakana-invented" : "--karakana-point";
  const colour = style.getPropertyValue(name).trim();
  const soft = (marks & SOFT) !== 0;
  return {
    radius: soft ? 11 : 7, color: soft ? colour : "#fff", weight: soft ? 1 : 1.5, fillColor: colour,
    fillOpacity: soft ? 0.35 : 0.9, ...(marks & INVENTED ? { dashArray: "3 3" } : {}),
  };
}

function icon(count: number, words: string): L.DivIcon {
  const size = count < 10 ? 30 : count < 100 ? 36 : 44;
  const shown = element("span", "", count.toLocaleString(document.documentElement.lang));
  shown.setAttribute("aria-hidden", "true");
  const named = element("span", "karakana-unseen", words.replace("{count}", String(count)));
  return L.divIcon({ html: element("div", "", shown, named), className: "karakana-cluster", iconSize: [size, size] });
}
