// A country in; on the page a button that keeps it on the device, and how far that is, out; or, once kept, since when.
import { button, element } from "./elements";
import type { Keeper, Kept } from "./offline-keep";
import { LOCALE, say, type Words } from "./words";

type Sizes = Record<string, [pages: number, bytes: number]>;

export class CountryButton {
  readonly place = element("div", "karakana-keep");
  private readonly status = element("span", "");

  /**
   * `size` is what keeping it takes in bytes, undefined without a network; `changed` is called when it is kept or gone.
   * `name` is the country's where its button is one of many: those who listen hear it, others see it beside.
   */
  constructor(
    private readonly code: string, private readonly size: number | undefined, private readonly keeper: Keeper,
    private readonly words: Words, private readonly changed: () => void = () => undefined, private readonly name = "",
  ) {
    this.status.setAttribute("role", "status");
  }

  /** Show what holds now; tell whether there is anything to be done. */
  async show(): Promise<boolean> {
    const kept = await this.keeper.kept(this.code);
    const actions = kept === undefined ? this.toKeep() : this.toRemove();
    this.status.textContent = kept === undefined ? "" : this.sayKept(kept);
    this.place.replaceChildren(...(kept === undefined ? [...actions, this.status] : [this.status, ...actions]));
    return actions.length > 0;
  }

  private toKeep(): HTMLElement[] {
    if (this.size === undefined) return [];
    return [this.button("keep", () => this.fetch(false), { size: sizeOf(this.size) })];
  }

  private toRemove(): HTMLElement[] {
    return [this.button("update", () => this.fetch(true)), this.button("remove", () => this.remove())];
  }

  private sayKept(kept: Kept): string {
    const day = new Date(kept.day).toLocaleDateString(LOCALE, { dateStyle: "medium" });
    return say(this.words, "kept", { day, size: sizeOf(kept.bytes) });
  }

  private async fetch(isAnew: boolean): Promise<void> {
    const bar = element("progress", "");
    bar.setAttribute("aria-label", this.words["progress"] ?? "");
    this.status.textContent = this.words["progress"] ?? "";
    this.place.replaceChildren(bar, this.status);
    void navigator.storage?.persist?.();
    try {
      await this.keeper.keep(this.code, (part) => (bar.value = part), isAnew);
      await this.done("");
    } catch {
      await this.done("failed");
    }
  }

  private async remove(): Promise<void> {
    await this.keeper.remove(this.code);
    await this.done("removed");
  }

  /** The button that had the focus is gone; words of a key, if any, say what happened. */
  private async done(key: string): Promise<void> {
    await this.show();
    if (key !== "") this.status.textContent = this.words[key] ?? "";
    this.place.querySelector("button")?.focus();
    this.changed();
  }

  private button(key: string, work: () => Promise<void>, values: Record<string, string> = {}): HTMLButtonElement {
    const text = say(this.words, key, values);
    const made = button("karakana-button", () => void work(), text);
    if (this.name !== "") made.setAttribute("aria-label", `${text}: ${this.name}`);
    return made;
  }
}

/** Return how many pages and bytes each country takes; nothing without a network. */
export async function sizes(root: URL): Promise<Sizes> {
  try {
    return (await (await fetch(new URL("data/offline/index.json", root), { cache: "no-cache" })).json()) as Sizes;
  } catch {
    return {}; // there is nothing to fetch then, but perhaps something to take away
  }
}

/** Return bytes as they are written in the page's language. */
export function sizeOf(bytes: number): string {
  const [unit, amount] = bytes < 1e6 ? ["kilobyte", Math.ceil(bytes / 1e3)] : bytes < 1e9 ? ["megabyte", bytes / 1e6] : ["gigabyte", bytes / 1e9];
  return amount.toLocaleString(LOCALE, { style: "unit", unit, maximumFractionDigits: bytes < 1e7 ? 1 : 0 });
}
