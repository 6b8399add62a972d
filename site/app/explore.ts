// The page Explore: one state, which is the address, shown as list, filters, chips and map.
import { Address } from "./address";
import { Answers, needs } from "./answers";
import { Beside, countOf, moreOf } from "./beside";
import { showChips } from "./chips";
import { csv, geojson, save } from "./download";
import { button, element, found } from "./elements";
import { HubMap } from "./explore-map";
import { facets, showFacets, type Facet } from "./facets";
import { foliumMap } from "./folium";
import { ground } from "./ground";
import { wishName } from "./labels";
import { Learning } from "./learning";
import { HubList } from "./list";
import type { Progress } from "./loading";
import { Near } from "./near";
import { advice, farther, type Adviser } from "./nothing";
import { Piece } from "./piece";
import { opens } from "./opens";
import { popupWords } from "./popup";
import { showQuick } from "./quick";
import type { Answer } from "./query";
import { tools } from "./share";
import { Sheet } from "./sheet";
import { CHOICES, readState, toggled, without, writeState, type Choice, type State } from "./state";
import { counted, leftOut, say, type Words } from "./words";
import type { World } from "./world";

const WIDE = "(min-width: 60em)"; // as in explore.css
const PASSPORT = "#passport"; // in the address: to what a passport opens
const SPOKEN_AFTER = 600; // milliseconds without another change
const PAUSE = 300; // milliseconds between two looks at what arrives
const SHOWN = 50; // hubs whose machines are named first
const NAMED = 5; // countries that did not arrive
const MAP_AFTER = 150; // milliseconds without another change, once the map is there

type How = "push" | "replace" | "typed";

export class Explore {
  private state: State = readState(location.search);
  private answer: Answer | undefined;
  private progress: Progress = { done: 0, all: 0, missing: [] };
  private map: Promise<HubMap | undefined> | undefined;
  private isTyping = false;
  private waiting = 0;
  private taking = 0;
  private readonly learning: Learning;
  private hasMoved = false;
  private spoken = 0;
  private drawn = 0;
  private isNewOnMap = false;
  private readonly address = new Address();
  private readonly beside: Beside;
  private readonly answers: Answers;
  private readonly list: HubList;
  private readonly groups: Map<Choice, Facet>;
  private readonly near: Near;
  private readonly piece: Piece;
  private readonly sheet: Sheet;
  private readonly base: string;
  private readonly input = found<HTMLInputElement>("explore-words");
  private readonly view = found<HTMLButtonElement>("explore-view");
  private readonly here = found<HTMLButtonElement>("explore-area");

  constructor(private readonly place: HTMLElement, private readonly words: Words, world: World) {
    this.base = place.dataset["base"] ?? "";
    this.answers = new Answers(world);
    this.learning = new Learning(world, place.dataset["root"] ?? "", () => this.learnt());
    this.list = new HubList(found("explore-list"), world, words, this.base);
    this.groups = facets(CHOICES.filter((key) => key !== "registry" || world.registries.length > 0), world, words, (key, id) => this.go(toggled(this.state, key, id), "push"));
    this.near = new Near(words, () => this.answers.towns(), (near, within) => this.go({ ...this.state, near, within, area: undefined }, "push"));
    this.piece = new Piece(words, (size) => this.go({ ...this.state, size }, "typed"));
    const filters = found("explore-filters");
    const changed = (doors: Answers["doors"]): void => {
      this.answers.doors = doors;
      this.show(true);
    };
    const passport = opens({ root: place.dataset["root"] ?? "", base: this.base, words, world, changed });
    filters.append(this.near.place, passport, ...this.arranged());
    this.sheet = new Sheet(filters, found<HTMLButtonElement>("explore-open"), words);
    found("explore-count").after(tools(words, { csv: () => this.save("csv"), geojson: () => this.save("geojson"), embedded: () => this.embedded() }));
    this.beside = new Beside(world, words);
    found("explore-count").after(this.beside.place);
    showQuick(this.near, words, () => this.sheet.open(this.groups.get("process")?.place), matchMedia(WIDE));
    this.listen();
    if (location.hash === PASSPORT) this.unfold(passport);
    place.dataset["live"] = "";
  }

  /** Show one of the filters as if somebody had looked for it. */
  private unfold(filter: HTMLDetailsElement): void {
    if (!matchMedia(WIDE).matches) return this.sheet.open(filter);
    filter.open = true;
    filter.scrollIntoView();
  }

  /** Show what has arrived so far. */
  arrived(progress: Progress): void {
    this.progress = progress;
    this.answers.renew();
    if (progress.done === progress.all || this.answer === undefined) this.show(!this.hasMoved);
    else this.soon();
  }

  /** Other words or details of machines have arrived: notice is taken once of all that arrives at the same time. */
  private learnt(): void {
    if (this.taking === 0) this.taking = setTimeout(() => this.take(), PAUSE);
  }

  private take(): void {
    this.taking = 0;
    this.answers.renew();
    for (const group of this.groups.values()) group.renew();
    if (needs(this.state) !== "nothing") this.show(!this.hasMoved);
  }

  /** Show the state again before long: much arrives at the same time. */
  private soon(): void {
    if (this.waiting === 0) this.waiting = setTimeout(() => this.show(!this.hasMoved), PAUSE);
  }

  /** Fetch what the state needs besides the hubs themselves. */
  private learn(answer: Answer): void {
    const need = needs(this.state);
    if (need === "words") this.learning.words();
    if (need === "details") this.learning.details();
    if (need === "names") this.learning.shown(answer.hubs.subarray(0, SHOWN));
  }

  private arranged(): HTMLElement[] {
    return [...this.groups].flatMap(([key, group]) => (key === "material" ? [group.place, this.piece.place] : [group.place]));
  }

  private listen(): void {
    this.input.value = this.state.words;
    this.place.addEventListener("focusin", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.type === "search") this.learning.words();
    });
    this.input.addEventListener("input", () => this.go({ ...this.state, words: this.input.value }, "typed"));
    this.input.form?.addEventListener("submit", (event) => event.preventDefault());
    this.view.addEventListener("click", () => this.go({ ...this.state, view: this.state.view === "map" ? "list" : "map" }, "push"));
    this.here.addEventListener("click", () => void this.searchHere());
    addEventListener("popstate", () => {
      this.address.forget();
      this.state = readState(location.search);
      this.input.value = this.state.words;
      this.isTyping = false;
      this.show(true);
    });
    matchMedia(WIDE).addEventListener("change", () => this.show(false));
  }

  /** Go to another state: a new entry in the browser's history, one for each time somebody types. */
  private go(state: State, how: How): void {
    const isNew = writeState({ ...state, view: "list" }) !== writeState({ ...this.state, view: "list" });
    this.state = state;
    this.address.write(writeState(state), how === "push" || (how === "typed" && !this.isTyping));
    this.isTyping = how === "typed";
    if (document.activeElement !== this.input) this.input.value = state.words;
    this.show(isNew);
  }

  /** Paint the answer to the state: list, numbers and chips at once, the map afterwards. */
  private show(isNew: boolean): void {
    const { answers, state, words } = this;
    clearTimeout(this.waiting);
    this.waiting = 0;
    const answer = (this.answer = this.answers.to(state));
    this.learn(answer);
    const nameOf = (wish: Parameters<typeof without>[1]): string => wishName(this.answers.world, words, (id) => this.answers.towns().get(id), state, wish);
    const count = countOf(answers.world, words, answer.hubs);
    found("explore-count").textContent = count;
    this.beside.show(answer.hubs);
    this.list.show(answer, state);
    showFacets(this.groups, state, answer.counts);
    showChips(found("explore-chips"), state, words, nameOf, (wish) => this.go(without(state, wish), "push"), () => this.go({ ...readState(""), view: state.view }, "push"));
    this.near.show(state);
    this.piece.show(state);
    this.sheet.say(counted(words, "show", answer.hubs.length));
    this.note(answer, { words, nameOf, guess: (other) => this.answers.guess(other), turn: (other) => this.turn(other) });
    this.speak(`${count} ${moreOf(answers.world, words, answer.hubs)}`.trim());
    this.place.dataset["view"] = state.view;
    this.view.textContent = words[state.view === "map" ? "show_list" : "show_map"] ?? "";
    this.place.dataset["hubs"] = String(answer.hubs.length);
    this.showMap(isNew);
  }

  /** Say what was taken for what or left out, how much has arrived, and with few results or none what to change. */
  private note(answer: Answer, adviser: Adviser): void {
    const { state, words, progress } = this;
    const hubs = answer.hubs.length;
    const { taken, left } = (hubs > 0 ? answer.told : undefined) ?? { taken: [], left: [] };
    const opening = answer.doors?.note();
    const notes: HTMLElement[] = opening === undefined ? [] : [opening];
    notes.push(...taken.map(([typed, meant]) => element("p", "", say(words, "taken", { typed, meant }))));
    if (left.length > 0) notes.push(element("p", "", leftOut(words, left)));
    const isAll = progress.done === progress.all;
    if (!isAll) notes.push(element("p", "explore-progress", say(words, "progress", { done: String(progress.done), all: String(progress.all) })));
    else if (hubs === 0) notes.push(advice(state, adviser));
    if (progress.missing.length > 0) notes.push(this.missing(progress.missing));
    found("explore-notes").replaceChildren(...notes);
    const more = isAll ? farther(state, hubs, adviser) : undefined;
    found("explore-farther").replaceChildren(...(more === undefined ? [] : [more]));
  }

  /** Go where advice leads; the button that was pressed is gone then, and the focus goes to what it gave. */
  private turn(state: State): void {
    this.go(state, "push");
    found("explore-count").focus();
  }

  /** Name countries whose hubs did not arrive, and offer to try again: the address brings everything else back. */
  private missing(codes: readonly string[]): HTMLElement {
    const { labels, tables } = this.answers.world;
    const names = codes.map((code) => labels.countries[tables.countries.indexOf(code)] ?? code);
    const countries = names.length > NAMED ? [...names.slice(0, NAMED), "…"].join(", ") : names.join(", ");
    return element("p", "explore-missing", say(this.words, "missing", { countries }), " ", button("karakana-button", () => location.reload(), this.words["again"] ?? ""));
  }

  private speak(text: string): void {
    clearTimeout(this.spoken);
    this.spoken = setTimeout(() => (found("explore-status").textContent = text), SPOKEN_AFTER);
  }

  /** Draw the map when the list has been painted, and once for all that changes shortly after another. */
  private showMap(isNew: boolean): void {
    if (this.state.view !== "map" && !matchMedia(WIDE).matches) return;
    this.isNewOnMap ||= isNew;
    clearTimeout(this.drawn);
    const draw = (): void => {
      const isNewNow = this.isNewOnMap;
      this.isNewOnMap = false;
      void this.drawMap(isNewNow);
    };
    this.drawn = setTimeout(draw, this.map === undefined ? 0 : MAP_AFTER);
  }

  private async drawMap(isNew: boolean): Promise<void> {
    const isFirst = this.map === undefined;
    this.map ??= this.openMap();
    const map = await this.map;
    if (map === undefined || this.answer === undefined) return;
    map.resized();
    map.show(this.answer, this.state, this.answers.point(this.state), isNew || isFirst);
    if (isNew || isFirst) this.settled();
  }

  private async openMap(): Promise<HubMap | undefined> {
    const place = found("map_explore");
    try {
      const map = await foliumMap(this.place.dataset["root"] ?? "", "explore");
      void ground(map).catch(() => undefined);
      return new HubMap(map, this.answers.world, popupWords(place, "", this.words["origin"]), () => this.moved());
    } catch {
      place.append(place.dataset["failed"] ?? "");
      this.map = undefined;
      return undefined;
    }
  }

  private moved(): void {
    this.hasMoved = true;
    this.here.hidden = false;
  }

  private settled(): void {
    this.hasMoved = false;
    this.here.hidden = true;
  }

  private async searchHere(): Promise<void> {
    const map = await this.map;
    if (map === undefined) return;
    this.state = { ...this.state, near: "", area: map.area() };
    this.address.write(writeState(this.state), true);
    this.isTyping = false;
    this.show(false);
    this.settled();
  }

  private save(kind: "csv" | "geojson"): void {
    if (this.answer === undefined) return;
    const { world } = this.answers;
    const address = new URL(this.base, location.href).href;
    if (kind === "csv") save("hubs.csv", "text/csv;charset=utf-8", csv(world, this.answer, address));
    else save("hubs.geojson", "application/geo+json", geojson(world, this.answer, address));
  }

  private embedded(): string {
    return new URL(`${this.base}embed/${writeState({ ...this.state, view: "list" })}`, location.href).href;
  }
}
