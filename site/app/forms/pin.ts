// The fields of latitude and longitude in; a map with a pin to drag, the device's place after a click, and a word about numbers that are swapped out.
import { button, element } from "../elements";
import { foliumMap } from "../folium";
import { ground } from "../ground";
import { figure, say as fill, type Words } from "../words";
import { countryName } from "./countries";
import { changed, type Field } from "./field";
import { boxOf, verdict, type Land, type Point, type Verdict } from "./land";
import { pairOf } from "./numbers";

const DIGITS = 5; // of a degree: a metre
const CLOSE = 13;
const EQUATOR = 40_075_017; // metres
const FINGER = 10; // pixels that a finger is off
const STEP = 8; // pixels that an arrow key moves the pin

export interface Surroundings {
  readonly words: Words;
  readonly root: string;
  /** The element that the map is drawn into, as the page has it. */
  readonly map: HTMLElement;
  country(): string;
  precision(): string;
  /** What is known of the country; undefined before it is there. */
  land(): Land | undefined;
}

export class Pin {
  readonly place: HTMLElement;
  private map: L.Map | undefined;
  private marker: L.Marker | undefined;
  private said = "";
  private pinned = "";
  private off = 0; // kilometres that the pin may be off: the map shows too much
  private readonly note = element("p", "form-note");
  private readonly opener: HTMLButtonElement;

  constructor(private readonly around: Surroundings, private readonly fields: () => readonly [Field, Field]) {
    const { words, map } = around;
    this.note.setAttribute("role", "status");
    this.opener = button("karakana-button", () => void this.open(), words["map_show"] ?? "");
    const here = button("karakana-button", () => this.here(), words["map_here"] ?? "");
    map.hidden = true;
    this.place = element("div", "form-pin", element("p", "form-label", words["pin"] ?? ""), element("p", "form-hint", words["pin_hint"] ?? ""), element("div", "form-buttons", this.opener, here), map, this.note);
  }

  /** Take notice of a country that was chosen, or of what is known of it. */
  renew(): void {
    if (this.point() === undefined) this.look();
    this.check();
  }

  /** Follow what was typed; two numbers in the first field are parted. */
  typed(): void {
    const [latitude] = this.fields();
    if (String(this.point()) !== this.pinned) this.off = 0;
    const pair = latitude.control instanceof HTMLInputElement ? pairOf(latitude.control.value) : undefined;
    if (pair !== undefined) this.set(pair);
    const point = this.point();
    if (point !== undefined) this.marker?.setLatLng([...point]);
    this.draw();
    this.check();
  }

  point(): Point | undefined {
    const [y, x] = this.fields().map((field) => field.read());
    return typeof y === "number" && typeof x === "number" ? [y, x] : undefined;
  }

  private set(to: Point): void {
    const [latitude, longitude] = this.fields();
    const [y, x] = rounded(to);
    latitude.write(y);
    longitude.write(x);
    changed(latitude.place);
    changed(longitude.place);
  }

  private async open(): Promise<void> {
    const { map: place, root } = this.around;
    place.hidden = false;
    this.opener.hidden = true;
    try {
      this.map = await foliumMap(root, "form");
      void ground(this.map).catch(() => undefined);
      this.map.on("click", (event) => this.moved(event.latlng));
      this.look();
      this.draw();
      place.dataset["ready"] = "";
    } catch {
      place.hidden = true;
      this.opener.hidden = false;
      this.note.textContent = place.dataset["failed"] ?? "";
    }
  }

  private look(): void {
    const point = this.point();
    const land = this.around.land();
    if (this.map === undefined) return;
    const box = land === undefined ? undefined : boxOf(land);
    if (point !== undefined && Math.abs(point[0]) <= 85) this.map.setView([...point], CLOSE, { animate: false });
    else if (box !== undefined) this.map.fitBounds([[box[0], box[1]], [box[2], box[3]]], { animate: false });
  }

  private draw(): void {
    const point = this.point();
    const { map } = this;
    if (map === undefined) return;
    if (point === undefined) {
      this.marker?.remove();
      this.marker = undefined;
      return;
    }
    if (this.marker !== undefined) return;
    const icon = L.divIcon({ className: "form-marker", iconSize: [30, 40], iconAnchor: [15, 40] });
    const title = this.around.words["pin"] ?? "";
    this.marker = L.marker([...point], { icon, draggable: true, title, alt: title, keyboard: true, autoPan: true }).addTo(map);
    this.marker.on("dragend", () => this.marker !== undefined && this.moved(this.marker.getLatLng()));
    this.marker.getElement()?.addEventListener("keydown", (event) => this.pushed(event));
  }

  private pushed(event: KeyboardEvent): void {
    const [right, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if ((right === 0 && down === 0) || this.map === undefined || this.marker === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const at = this.map.latLngToContainerPoint(this.marker.getLatLng()).add([(right ?? 0) * STEP, (down ?? 0) * STEP]);
    this.moved(this.map.containerPointToLatLng(at));
  }

  private moved({ lat, lng }: L.LatLng): void {
    const metres = (EQUATOR * Math.cos((lat * Math.PI) / 180) * FINGER) / 2 ** ((this.map?.getZoom() ?? CLOSE) + 8);
    this.off = Math.round(metres / 1000);
    const to: Point = [lat, ((((lng + 180) % 360) + 360) % 360) - 180];
    this.pinned = String(rounded(to));
    this.set(to);
  }

  private here(): void {
    const { words } = this.around;
    const failed = (): void => void (this.note.textContent = words["near_failed"] ?? "");
    this.note.textContent = words["near_asking"] ?? "";
    if (!("geolocation" in navigator)) return failed();
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      this.note.textContent = "";
      this.off = 0;
      this.set([coords.latitude, coords.longitude]);
      this.look();
    }, failed, { enableHighAccuracy: true, maximumAge: 60_000, timeout: 20_000 });
  }

  private check(): void {
    const point = this.point();
    const land = this.around.land();
    const found: Verdict = point === undefined || land === undefined ? { kind: "fine" } : verdict(land, point, this.around.precision());
    const said = found.kind === "fine" && this.off === 0 ? "" : `${found.kind} ${this.around.country()} ${String(point)}`;
    if (said === this.said) return; // the button is not taken away while it is being pressed
    this.said = said;
    this.note.classList.toggle("form-warning", found.kind !== "fine");
    const coarse = this.off === 0 || point === undefined ? "" : fill(this.around.words, "pin_coarse", { km: figure(this.off) });
    const text = found.kind === "fine" ? coarse : fill(this.around.words, found.kind, { country: countryName(this.around.country()) });
    this.note.replaceChildren(text, ...this.mending(found));
  }

  private mending({ kind, meant }: Verdict): (string | Node)[] {
    if (meant === undefined) return [];
    return [" ", button("karakana-button", () => this.set(meant), this.around.words[kind === "swapped" ? "swap" : "signs_mend"] ?? "")];
  }
}

function rounded([y, x]: Point): Point {
  return [Number(y.toFixed(DIGITS)), Number(x.toFixed(DIGITS))];
}
