// The search box in the header: a combobox (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/) over a list of links.
import { open, varied, type Catalogue, type Found, type Results } from "./catalogue";
import { element, isolated, link, linkOut } from "./elements";
import { counted, wordsFrom, type Words } from "./words";

const FOUND = 60;
const SHOWN = 8;
const OF_ONE_KIND = 3;

export class SearchBox {
  private readonly input: HTMLInputElement;
  private readonly list: HTMLUListElement;
  private readonly status: HTMLElement;
  private readonly words: Words;
  private readonly base: string;
  private readonly root: string;
  private catalogue: Promise<Catalogue> | undefined;
  private chosen = -1;
  private asked = 0;
  private pressed = false;

  constructor(private readonly form: HTMLFormElement) {
    this.input = form.querySelector("input") as HTMLInputElement;
    this.words = wordsFrom(form);
    this.base = form.dataset["base"] ?? ".";
    this.root = `${form.dataset["root"] ?? this.base}/`;
    this.list = element("ul", "karakana-found");
    this.list.id = "karakana-found";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.words["title"] ?? "");
    this.list.hidden = true;
    this.status = element("div", "karakana-unseen");
    this.status.setAttribute("role", "status");
    form.append(this.list, this.status);
    this.describe();
    this.listen();
  }

  private describe(): void {
    const { input } = this;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
  }

  private listen(): void {
    this.input.addEventListener("focus", () => void this.opened());
    this.input.addEventListener("input", () => void this.search());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.form.addEventListener("focusout", (event) => {
      if (!this.form.contains(event.relatedTarget as Node | null)) this.close();
    });
    // A line that is replaced between press and release is never clicked.
    this.list.addEventListener("pointerdown", () => (this.pressed = true));
    for (const name of ["pointerup", "pointercancel"]) {
      document.addEventListener(name, () => setTimeout(() => (this.pressed = false)));
    }
    document.addEventListener("keydown", (event) => {
      const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select, [contenteditable]");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        (document.getElementById("explore-words") ?? this.input).focus();
      }
    });
  }

  /** The data are fetched when somebody first turns to the box. */
  private opened(): Promise<Catalogue> {
    this.catalogue ??= open(this.root, () => void this.again());
    this.catalogue.catch(() => (this.catalogue = undefined));
    return this.catalogue;
  }

  /** More has arrived: what was typed may find it, unless somebody is choosing already. */
  private async again(): Promise<void> {
    if (!this.list.hidden && this.chosen < 0 && !this.pressed) await this.search();
  }

  private async search(): Promise<void> {
    const asked = ++this.asked;
    const query = this.input.value;
    try {
      const catalogue = await this.opened();
      if (asked === this.asked) this.show(catalogue.find(query, FOUND), query);
    } catch {
      this.status.textContent = this.words["failed"] ?? "";
    }
  }

  private show({ found: all, note }: Results, query: string): void {
    const found = varied(all, SHOWN, OF_ONE_KIND);
    this.chosen = -1;
    const empty = found.length === 0 && query.trim() !== "";
    const said = empty ? (this.words["none"] ?? "") : note;
    const lines = found.map((one, at) => this.option(one, at));
    if (found.length >= SHOWN) lines.push(this.everything(query, found.length));
    if (said !== "") lines.push(element("li", "karakana-none", said));
    const isSame = lines.length === this.list.children.length && lines.every((line, at) => line.isEqualNode(this.list.children[at] ?? null));
    if (!isSame) this.list.replaceChildren(...lines); // what somebody is about to press stays where it is
    this.status.textContent = query.trim() === "" ? "" : empty ? said : `${counted(this.words, "found", found.length)} ${note}`.trim();
    this.list.hidden = query.trim() === "";
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.input.removeAttribute("aria-activedescendant");
  }

  private option(one: Found, at: number): HTMLLIElement {
    const note = [one.kind, one.note].filter((part) => part !== "").join(" · ");
    const anchor = linkOut(`${this.base}/`, one.page, isolated(one.name), element("small", "", note));
    return this.asOption(anchor, at);
  }

  private asOption(anchor: HTMLElement, at: number): HTMLLIElement {
    anchor.tabIndex = -1;
    const option = element("li", "", anchor);
    option.id = `karakana-found-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    return option;
  }

  /** The last line leads to the page with all results. */
  private everything(query: string, at: number): HTMLLIElement {
    const anchor = link(`${this.form.action}?q=${encodeURIComponent(query)}`, this.words["more"] ?? "");
    return this.asOption(anchor, at);
  }

  private key(event: KeyboardEvent): void {
    const options = [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
    if (event.key === "Escape") {
      this.close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length > 0) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose(options, (this.chosen + step + options.length + (this.chosen < 0 && step < 0 ? 1 : 0)) % options.length);
    } else if (event.key === "Enter" && this.chosen >= 0) {
      event.preventDefault();
      options[this.chosen]?.querySelector("a")?.click();
    }
  }

  private choose(options: HTMLElement[], at: number): void {
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    this.chosen = at;
    const option = options[at];
    if (option !== undefined) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  }

  private close(): void {
    this.list.hidden = true;
    this.chosen = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
