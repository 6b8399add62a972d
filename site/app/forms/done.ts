// Finished files in; what to do with them now, best first, out.
import { save } from "../download";
import { button, element } from "../elements";
import { say as fill, type Words } from "../words";
import { bodyOf, editor, issue, newFile, titleOf, type Answers, type File, type Forge } from "./sending";

export interface Finished extends Answers {
  readonly files: readonly File[];
  readonly name: string;
}

/** The part of the page that leads on. */
export class Done {
  readonly place = element("section", "form-done");
  private readonly said = element("span", "form-said");

  constructor(private readonly words: Words, private readonly forge: Forge | undefined) {
    this.place.hidden = true;
    this.place.tabIndex = -1;
    this.place.setAttribute("aria-labelledby", "form-done");
    this.said.setAttribute("role", "status");
  }

  hide(): void {
    this.place.hidden = true;
  }

  show(finished: Finished): void {
    const { words } = this;
    const heading = element("h2", "", words["done"] ?? "");
    heading.id = "form-done";
    const ways = this.forge === undefined ? [element("p", "", words["no_forge"] ?? "")] : this.ways(this.forge, finished);
    this.place.replaceChildren(heading, ...ways, this.files(finished.files), this.said);
    this.place.hidden = false;
    this.place.focus();
  }

  private ways(forge: Forge, finished: Finished): HTMLElement[] {
    const { files, name } = finished;
    const [first] = files;
    const title = titleOf(files, name);
    const body = bodyOf(files, finished);
    const ways: HTMLElement[] = [];
    if (files.length === 1 && first?.isNew === true) ways.push(this.way("propose", forge, newFile(forge, first, title)));
    if (files.length === 1 && first?.isNew === false) ways.push(this.edited(forge, first));
    ways.push(this.way("issue", forge, issue(forge, title, body)));
    const open = ways.filter((one) => one.childElementCount > 0);
    open[0]?.querySelector(".karakana-button")?.classList.add("form-main");
    return open.length > 0 ? open : [element("p", "", fill(this.words, "too_long", { forge: forge.name }))];
  }

  private way(key: string, forge: Forge, address: string): HTMLElement {
    const place = element("div", "form-way");
    if (address === "") return place;
    const anchor = element("a", "karakana-button", fill(this.words, key, { forge: forge.name }));
    anchor.href = address;
    anchor.target = "_blank";
    anchor.rel = "noopener";
    anchor.dataset["way"] = key;
    place.append(anchor, element("p", "form-hint", fill(this.words, `${key}_note`, { forge: forge.name })));
    return place;
  }

  /** No forge fills in an edited file from an address: the text goes by the clipboard. */
  private edited(forge: Forge, file: File): HTMLElement {
    const { words } = this;
    const anchor = element("a", "karakana-button", fill(words, "edited", { forge: forge.name }));
    anchor.href = editor(forge, file);
    anchor.target = "_blank";
    anchor.rel = "noopener";
    anchor.dataset["way"] = "edit";
    anchor.addEventListener("click", () => void this.copy(file.text));
    return element("div", "form-way", anchor, element("p", "form-hint", words["edited_note"] ?? ""));
  }

  private files(files: readonly File[]): HTMLElement {
    const { words } = this;
    const rows = files.map(({ path, text }) => {
      const name = path.slice(path.lastIndexOf("/") + 1);
      const down = button("form-add", () => save(name, "application/yaml", text), words["download"] ?? "");
      const copy = button("form-add", () => void this.copy(text), words["copy"] ?? "");
      for (const one of [down, copy]) one.setAttribute("aria-label", `${one.textContent ?? ""}: ${name}`);
      return element("li", "", element("code", "", path), " ", down, " ", copy);
    });
    return element("div", "form-files", element("h3", "", words["files"] ?? ""), element("p", "form-hint", words["files_note"] ?? ""), element("ul", "", ...rows));
  }

  private async copy(text: string): Promise<void> {
    this.said.textContent = "";
    const key = await navigator.clipboard.writeText(text).then(() => "copied", () => "copy_failed");
    this.said.textContent = this.words[key] ?? "";
  }
}
