// A world and the page's parts in; the page that answers who can make what, out. Everything follows from the address and
// from a file that somebody opened.
import { Address } from "../address";
import { button, element, found, link } from "../elements";
import { fill, fillDetails, isWhole } from "../loading";
import { load } from "../data";
import type { Manifest } from "../okh/manifest";
import type { Terms } from "../okh/parts";
import { pointOf, towns, type Town } from "../places";
import { figure, say } from "../words";
import type { World } from "../world";
import { described, readAsking, writeAsking, type Asking } from "./asking";
import type { Capabilities } from "./capabilities";
import { Cards, colon, type Shown } from "./cards";
import { known } from "./choices";
import { Fields } from "./fields";
import { leftOut, manifestOf } from "./file";
import { Files } from "./files";
import type { Names } from "./names";
import { day } from "./reasons";
import { Search } from "./search";
import { Taxonomy } from "./terms";
import { FAIL, VERDICTS, verdictOf } from "./values";
import { NOTHING, type Made, type Step, type Wish } from "./wanted";

const PAUSE = 200; // milliseconds without another change
const MISSING = 5; // countries that are named
const MOST_WORDS = 12; // of a manifest that are named as not understood

export class Tool {
  private asking: Asking;
  private designs: readonly Made[] = [];
  private file: Manifest | undefined;
  private places: ReadonlyMap<string, Town> | undefined;
  private waiting = 0;
  private turn = 0;
  private opening = 0;
  private isFilling = false;
  private readonly address = new Address();
  private readonly files: Files;
  private readonly fields: Fields;
  private readonly cards: Cards;
  private readonly processes: Taxonomy;
  private readonly materials: Taxonomy;

  constructor(private readonly place: HTMLElement, private readonly names: Names) {
    const { root = "", base = "" } = place.dataset;
    this.asking = known(readAsking(location.search), names);
    const { tables, manifest } = names.world;
    this.files = new Files(root, manifest.countries);
    this.cards = new Cards(found("match-list"), names, base);
    [this.processes, this.materials] = [new Taxonomy(tables.processes), new Taxonomy(tables.materials)];
    this.fields = new Fields(found("match-form"), names, this.asking, {
      changed: (asking) => this.go(asking), opened: (file) => void this.open(file), closed: () => this.close(), towns: () => this.towns(),
      typing: () => void this.learn(root), wanted: () => found("match-count").focus(),
    });
    addEventListener("popstate", () => {
      this.address.forget();
      this.asking = known(readAsking(location.search), names);
      this.soon(0);
    });
  }

  private get world(): World {
    return this.names.world;
  }

  /** Fetch the designs, then answer what the address asks. */
  async start(): Promise<void> {
    this.designs = await this.files.designs();
    if (!this.designs.some(({ id }) => id === this.asking.design)) this.asking = { ...this.asking, design: "" };
    this.fields.offer(this.designs);
    await this.answer();
    this.place.dataset["live"] = "";
    if (this.asking.near.includes("/")) this.fillWorld([this.asking.near.split("/")[0] ?? ""]);
  }

  private go(asking: Asking): void {
    this.asking = asking;
    this.address.write(writeAsking(asking), false);
    this.soon(PAUSE);
  }

  private soon(pause: number): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.answer(), pause);
  }

  /** Fetch what else terms are called. */
  private async learn(root: string): Promise<void> {
    this.fillWorld([]);
    this.fields.terms ??= await load<Terms>(`${root}data/terms.json`).catch(() => undefined);
  }

  /** Open a file, unless another one is opened before it is read. */
  private async open(file: File): Promise<void> {
    const { words } = this.names;
    const opening = (this.opening += 1);
    const read = await manifestOf(file, this.place.dataset["root"] ?? "", words).catch((fault: unknown) => (fault instanceof Error ? fault.message : ""));
    if (opening !== this.opening) return;
    const isFault = typeof read === "string";
    this.file = isFault ? undefined : read;
    this.fields.tell(isFault ? read : `${say(words, "from_file", { name: file.name })}.${leftOut(read, words)}`, isFault);
    this.soon(0);
  }

  private close(): void {
    this.opening += 1;
    this.file = undefined;
    this.fields.tell("", false);
    this.soon(0);
  }

  /** Answer what is asked now, unless something else is asked before it is there. */
  private async answer(): Promise<void> {
    const turn = (this.turn += 1);
    this.fields.show(this.asking, this.file?.title ?? "");
    const wish = this.wish("");
    found("match-steps").replaceChildren(...this.steps(wish.steps));
    if (wish.steps.length === 0) return this.nothing();
    this.heading(this.names.words["loading"] ?? "");
    const capable = await this.files.known(this.asking.country);
    if (turn !== this.turn) return;
    this.fields.suggest(schemes(capable));
    const asked = this.wish(capable.common.as_of);
    if (asked.by !== "" && asked.by < asked.start) return this.past(asked);
    const search = new Search(capable, this.processes, this.materials, asked);
    const shown: Shown = { search, known: capable, answer: search.answer() };
    this.cards.show(shown);
    this.tell(shown);
    this.place.dataset["answer"] = String(turn);
    await this.name();
  }

  /** Return what is wished for from a day on. */
  private wish(start: string): Wish {
    const { asking, file } = this;
    const made = file === undefined ? this.designs.find(({ id }) => id === asking.design) : undefined;
    const near = asking.near === "" ? undefined : pointOf(asking.near, this.towns());
    const licences = file === undefined ? (made?.licences ?? []) : [[file.title, ""] as const];
    return {
      ...NOTHING, start, licences, steps: file?.steps ?? made?.steps ?? (asking.design === "" ? described(asking) : []),
      // Nobody knows whether a hub can what nobody understands.
      silent: file === undefined ? (made?.silent ?? []) : file.unknown.length > 0 ? [file.title] : [],
      notUnderstood: file?.unknown.slice(0, MOST_WORDS) ?? [],
      isInvented: made?.invented === true, quantity: asking.quantity, near, within: near === undefined ? undefined : asking.within, by: asking.by,
      countries: listed(asking.country), networks: listed(asking.network), languages: listed(asking.language), contract: asking.contract, isCommercial: asking.isCommercial,
    };
  }

  /** Say what to do where nothing is asked, or that a design does not say how it is made. */
  private nothing(): void {
    const isChosen = this.asking.design !== "";
    this.empty(this.names.words[!isChosen ? "begin" : this.designs.length > 0 ? "silent" : "loading"] ?? "");
  }

  /** Say that nobody can be asked for a day that is past. */
  private past({ by, start }: Wish): void {
    this.empty(say(this.names.words, "past", { by: day(by), day: day(start) }));
  }

  private empty(heading: string): void {
    this.cards.show(undefined);
    this.heading(heading);
    found("match-notes").replaceChildren();
  }

  private heading(text: string): void {
    found("match-count").textContent = text;
    found("match-status").textContent = text;
  }

  /** Say how many hubs have each verdict, and what speaks against it whoever makes it. */
  private tell({ answer, known }: Shown): void {
    const { names, asking } = this;
    const { words } = names;
    found("match-count").textContent = words["answer"] ?? "";
    const counts = VERDICTS.filter((verdict) => verdict !== "no" && answer.counts[verdict] > 0);
    const said = counts.map((verdict) => `${words[`verdict.${verdict}`] ?? ""}${colon(words)}${figure(answer.counts[verdict])}`);
    found("match-status").textContent = said.length === 0 ? (words["nobody"] ?? "") : said.join(" · ");
    const notes: HTMLElement[] = said.length === 0 ? [] : [element("ul", "match-counts", ...said.map((one) => element("li", "explore-tag", one)))];
    if (answer.rows.length === 0) notes.push(element("p", "", words["nothing"] ?? ""));
    else if (answer.counts.yes + answer.counts.ask === 0) notes.push(element("p", "", words["nobody"] ?? ""), ...this.wider(answer));
    for (const check of answer.checks) if (check.result === FAIL) notes.push(element("p", "", names.words[`match.${check.rule}.${check.reason}`]?.replace("{found}", check.found) ?? ""));
    if (this.files.missing.size > 0) notes.push(this.missing());
    if (asking.by !== "") notes.push(element("p", "match-note", say(words, "as_of", { day: day(known.common.as_of) })));
    notes.push(element("p", "", this.onMap()));
    if (this.wish("").steps.length > 1) notes.push(element("p", "match-note", link(`${this.place.dataset["base"] ?? ""}making/`, words["several"] ?? "")));
    found("match-notes").replaceChildren(...notes);
  }

  /** Return a button that asks as far as the nearest hub to which only the distance is in the way. */
  private wider({ rows }: Shown["answer"]): HTMLElement[] {
    const far = rows.filter(({ tally }) => verdictOf(tally) === "too-far" && tally.failed === 1).map(({ km }) => km ?? 0);
    if (far.length === 0) return [];
    const within = Math.ceil(Math.min(...far));
    const { words } = this.names;
    const text = say(words, "wider", { km: say(words, "km", { km: figure(within) }) });
    return [element("p", "", button("karakana-button", () => this.go({ ...this.asking, within }), text))];
  }

  private missing(): HTMLElement {
    const { labels, tables } = this.world;
    const named = [...this.files.missing].slice(0, MISSING).map((code) => labels.countries[tables.countries.indexOf(code)] ?? code);
    return element("p", "explore-missing", say(this.names.words, "missing", { countries: named.join(this.names.words["comma"] ?? ", ") }));
  }

  /** Return a link to the same processes, place and country on the map. */
  private onMap(): HTMLElement {
    const { asking } = this;
    const processes = [...new Set(this.wish("").steps.map(({ process }) => process))].join(",");
    const pairs = [["process", processes], ["country", asking.country], ["network", asking.network], ["near", asking.near], ["within", asking.near === "" ? "" : String(asking.within)], ["view", "map"]];
    const query = pairs.filter(([, value]) => value !== "").map(([key, value = ""]) => `${key}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%2F/g, "/")}`);
    return link(`${this.place.dataset["base"] ?? ""}explore/?${query.join("&")}`, this.names.words["map"] ?? "");
  }

  /** Return a list of what has to be done; nothing for the one step that the fields describe. */
  private steps(steps: readonly Step[]): HTMLElement[] {
    const { names, asking, file } = this;
    if (steps.length === 0 || (asking.design === "" && file === undefined)) return [];
    const told = steps.map((step) => {
      const facts = [step.material === undefined ? "" : names.material(step.material), step.form === undefined ? "" : names.value("form", step.form), step.part ?? "", step.pieces === undefined ? "" : `× ${figure(step.pieces)}`];
      return element("li", "", [names.process(step.process), ...facts].filter((one) => one !== "").join(" · "));
    });
    return [element("details", "match-all", element("summary", "", `${names.words["steps"] ?? ""} (${figure(steps.length)})`), element("ol", "match-steps", ...told))];
  }

  private towns(): ReadonlyMap<string, Town> {
    return (this.places ??= towns(this.world));
  }

  /** Fetch how the hubs on the page and their machines are called. */
  private async name(): Promise<void> {
    const { world } = this;
    const codes = [...new Set(this.cards.hubs().map((hub) => world.tables.countries[world.country[hub] ?? 0] ?? ""))];
    this.fillWorld(codes);
    if (isWhole(world) || codes.length > 0) await fillDetails(world, this.place.dataset["root"] ?? "", codes, () => this.cards.renew()).catch(() => undefined);
  }

  /** Fetch all hubs, some countries before others; where somebody asked for a town, answer again when it is known. */
  private fillWorld(first: readonly string[]): void {
    if (this.isFilling || isWhole(this.world)) return;
    this.isFilling = true;
    void fill(this.world, this.place.dataset["root"] ?? "", first, ({ done, all }) => {
      this.places = undefined;
      const isLate = this.asking.near !== "" && pointOf(this.asking.near, this.towns()) !== undefined && this.place.dataset["near"] !== this.asking.near;
      if (isLate) {
        this.place.dataset["near"] = this.asking.near;
        this.soon(0);
      } else if (done === all || done <= first.length) this.cards.renew();
    });
  }
}

function listed(one: string): string[] {
  return one === "" ? [] : [one];
}

/** Yield all certifications that hubs and machines hold. */
function* schemes({ sites, skills }: Capabilities): Generator<string> {
  for (const held of sites.certifications.values) for (const [scheme] of held) yield scheme;
  for (const [, held] of skills.crew.values) for (const [scheme] of held) yield scheme;
}
