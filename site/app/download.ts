// The hubs that are shown in; a table for spreadsheets or GeoJSON out, made here.
import { FOREIGN, FRESHNESS, freshnessOf, INVENTED, SOFT, STATUSES, statusOf } from "./data";
import { element } from "./elements";
import type { Answer } from "./query";
import type { World } from "./world";

type Cell = string | number;
const HEAD = ["id", "name", "kind", "status", "country", "locality", "latitude", "longitude", "precision", "freshness", "invented", "machines", "page"];
const FORMULA = /^[=+\-@\t\r]/;

/** Return a table of our hubs as CSV (RFC 4180); no cell of text is run as a formula (see generator/exporters/tables.py). */
export function csv(world: World, answer: Answer, address: string): string {
  const rows = Array.from(ours(world, answer), (hub) => Object.values(facts(world, answer, hub, address)));
  return [HEAD, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** Return our hubs as GeoJSON (RFC 7946); hubs without a point have no geometry. */
export function geojson(world: World, answer: Answer, address: string): string {
  const features = Array.from(ours(world, answer), (hub) => {
    const { latitude, longitude, ...properties } = facts(world, answer, hub, address);
    const point = latitude === "" ? null : { type: "Point", coordinates: [longitude, latitude] };
    return { type: "Feature", id: world.id(hub), geometry: point, properties };
  });
  return `${JSON.stringify({ type: "FeatureCollection", features })}\n`;
}

/** What other registries publish is under their licences, and is theirs to give. */
function ours(world: World, { hubs }: Answer): Uint32Array {
  return hubs.filter((hub) => ((world.marks[hub] ?? 0) & FOREIGN) === 0);
}

function facts(world: World, answer: Answer, hub: number, address: string): Record<string, Cell> {
  const [y = NaN, x = NaN, marks = 0] = [world.y[hub], world.x[hub], world.marks[hub]];
  const id = world.id(hub);
  return {
    id, name: world.name[hub] ?? "", kind: world.tables.kinds[world.kind[hub] ?? 0] ?? "", status: STATUSES[statusOf(marks)] ?? "",
    country: id.slice(0, 2), locality: world.town[hub] ?? "", latitude: Number.isNaN(y) ? "" : y, longitude: Number.isNaN(x) ? "" : x,
    precision: marks & SOFT ? "approximate" : "exact", freshness: FRESHNESS[freshnessOf(marks)] ?? "", invented: marks & INVENTED ? "yes" : "no",
    machines: answer.machines(hub).map((machine) => world.machineName(machine)).join(";"), page: new URL(world.hubPage(hub), address).href,
  };
}

function cell(value: Cell): string {
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Hand a text to the browser as a file. */
export function save(name: string, kind: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: kind }));
  const anchor = element("a", "");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
