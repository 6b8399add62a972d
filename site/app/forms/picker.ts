// Things that can be chosen in; a field that finds them while somebody types, in any language, out.
// A combobox (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/) with what is chosen above it.
import { button, element, isolated } from "../elements";
import { fold, wordsOf } from "../fold";
import { counted, say as fill, type Words } from "../words";
import type { Json } from "../yaml";
import { changed, framed, freshId, type Field } from "./field";
import type { About } from "./simple";

export interface Choice {
  readonly id: string;
  readonly name: string;
  /** Other words, in their normal form. */
  readonly also?: string;
  readonly note?: string;
}

export interface Picking {
  /** All that can be chosen; nothing before it has arrived. */
  choices(): readonly Choice[];
  readonly isSingle: boolean;
  /** What an id looks like that may be typed although it is not among the choices. */
  readonly own?: RegExp;
}

const SHOWN = 30;

export class PickerField implements Field {
  readonly place: HTMLElement;
  readonly control = element("input", "form-control");
  readonly say: (fault: string) => void;
  private ids: string[] = [];
  private chosen = -1;
  private readonly chips = element("ul", "form-chips");
  private readonly around = element("div", "form-picker");
  private readonly list = element("ul", "form-options");
  private readonly status = element("div", "karakana-unseen");
  private known: ReadonlyMap<string, Choice> = new Map();

  constructor(about: About, private readonly words: Words, private readonly picking: Picking) {
    const { control, list } = this;
    list.id = freshId();
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", about.label);
    this.status.setAttribute("role", "status");
    control.autocomplete = "off";
    control.dir = "auto";
    control.placeholder = words["find"] ?? "";
    for (const [key, value] of Object.entries({ role: "combobox", "aria-controls": list.id, "aria-autocomplete": "list", "aria-expanded": "false" })) control.setAttribute(key, value);
    this.around.append(control, list);
    const { place, say } = framed({ ...about, control, inner: [this.chips, this.around, this.status] });
    this.place = place;
    this.say = say;
    this.listen();
  }

  read(): Json | undefined {
    if (this.ids.length === 0) return undefined;
    return this.picking.isSingle ? this.ids[0] : [...this.ids];
  }

  write(value: Json | undefined): void {
    this.ids = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");
    this.show();
  }

  at(): Field {
    return this;
  }

  /** Show names where ids stood: what can be chosen has arrived. */
  renew(): void {
    this.known = new Map(this.picking.choices().map((one) => [one.id, one]));
    this.show();
    if (document.activeElement === this.control) this.suggest();
  }

  private listen(): void {
    const { control } = this;
    control.addEventListener("input", (event) => {
      event.stopPropagation(); // what is being looked for is no answer
      this.suggest();
    });
    control.addEventListener("change", (event) => event.stopPropagation());
    control.addEventListener("click", () => this.suggest());
    control.addEventListener("keydown", (event) => this.key(event));
    control.addEventListener("blur", () => {
      this.close();
      control.value = "";
    });
  }

  private show(): void {
    this.chips.replaceChildren(...this.ids.map((id) => this.chip(id)));
    this.chips.hidden = this.ids.length === 0;
    this.around.hidden = this.picking.isSingle && this.ids.length > 0;
  }

  private chip(id: string): HTMLLIElement {
    const name = this.known.get(id)?.name ?? id;
    const remove = button("form-drop", () => this.take(id, false), "×");
    remove.setAttribute("aria-label", fill(this.words, "remove", { what: name }));
    return element("li", "", isolated(name), remove);
  }

  private take(id: string, isWanted: boolean): void {
    const others = this.picking.isSingle ? [] : this.ids.filter((one) => one !== id);
    this.ids = isWanted ? [...others, id] : this.ids.filter((one) => one !== id);
    this.control.value = "";
    this.close();
    this.show();
    (this.around.hidden ? this.chips.querySelector("button") : this.control)?.focus();
    changed(this.place);
  }

  private matching(): readonly Choice[] {
    const typed = this.control.value;
    const words = wordsOf(typed);
    const all = this.picking.choices().filter((one) => !this.ids.includes(one.id));
    const scored = all.map((one) => ({ one, score: scoreOf(one, words) })).filter(({ score }) => score > 0);
    scored.sort((one, other) => other.score - one.score);
    const found = scored.slice(0, SHOWN).map(({ one }) => one);
    const own = typed.trim();
    return this.picking.own?.test(own) && !this.known.has(own) ? [...found, { id: own, name: own }] : found;
  }

  private suggest(): void {
    const found = this.matching();
    this.chosen = -1;
    this.list.replaceChildren(...found.map((one) => this.option(one)));
    const isNone = found.length === 0 && this.control.value.trim() !== "";
    this.status.textContent = isNone ? (this.words["none_found"] ?? "") : counted(this.words, "found", found.length);
    if (isNone) this.list.append(element("li", "form-none", this.words["none_found"] ?? ""));
    this.list.hidden = found.length === 0 && !isNone;
    this.control.setAttribute("aria-expanded", String(found.length > 0));
    if (!this.list.hidden) this.makeRoom();
    this.control.removeAttribute("aria-activedescendant");
  }

  /** On a phone the keyboard and the bar cover what is below: the list is shown above the middle. */
  private makeRoom(): void {
    const { top } = this.control.getBoundingClientRect();
    const height = visualViewport?.height ?? innerHeight;
    if (top > height / 2) scrollBy({ top: top - height / 5, behavior: "instant" });
  }

  private option(one: Choice): HTMLLIElement {
    const option = element("li", "", isolated(one.name), ...(one.note === undefined ? [] : [" ", element("small", "", one.note)]));
    option.id = freshId();
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => this.take(one.id, true));
    return option;
  }

  private key(event: KeyboardEvent): void {
    const options = [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) return this.suggest();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose(options, (Math.max(this.chosen, step > 0 ? -1 : 0) + step + options.length) % options.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.control.value !== "" || this.chosen >= 0) options[Math.max(this.chosen, 0)]?.click();
    } else if (event.key === "Backspace" && this.control.value === "") {
      const id = this.ids[this.ids.length - 1];
      if (id !== undefined) this.take(id, false);
    }
  }

  private choose(options: HTMLElement[], at: number): void {
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    this.chosen = at;
    this.control.setAttribute("aria-activedescendant", options[at]?.id ?? "");
    options[at]?.scrollIntoView({ block: "nearest" });
  }

  private close(): void {
    this.list.replaceChildren();
    this.list.hidden = true;
    this.chosen = -1;
    this.status.textContent = "";
    this.control.setAttribute("aria-expanded", "false");
    this.control.removeAttribute("aria-activedescendant");
  }
}

/** Return how well a thing's words hold all words of a query: 0 for not. */
function scoreOf(one: Choice, words: readonly string[]): number {
  const name = ` ${fold(one.name)} `;
  const also = ` ${one.also ?? ""} `;
  let score = 1;
  for (const word of words) {
    const at = name.indexOf(` ${word}`);
    if (at === 0) score += 3;
    else if (at > 0) score += 2;
    else if (also.includes(` ${word}`)) score += 1;
    else return 0;
  }
  return score;
}
