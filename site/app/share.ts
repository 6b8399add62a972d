// Buttons for what is shown: share its address, download it, embed its map.
import { button, element } from "./elements";
import { say, type Words } from "./words";

/** What the buttons do; `embedded` gives the whole address of the map alone. */
export interface Tools {
  csv(): void;
  geojson(): void;
  embedded(): string;
}

/** Return the row of buttons. */
export function tools(words: Words, does: Tools): HTMLElement {
  const said = element("span", "explore-said");
  said.setAttribute("role", "status");
  const tell = (key: string): void => {
    said.textContent = words[key] ?? "";
    setTimeout(() => (said.textContent = ""), 4000);
  };
  const downloads = element("details", "explore-menu", element("summary", "", words["download"] ?? ""));
  const file = (key: string, make: () => void): HTMLButtonElement => button("", () => ((downloads.open = false), make()), words[key] ?? "");
  downloads.append(element("div", "", file("csv", does.csv), file("geojson", does.geojson)));
  return element("div", "explore-tools", button("", () => void share(tell), words["share"] ?? ""), downloads, embed(words, does, tell), said);
}

async function share(tell: (key: string) => void): Promise<void> {
  const url = location.href;
  try {
    if (navigator.share !== undefined) await navigator.share({ title: document.title, url });
    else {
      await navigator.clipboard.writeText(url);
      tell("copied");
    }
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) tell("copy_failed");
  }
}

function embed(words: Words, does: Tools, tell: (key: string) => void): HTMLButtonElement {
  const dialog = element("dialog", "explore-dialog");
  const text = element("textarea", "explore-field");
  text.readOnly = true;
  text.rows = 4;
  text.dir = "ltr";
  const title = element("h2", "", words["embed"] ?? "");
  title.id = "explore-embed-title";
  text.setAttribute("aria-labelledby", title.id);
  dialog.setAttribute("aria-labelledby", title.id);
  const copy = async (): Promise<void> => {
    text.select();
    await navigator.clipboard.writeText(text.value).then(() => tell("copied"), () => tell("copy_failed"));
    dialog.close();
  };
  dialog.append(title, element("p", "", words["embed_lead"] ?? ""), text, element("div", "explore-dialog-row", button("karakana-button", () => void copy(), words["copy"] ?? ""), button("explore-close", () => dialog.close(), words["close"] ?? "")));
  document.body.append(dialog);
  return button("", () => {
    text.value = snippet(does.embedded(), say(words, "map_of", { name: words["site"] ?? "" }));
    dialog.showModal();
  }, words["embed"] ?? "");
}

/** Return the HTML that shows a map in another page. */
export function snippet(address: string, title: string): string {
  const safe = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
  return `<iframe src="${safe(address)}" title="${safe(title)}" width="100%" height="480" loading="lazy" style="border:0" allowfullscreen></iframe>`;
}
