// What is kept on this device: on the page `offline/` with a button for each country, on a country's page with its own.
import { button, element } from "./elements";
import { CountryButton, sizeOf, sizes } from "./offline-country";
import { Keeper } from "./offline-keep";
import { counted, say, wordsFrom, type Words } from "./words";

const ROOT = new URL("../../", import.meta.url);

/** Return what keeps pages of the language whose pages lie below an address. */
function keeperOf(base: URL): Keeper {
  return new Keeper(ROOT, base.href.slice(ROOT.href.length));
}

async function start(place: HTMLElement): Promise<void> {
  const words = wordsFrom(place);
  if (!("caches" in window) || !("serviceWorker" in navigator)) return place.prepend(element("p", "", words["cannot"] ?? ""));
  const keeper = keeperOf(new URL("../", location.href));
  const used = element("div", "karakana-used");
  used.setAttribute("role", "status");
  place.prepend(used);
  const changed = (): void => void showUsed(used, keeper, words, changed);
  changed();
  const codes = (place.dataset["countries"] ?? "").split(" ");
  const known = await sizes(ROOT);
  await Promise.all(
    [...place.querySelectorAll("li")].map((line, at) => {
      const code = codes[at] ?? "";
      const made = new CountryButton(code, known[code]?.[1], keeper, words, changed, line.querySelector("a")?.textContent ?? "");
      line.id = code;
      line.append(made.place);
      return made.show();
    }),
  );
  showWanted();
}

/** Somebody came from a country's page that had no script yet: `offline/#gh`. */
function showWanted(): void {
  const line = document.getElementById(location.hash.slice(1));
  line?.scrollIntoView({ block: "center" });
  line?.querySelector("button")?.focus();
}

async function showUsed(place: HTMLElement, keeper: Keeper, words: Words, changed: () => void): Promise<void> {
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  const visited = await keeper.visited();
  const parts: Node[] = [element("p", "", say(words, "used", { used: sizeOf(usage ?? 0), quota: sizeOf(quota ?? 0) }))];
  if (visited > 0) {
    const forget = button("karakana-button", () => void keeper.forget().then(changed), words["forget"] ?? "");
    parts.push(element("p", "", counted(words, "visited", visited), " ", forget));
  }
  place.replaceChildren(...parts);
}

/** Put the button in the place of the link to `offline/#gh`, which stays where there is nothing to be done. */
async function startCountry(section: HTMLElement): Promise<void> {
  const link = section.querySelector<HTMLAnchorElement>("a[href*='offline/#']");
  if (link === null) return;
  const code = link.hash.slice(1);
  const words = JSON.parse(section.dataset["keep"] ?? "{}") as Words;
  const made = new CountryButton(code, (await sizes(ROOT))[code]?.[1], keeperOf(new URL("../", link.href)), words);
  if (!(await made.show())) return;
  link.parentElement?.after(made.place);
  if (link.previousSibling instanceof Text) link.previousSibling.remove(); // what parts it from the link before
  link.remove();
}

const place = document.getElementById("karakana-offline");
if (place !== null) void start(place);
const country = document.querySelector<HTMLElement>("[data-keep]");
if (country !== null) void startCountry(country);
