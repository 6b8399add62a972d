// A hub's place and marks in; its circle on the map out, drawn on canvas; clusters with a number that can be read.
import type { MarkerCluster, MarkerClusterGroup } from "leaflet";
import { INVENTED, isOld, SOFT } from "./data";
import { element } from "./elements";
import { figure } from "./words";

/** Return a function that makes circles in the colours that the page has now. */
export function circles(): (y: number, x: number, marks: number) => L.CircleMarker {
  const style = getComputedStyle(document.body);
  const colour = (name: string): string => style.getPropertyValue(`--karakana-${name}`).trim();
  const [old, invented, usual, rim] = [colour("old"), colour("invented"), colour("point"), colour("land")];
  return (y, x, marks) => {
    const fill = isOld(marks) ? old : marks & INVENTED ? invented : usual;
    return L.circleMarker([y, x], looks(marks, fill, rim));
  };
}

/** A point known to the town only is a soft, wide circle; an invented hub has a broken rim. */
function looks(marks: number, fill: string, rim: string): L.CircleMarkerOptions {
  const soft = (marks & SOFT) !== 0;
  return {
    radius: soft ? 11 : 7, color: soft ? fill : rim, weight: soft ? 1 : 1.5, fillColor: fill,
    fillOpacity: soft ? 0.35 : 0.9, ...(marks & INVENTED ? { dashArray: "3 3" } : {}),
  };
}

/** Let clusters show how many hubs are in them. */
export function nameClusters(clusters: MarkerClusterGroup, words: string): void {
  Object.assign(clusters.options, { iconCreateFunction: (cluster: MarkerCluster) => icon(cluster.getChildCount(), words) });
}

function icon(count: number, words: string): L.DivIcon {
  const size = count < 10 ? 30 : count < 100 ? 36 : 44;
  const shown = element("span", "", figure(count));
  shown.setAttribute("aria-hidden", "true");
  const named = element("span", "karakana-unseen", words.replace("{count}", figure(count)));
  return L.divIcon({ html: element("div", "", shown, named), className: "karakana-cluster", iconSize: [size, size] });
}
