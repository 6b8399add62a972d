// A hub's place and marks in; its circle on the map out, drawn on canvas; clusters with a number that can be read.
import { colour } from "./colours";
import { FOREIGN, INVENTED, isOld, SOFT } from "./data";
import { element } from "./elements";
import { figure } from "./words";

/** Return the circle of a place. */
export function circle(y: number, x: number, look: L.CircleMarkerOptions): L.CircleMarker {
  return L.circleMarker([y, x], look);
}

/** Return how circles look in the colours that the page has now, by a hub's marks: a point known to the town only is
 * soft and wide, an invented hub has a broken rim, one of another registry is a ring. */
export function looks(): (marks: number) => L.CircleMarkerOptions {
  const [old, invented, usual, rim] = [colour("old"), colour("invented"), colour("point"), colour("land")];
  return (marks) => {
    const soft = (marks & SOFT) !== 0;
    const isRing = (marks & FOREIGN) !== 0;
    const fill = isOld(marks) ? old : marks & INVENTED ? invented : usual;
    return {
      radius: soft ? 11 : isRing ? 6 : 7, color: soft || isRing ? fill : rim, weight: isRing ? 3 : soft ? 1 : 1.5, fillColor: isRing ? rim : fill,
      fillOpacity: soft ? 0.35 : 0.9, ...(marks & INVENTED ? { dashArray: "3 3" } : {}),
    };
  };
}

/** Return the mark of a cluster: how many hubs are in it; another one when none of them is ours. */
export function icon(count: number, words: string, whose: "ours" | "others"): L.DivIcon {
  const size = count < 10 ? 30 : count < 100 ? 36 : count < 1000 ? 44 : 54;
  const shown = element("span", "", figure(count));
  shown.setAttribute("aria-hidden", "true");
  const named = element("span", "karakana-unseen", words.replace("{count}", figure(count)));
  return L.divIcon({ html: element("div", "", shown, named), className: whose === "ours" ? "karakana-cluster" : "karakana-cluster karakana-others", iconSize: [size, size] });
}
