// The map of a design's or a request's page, once it is opened: hubs by what they can do, and the ways of a plan.
import { colour, watchColours } from "./colours";
import { element, isolated, linkOut } from "./elements";
import { foliumMap } from "./folium";
import { ground } from "./ground";

/** As generator/publish/plotted.py writes them. */
interface Plot {
  spots: [at: [number, number], name: string, page: string, note: string, tone: string][];
  ways: [start: number, end: number, note: string][];
  legend: [tone: string, label: string][];
}

const GOAL = "goal";
const PART = "no"; // does some of the steps: a small ring
const CERTAIN = ["yes", GOAL]; // filled; the others are rings
const COLOURS: Readonly<Record<string, string>> = { yes: "point", ask: "point", "one-fix": "invented", [GOAL]: "invented" };

async function draw(fold: HTMLElement): Promise<void> {
  const place = fold.querySelector<HTMLElement>(".karakana-map");
  if (place === null) return;
  const { root = "", base = "", failed = "" } = place.dataset;
  const plot = JSON.parse(fold.dataset["plot"] ?? "") as Plot;
  try {
    const map = await foliumMap(root, "plot");
    map.fitBounds(L.latLngBounds(plot.spots.map(([at]) => at)), { padding: [28, 28], maxZoom: 7, animate: false });
    const atlas = ground(map);
    const layers = [...plot.ways.map((way) => wayOf(way, plot)), ...[...plot.spots].reverse().map((spot) => spotOf(spot, base))];
    for (const [layer] of layers) layer.addTo(map);
    watchColours(() => layers.forEach(([layer, look]) => layer.setStyle(look())));
    fold.append(legendOf(plot));
    await atlas;
    place.dataset["ready"] = String(plot.spots.length);
  } catch {
    place.append(failed);
  }
}

type Drawn = [layer: L.Path, look: () => L.PathOptions];

function wayOf([start, end, note]: Plot["ways"][number], { spots }: Plot): Drawn {
  const [from, to] = [spots[start], spots[end]];
  const look = (): L.PathOptions => ({ color: colour("invented"), weight: 3, opacity: 0.85, dashArray: "8 6" });
  const layer = L.polyline([from?.[0] ?? [0, 0], to?.[0] ?? [0, 0]], look());
  const names = element("p", "karakana-popup-name", isolated(from?.[1] ?? ""), " – ", isolated(to?.[1] ?? ""));
  return [layer.bindPopup(element("div", "karakana-popup", names, element("p", "", note))), look];
}

function spotOf([at, name, page, note, tone]: Plot["spots"][number], base: string): Drawn {
  const look = (): L.CircleMarkerOptions => lookOf(tone);
  const named = page === "" ? isolated(name) : linkOut(base, page, isolated(name));
  const content = element("div", "karakana-popup", element("p", "karakana-popup-name", named), element("p", "", note));
  return [L.circleMarker(at, look()).bindPopup(content), look];
}

function lookOf(tone: string): L.CircleMarkerOptions {
  const own = colour(COLOURS[tone] ?? "old");
  const isFilled = CERTAIN.includes(tone);
  return { radius: tone === GOAL ? 10 : tone === PART ? 4 : 7, color: isFilled ? colour("land") : own, weight: isFilled ? 1.5 : 3, fillColor: isFilled ? own : colour("land"), fillOpacity: 0.95 };
}

function legendOf({ legend }: Plot): HTMLElement {
  const lines = legend.map(([tone, label]) => element("li", "", element("span", `karakana-spot karakana-spot-${tone}`), " ", label));
  return element("ul", "karakana-legend", ...lines);
}

for (const fold of document.querySelectorAll<HTMLElement>("details[data-plot]")) void draw(fold);
