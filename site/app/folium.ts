// An element for a map in; Leaflet, its styles and folium's script, fetched when wanted, out.
const STYLE = "assets/app/map.css";
const LEAFLET = "assets/leaflet/leaflet.js";

/** Resolve to the map; `name` is that of the element, without `map_`. Rejects without network. */
export async function foliumMap(root: string, name: string): Promise<L.Map> {
  const drawn = new Promise<L.Map>((resolve) => {
    window.karakana = { draw: resolve };
  });
  const scripts = [LEAFLET, `assets/map/${name}.js`].map((path) => script(`${root}${path}`));
  await Promise.all([style(`${root}${STYLE}`), ...scripts]);
  return drawn;
}

function style(address: string): Promise<void> {
  const made = document.createElement("link");
  made.rel = "stylesheet";
  made.href = address;
  return added(made, address);
}

/** All scripts come at once; they run in the order in which they were added. */
function script(address: string): Promise<void> {
  const made = document.createElement("script");
  made.async = false;
  made.src = address;
  return added(made, address);
}

function added(made: HTMLElement, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    made.addEventListener("load", () => resolve());
    made.addEventListener("error", () => reject(new Error(address)));
    document.head.append(made);
  });
}
