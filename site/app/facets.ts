// Counts in; groups of checkboxes with a number beside every value out. Elements are kept, so that the focus stays.
import { button, element, isolated } from "./elements";
import { fold, wordsOf } from "./fold";
import { alsoOf, namesOf } from "./labels";
import { idsOf, type Counts } from "./query";
import type { Choice, State } from "./state";
import { counted, figure, type Words } from "./words";
import type { World } from "./world";

const SHOWN = 8;
const AT_MOST = 300;
const LONG = 12; // values from which a list has a box to find one
const OPEN: readonly Choice[] = ["process", "country", "kind"];
/** Only this value of the facet is offered: who is not verified lately is of no use as a wish. */
const ONLY: Partial<Record<Choice, string>> = { verified: "fresh" };

type Toggle = (key: Choice, id: string) => void;

/** One group of checkboxes. */
export class Facet {
  readonly place: HTMLDetailsElement;
  private readonly ids: readonly string[];
  private readonly names: readonly string[];
  private texts: readonly string[] = [];
  private readonly list = element("ul", "explore-values");
  private readonly more: HTMLButtonElement;
  private readonly mark = element("span", "explore-mark");
  private readonly filter: HTMLInputElement | undefined;
  private readonly rows = new Map<number, { line: HTMLLIElement; box: HTMLInputElement; count: HTMLElement }>();
  private isWhole = false;
  private last: { chosen: readonly string[]; counts: Uint32Array } | undefined;

  constructor(private readonly key: Choice, private readonly world: World, private readonly words: Words, private readonly toggle: Toggle) {
    this.ids = idsOf(world, key);
    this.names = namesOf(world, words, key);
    this.more = button("explore-more-values", () => this.turn());
    this.place = element("details", "explore-facet", element("summary", "", words[`facet.${key}`] ?? key, " ", this.mark));
    this.place.open = OPEN.includes(key);
    if (this.ids.length > LONG) {
      this.filter = this.filterBox();
      this.place.append(this.filter);
    }
    this.place.append(this.list, this.more);
    this.place.addEventListener("toggle", () => this.draw());
    this.renew();
  }

  /** Take notice of other words for the values that have arrived. */
  renew(): void {
    const also = alsoOf(this.world, this.key);
    this.texts = this.names.map((name, at) => ` ${fold(name)} ${also[at] ?? ""}`);
  }

  /** Show how many hubs each value has; values without any only when they are chosen. */
  show(chosen: readonly string[], counts: Uint32Array): void {
    this.last = { chosen, counts };
    this.mark.textContent = chosen.length > 0 ? figure(chosen.length) : "";
    this.place.hidden = chosen.length === 0 && !counts.some((count, at) => count > 0 && this.offers(at));
    this.draw();
  }

  private draw(): void {
    if (this.last === undefined || !this.place.open || this.place.hidden) return;
    const { chosen, counts } = this.last;
    const wanted = wordsOf(this.filter?.value ?? "");
    const fitting = this.ids.map((_, at) => at).filter((at) => this.offers(at) && ((counts[at] ?? 0) > 0 || chosen.includes(this.ids[at] ?? "")));
    const named = fitting.filter((at) => wanted.every((word) => this.texts[at]?.includes(` ${word}`)));
    named.sort((one, other) => this.headings(one) - this.headings(other) || (counts[other] ?? 0) - (counts[one] ?? 0) || ((this.names[one] ?? "") < (this.names[other] ?? "") ? -1 : 1));
    const limit = this.isWhole || wanted.length > 0 ? AT_MOST : SHOWN;
    const shown = named.filter((at, rank) => rank < limit || (wanted.length === 0 && chosen.includes(this.ids[at] ?? "")));
    this.arrange(shown.map((at) => this.row(at, counts[at] ?? 0, chosen.includes(this.ids[at] ?? ""))));
    this.more.hidden = wanted.length > 0 || named.length <= SHOWN;
    this.more.textContent = this.isWhole ? (this.words["fewer"] ?? "") : counted(this.words, "all_values", named.length);
  }

  /** Headings of a taxonomy come last: they can do less for a choice than what is below them. */
  private headings(at: number): number {
    const { tables } = this.world;
    return this.key === "process" ? (tables.processes[at]?.[2] ?? 0) : this.key === "material" ? (tables.materials[at]?.[2] ?? 0) : 0;
  }

  private offers(at: number): boolean {
    return this.key in ONLY ? this.ids[at] === ONLY[this.key] : true;
  }

  /** Put lines in their order and leave the focus where it was. */
  private arrange(lines: HTMLLIElement[]): void {
    const same = lines.length === this.list.children.length && lines.every((line, at) => this.list.children[at] === line);
    if (same) return;
    const focus = document.activeElement;
    this.list.replaceChildren(...lines);
    if (focus instanceof HTMLElement && focus !== document.activeElement && this.list.contains(focus)) focus.focus({ preventScroll: true });
  }

  private row(at: number, count: number, isChosen: boolean): HTMLLIElement {
    let row = this.rows.get(at);
    if (row === undefined) {
      row = this.newRow(at);
      this.rows.set(at, row);
    }
    row.box.checked = isChosen;
    row.count.textContent = figure(count);
    return row.line;
  }

  private newRow(at: number): { line: HTMLLIElement; box: HTMLInputElement; count: HTMLElement } {
    const box = element("input", "");
    box.type = "checkbox";
    box.addEventListener("change", () => this.toggle(this.key, this.ids[at] ?? ""));
    const count = element("span", "explore-number");
    const line = element("li", "", element("label", "", box, element("span", "explore-value", isolated(this.names[at] ?? "")), count));
    return { line, box, count };
  }

  private filterBox(): HTMLInputElement {
    const box = element("input", "explore-field");
    box.type = "search";
    box.autocomplete = "off";
    box.placeholder = this.words["facet_filter"] ?? "";
    box.setAttribute("aria-label", `${this.words[`facet.${this.key}`] ?? ""}: ${box.placeholder}`);
    box.addEventListener("input", () => this.draw());
    return box;
  }

  private turn(): void {
    this.isWhole = !this.isWhole;
    this.draw();
  }
}

/** Return a group for each facet, by its key. */
export function facets(keys: readonly Choice[], world: World, words: Words, toggle: Toggle): Map<Choice, Facet> {
  return new Map(keys.map((key) => [key, new Facet(key, world, words, toggle)]));
}

/** Show counts in all groups; what is chosen stands in the state. */
export function showFacets(groups: ReadonlyMap<Choice, Facet>, state: State, counts: Counts): void {
  for (const [key, group] of groups) {
    group.show(key === "status" && state.chosen.status.length === 0 ? ["active"] : state.chosen[key], counts[key]);
  }
}
