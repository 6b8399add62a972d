// The page `offline/`: what is kept on this device, and for each country a button to keep it or take it away.
import { element } from "./elements";
import { Keeper, type Kept } from "./offline-keep";
import { counted, wordsFrom, type Words } from "./words";

type Sizes = Record<string, [pages: number, bytes: number]>;

const ROOT = new URL("../../", import.meta.url);
const BASE = new URL("../", location.href);
const LANGUAGE = document.documentElement.lang;

class Row {
  private readonly place = element("div", "karakana-keep");
  private readonly status = element("span", "");

  constructor(
    private readonly code: string, private readonly size: number | undefined, private readonly keeper: Keeper,
    private readonly words: Words, private readonly changed: () => void,
  ) {
    this.status.setAttribute("role", "status");
  }

  async addTo(line: HTMLLIElement): Promise<void> {
    line.id = this.code;
    line.append(this.place);
    this.show(await this.keeper.kept(this.code));
  }

  private show(kept: Kept | undefined): void {
    if (kept !== undefined) {
      this.status.textContent = filled(this.words, "kept", { day: dayOf(kept.day), size: sizeOf(kept.bytes) });
      this.place.replaceChildren(this.status, " ", this.button("update", () => this.fetch(true)), " ", this.button("remove", () => this.remove()));
    } else if (this.size !== undefined) {
      this.status.textContent = "";
      this.place.replaceChildren(this.button("keep", () => this.fetch(false), { size: sizeOf(this.size) }), " ", this.status);
    }
  }

  private async fetch(isAnew: boolean): Promise<void> {
    const bar = element("progress", "");
    bar.setAttribute("aria-label", this.words["progress"] ?? "");
    this.status.textContent = this.words["progress"] ?? "";
    this.place.replaceChildren(bar, " ", this.status);
    void navigator.storage?.persist?.();
    try {
      await this.keeper.keep(this.code, (part) => (bar.value = part), isAnew);
      this.show(await this.keeper.kept(this.code));
    } catch {
      this.show(undefined);
      this.status.textContent = this.words["failed"] ?? "";
    }
    this.refocus();
  }

  private async remove(): Promise<void> {
    await this.keeper.remove(this.code);
    this.show(undefined);
    this.status.textContent = this.words["removed"] ?? "";
    this.refocus();
  }

  /** The button that had the focus is gone. */
  private refocus(): void {
    this.place.querySelector("button")?.focus();
    this.changed();
  }

  private button(key: string, work: () => void, values: Record<string, string> = {}): HTMLButtonElement {
    const button = element("button", "karakana-button", filled(this.words, key, values));
    button.type = "button";
    button.addEventListener("click", work);
    return button;
  }
}

async function start(place: HTMLElement): Promise<void> {
  const words = wordsFrom(place);
  if (!("caches" in window) || !("serviceWorker" in navigator)) return place.prepend(element("p", "", words["cannot"] ?? ""));
  const keeper = new Keeper(ROOT, BASE.href.slice(ROOT.href.length));
  const used = element("div", "karakana-used");
  used.setAttribute("role", "status");
  place.prepend(used);
  const changed = (): void => void showUsed(used, keeper, words, changed);
  changed();
  const codes = (place.dataset["countries"] ?? "").split(" ");
  const sizes = await sizesOf();
  const lines = [...place.querySelectorAll("li")];
  await Promise.all(lines.map((line, at) => new Row(codes[at] ?? "", sizes[codes[at] ?? ""]?.[1], keeper, words, changed).addTo(line)));
  showWanted();
}

/** Somebody came from a country's page: `offline/#gh`. */
function showWanted(): void {
  const line = document.getElementById(location.hash.slice(1));
  line?.scrollIntoView({ block: "center" });
  line?.querySelector("button")?.focus();
}

async function sizesOf(): Promise<Sizes> {
  try {
    return (await (await fetch(new URL("data/offline/index.json", ROOT), { cache: "no-cache" })).json()) as Sizes;
  } catch {
    return {}; // without a network there is nothing to fetch, but something to take away
  }
}

async function showUsed(place: HTMLElement, keeper: Keeper, words: Words, changed: () => void): Promise<void> {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  const visited = await keeper.visited();
  const parts: Node[] = [element("p", "", filled(words, "used", { used: sizeOf(usage ?? 0), quota: sizeOf(quota ?? 0) }))];
  if (visited > 0) {
    const button = element("button", "karakana-button", words["forget"] ?? "");
    button.type = "button";
    button.addEventListener("click", () => void keeper.forget().then(changed));
    parts.push(element("p", "", counted(words, "visited", visited), " ", button));
  }
  place.replaceChildren(...parts);
}

function filled(words: Words, key: string, values: Record<string, string>): string {
  return (words[key] ?? "").replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
}

function dayOf(time: string): string {
  return new Date(time).toLocaleDateString(LANGUAGE, { dateStyle: "medium" });
}

function sizeOf(bytes: number): string {
  const [unit, amount] = bytes < 1e6 ? ["kilobyte", Math.ceil(bytes / 1e3)] : bytes < 1e9 ? ["megabyte", bytes / 1e6] : ["gigabyte", bytes / 1e9];
  return amount.toLocaleString(LANGUAGE, { style: "unit", unit, maximumFractionDigits: bytes < 1e7 ? 1 : 0 });
}

const place = document.getElementById("karakana-offline");
if (place !== null) void start(place);
