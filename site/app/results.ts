// The page `search/?q=…`: everything that was found, as a list of links.
import { open, type Found, type Results } from "./catalogue";
import { element, isolated, linkOut } from "./elements";
import { counted, type Words } from "./words";

const SHOWN = 200;

/** Show what the query in the address finds. */
export async function showResults(place: HTMLElement, base: string, root: string, words: Words, input: HTMLInputElement): Promise<void> {
  const query = new URLSearchParams(location.search).get("q")?.slice(0, 100) ?? "";
  if (query.trim() === "") return;
  input.value = query;
  try {
    const catalogue = open(root, () => void catalogue.then((all) => show(place, base, words, all.find(query, SHOWN))));
    show(place, base, words, (await catalogue).find(query, SHOWN));
  } catch {
    place.replaceChildren(element("p", "", words["failed"] ?? ""));
  }
}

function show(place: HTMLElement, base: string, words: Words, { found, note }: Results): void {
  const summary = found.length === 0 ? (words["none"] ?? "") : counted(words, "found", found.length);
  place.replaceChildren(element("p", "", summary, " ", note), element("ul", "karakana-rows", ...found.map((one) => row(base, one))));
}

function row(base: string, one: Found): HTMLElement {
  const note = [one.kind, one.note].filter((part) => part !== "").join(" · ");
  return element("li", "", linkOut(`${base}/`, one.page, isolated(one.name)), " ", element("small", "", note));
}
