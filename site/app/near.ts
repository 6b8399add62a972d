// The part of the filters that asks where: a town, or here, and how far. The device is asked only after a click.
import { button, element } from "./elements";
import { fold } from "./fold";
import { isHere, pointName, rememberHere } from "./here";
import { placeName, townsNamed, type Town } from "./places";
import { USUAL_KM, type State } from "./state";
import { figure, say, type Words } from "./words";

const DISTANCES = [10, 25, 50, 100, 250, 500, 1000, 2500];
const SUGGESTIONS = 6;

/** The fields; `changed` gets what they say. */
export class Near {
  readonly place: HTMLElement;
  /** Another button that asks the device, for outside the filters, and what it says then. */
  readonly quick: HTMLButtonElement;
  readonly said = element("span", "explore-note");
  private readonly input = element("input", "explore-field");
  private readonly list = element("ul", "explore-towns");
  private readonly distances = element("select", "explore-field");
  private readonly note = element("p", "explore-note");
  private chosen = -1;
  private state: State | undefined;
  private isStrange = false; // what stands in the field names no town

  constructor(
    private readonly words: Words, private readonly towns: () => ReadonlyMap<string, Town>, private readonly changed: (near: string, within: number) => void,
  ) {
    this.describe();
    const row = element("div", "explore-near-row", this.input, this.list);
    const within = element("label", "explore-within", element("span", "", words["within"] ?? ""), this.distances);
    this.place = element("fieldset", "explore-near", element("legend", "", words["near"] ?? ""), row, within, button("explore-here", () => this.here(), words["near_me"] ?? ""), this.note);
    this.quick = button("", () => (isHere(this.state?.near ?? "") ? this.changed("", USUAL_KM) : this.here()), words["near_me"] ?? "");
    for (const note of [this.note, this.said]) note.setAttribute("role", "status");
    this.listen();
  }

  show(state: State): void {
    if (state.near !== this.state?.near) this.isStrange = false;
    this.state = state;
    this.quick.setAttribute("aria-pressed", String(isHere(state.near)));
    if (this.isStrange) this.left();
    else if (document.activeElement !== this.input) this.input.value = this.called(state.near);
    const steps = [...new Set([...DISTANCES, state.within])].sort((one, other) => one - other);
    this.distances.replaceChildren(...steps.map((km) => new Option(say(this.words, "km", { km: figure(km) }), String(km), false, km === state.within)));
    this.distances.disabled = state.near === "";
  }

  private describe(): void {
    const { input, list, words } = this;
    input.type = "text";
    input.autocomplete = "off";
    input.placeholder = words["near_hint"] ?? "";
    list.id = "explore-towns";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words["near_hint"] ?? "");
    for (const [key, value] of Object.entries({ role: "combobox", "aria-controls": list.id, "aria-autocomplete": "list", "aria-expanded": "false", "aria-label": `${words["near"] ?? ""}: ${words["near_hint"] ?? ""}` })) {
      input.setAttribute(key, value);
    }
  }

  private listen(): void {
    this.input.addEventListener("input", () => {
      this.isStrange = false;
      this.say("");
      this.suggest();
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => {
      this.close();
      this.left();
    });
    this.distances.addEventListener("change", () => this.changed(this.state?.near ?? "", Number(this.distances.value)));
  }

  /** Take the town whose whole name stands in the field; say so when there is none. */
  private left(): void {
    const { state, input, words } = this;
    if (state === undefined) return;
    const text = fold(input.value);
    if (text === fold(this.called(state.near))) this.isStrange = false;
    else if (text === "") this.changed("", USUAL_KM);
    else {
      const [town] = townsNamed(this.towns().values(), input.value, SUGGESTIONS).filter((one) => one.text.trim() === text);
      if (town !== undefined) return this.take(town.id);
      this.isStrange = true;
      this.say(words["near_unknown"] ?? "");
    }
  }

  private called(near: string): string {
    return placeName(near, this.towns().get(near), pointName(near, this.words));
  }

  private suggest(): void {
    const found = townsNamed(this.towns().values(), this.input.value, SUGGESTIONS);
    this.chosen = -1;
    this.list.replaceChildren(...found.map((town, at) => this.option(town, at)));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.input.removeAttribute("aria-activedescendant");
  }

  private option(town: Town, at: number): HTMLLIElement {
    const option = element("li", "", element("bdi", "", town.name), " ", element("small", "", town.country));
    option.id = `explore-town-${at}`;
    option.dataset["id"] = town.id;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => this.take(town.id));
    return option;
  }

  private take(id: string): void {
    this.close();
    this.isStrange = false;
    this.say("");
    this.input.value = this.towns().get(id)?.name ?? "";
    this.changed(id, this.state?.within ?? USUAL_KM);
  }

  private key(event: KeyboardEvent): void {
    const options = [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length > 0) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose(options, (Math.max(this.chosen, step > 0 ? -1 : 0) + step + options.length) % options.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const id = options[Math.max(this.chosen, 0)]?.dataset["id"];
      if (id !== undefined) this.take(id);
      else this.left();
    }
  }

  private choose(options: HTMLElement[], at: number): void {
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    this.chosen = at;
    this.input.setAttribute("aria-activedescendant", options[at]?.id ?? "");
  }

  private close(): void {
    this.list.replaceChildren();
    this.list.hidden = true;
    this.chosen = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  /** Ask the device where it is; hundredths of a degree are enough, and all that the address will tell others. */
  private here(): void {
    const failed = (): void => this.say(this.words["near_failed"] ?? "");
    this.say(this.words["near_asking"] ?? "");
    if (!("geolocation" in navigator)) return failed();
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const near = `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`;
      this.say("");
      this.isStrange = false;
      rememberHere(near);
      this.changed(near, this.state?.within ?? USUAL_KM);
    }, failed, { maximumAge: 600_000, timeout: 20_000 });
  }

  private say(text: string): void {
    this.note.textContent = text;
    this.said.textContent = text;
  }
}
