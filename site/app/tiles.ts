// A map and the server of street images in; a button that asks first, and the images after a yes, out.
//
// No image is asked for before somebody agrees. The answer holds for one host; it is kept on this device and can
// be taken back with the same button.
import { element } from "./elements";

const KEPT = "karakana.streets";

/** Words of the button: `show` holds {host}, the place that is told what somebody looks at. */
export interface TileWords {
  show: string;
  hide: string;
}

/** Where street images come from: `url` as Leaflet writes it, `attribution` as plain text. */
export interface Tiles {
  url: string;
  attribution: string;
  words: TileWords;
}

/** Put the button on the map; the images too where somebody has agreed before. Nothing without an address. */
export function addTiles(map: L.Map, tiles: Tiles): void {
  const host = hostOf(tiles.url);
  if (host === "") return;
  const streets = layer(map, tiles);
  const button = element("button", "karakana-streets-button");
  button.type = "button";
  const shown = (isOn: boolean): void => {
    button.textContent = isOn ? tiles.words.hide : tiles.words.show.replace("{host}", host);
    if (isOn) streets.addTo(map);
    else streets.remove();
  };
  button.addEventListener("click", () => {
    const isOn = !map.hasLayer(streets);
    keep(isOn ? host : "");
    shown(isOn);
  });
  place(map, button);
  shown(kept() === host);
}

/** Above the countries, which lie at 200, and below what is drawn on the map. */
function layer(map: L.Map, tiles: Tiles): L.TileLayer {
  map.createPane("streets").style.zIndex = "250";
  return L.tileLayer(tiles.url, { pane: "streets", className: "karakana-streets", maxZoom: 19, attribution: escaped(tiles.attribution) });
}

function place(map: L.Map, button: HTMLButtonElement): void {
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => {
    const around = element("div", "karakana-streets-control", button);
    L.DomEvent.disableClickPropagation(around);
    return around;
  };
  control.addTo(map);
}

/** Leaflet reads an attribution as HTML. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}

function hostOf(url: string): string {
  try {
    return new URL(url.replace("{s}", "a")).hostname;
  } catch {
    return "";
  }
}

function kept(): string {
  try {
    return localStorage.getItem(KEPT) ?? "";
  } catch {
    return ""; // a browser that keeps nothing asks each time
  }
}

function keep(host: string): void {
  try {
    if (host === "") localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, host);
  } catch {
    return;
  }
}
