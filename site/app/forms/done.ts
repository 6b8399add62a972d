// Finished files in; what to do with them now, best first, and what happens then, out.
import { save } from "../download";
import { button, element, link } from "../elements";
import { say as fill, type Words } from "../words";
import { bodyOf, editor, emptyIssue, isLostOnTheWay, issue, newFile, titleOf, type Answers, type File, type Forge } from "./sending";
import { labelOf, reach, type Shown } from "./summary";

export interface Finished extends Answers {
  readonly files: readonly File[];
  readonly name: string;
  readonly cautions: readonly Shown[];
}

/** Where records go: the forge, and the address of those who keep the registry; undefined and "" when it has none. */
export interface Keepers {
  readonly forge: Forge | undefined;
  readonly contact: string;
}

const NEXT = ["next_program", "next_person", "next_live", "next_draft"];

/** The part of the page that leads on. */
export class Done {
  readonly place = element("section", "form-done");
  private readonly said = element("p", "form-said");

  constructor(private readonly words: Words, private readonly keepers: Keepers) {
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
    const { forge, contact } = this.keepers;
    const heading = element("h2", "", words["done"] ?? "");
    heading.id = "form-done";
    const leading = forge === undefined ? [this.byHand(contact)] : [this.sent(forge, finished), this.next()];
    const others = element("details", "form-others", element("summary", "", words["others"] ?? ""), ...(forge === undefined ? [] : this.others(forge, finished)), this.files(finished.files));
    others.open = forge === undefined;
    this.said.textContent = "";
    this.place.replaceChildren(heading, ...this.cautions(finished.cautions), ...leading, this.said, others);
    this.place.hidden = false;
    this.place.focus();
  }

  private cautions(all: readonly Shown[]): HTMLElement[] {
    if (all.length === 0) return [];
    const items = all.map(({ field, text }) => {
      const anchor = link(`#${field.control.id}`, `${labelOf(field)}: ${text}`);
      anchor.addEventListener("click", (event) => {
        event.preventDefault();
        reach(field.control);
      });
      return element("li", "", anchor);
    });
    return [element("div", "form-note form-warning form-cautions", element("p", "", this.words["cautions"] ?? ""), element("ul", "", ...items))];
  }

  /** One message with everything: it needs no knowledge of Git, whatever was written. */
  private sent(forge: Forge, finished: Finished): HTMLElement {
    const title = titleOf(finished.files, finished.name);
    const body = bodyOf(finished.files, finished);
    const address = issue(forge, title, body);
    if (address === "") return this.way("issue", "issue_copy", forge, emptyIssue(forge, title), body);
    const way = this.way("issue", "issue", forge, address);
    if (isLostOnTheWay(address)) way.append(element("p", "form-hint", fill(this.words, "sign_in", { forge: forge.name })));
    return way;
  }

  /** For those who know the forge: the file itself. */
  private others(forge: Forge, { files, name }: Finished): HTMLElement[] {
    const [first] = files;
    if (files.length !== 1 || first === undefined) return [];
    if (!first.isNew) return [this.way("edit", "edited", forge, editor(forge, first), first.text)]; // no forge fills in an edited file
    const address = newFile(forge, first, titleOf(files, name));
    return address === "" ? [] : [this.way("propose", "propose", forge, address)];
  }

  private way(name: string, key: string, forge: Forge, address: string, copied = ""): HTMLElement {
    const anchor = element("a", `karakana-button${name === "issue" ? " form-main" : ""}`, fill(this.words, key, { forge: forge.name }));
    anchor.href = address;
    anchor.target = "_blank";
    anchor.rel = "noopener";
    anchor.dataset["way"] = name;
    if (copied !== "") anchor.addEventListener("click", () => void this.copy(copied));
    return element("div", "form-way", anchor, element("p", "form-hint", fill(this.words, `${key}_note`, { forge: forge.name })));
  }

  private next(): HTMLElement {
    const { words } = this;
    return element("div", "form-next", element("h3", "", words["next"] ?? ""), element("ol", "", ...NEXT.map((key) => element("li", "", words[key] ?? ""))));
  }

  private byHand(contact: string): HTMLElement {
    const mail = link(`mailto:${contact}`, contact);
    mail.dir = "ltr";
    return element("p", "", this.words["no_forge"] ?? "", ...(contact === "" ? [] : [" ", mail]));
  }

  private files(files: readonly File[]): HTMLElement {
    const { words } = this;
    const rows = files.map(({ path, text }) => {
      const name = path.slice(path.lastIndexOf("/") + 1);
      const down = button("form-add", () => save(name, "application/yaml", text), words["download"] ?? "");
      const copy = button("form-add", () => void this.copy(text), words["copy"] ?? "");
      for (const one of [down, copy]) one.setAttribute("aria-label", `${one.textContent ?? ""}: ${name}`);
      return element("li", "", pathOf(path), element("div", "form-buttons", down, copy));
    });
    return element("div", "form-files", element("h3", "", words["files"] ?? ""), element("p", "form-hint", words["files_note"] ?? ""), element("ul", "", ...rows));
  }

  private async copy(text: string): Promise<void> {
    this.said.textContent = "";
    const key = await navigator.clipboard.writeText(text).then(() => "copied", () => "copy_failed");
    this.said.textContent = this.words[key] ?? "";
  }
}

/** Return a path, which may break after its slashes. */
export function pathOf(path: string): HTMLElement {
  const parts = (path.match(/[^/]+\/?/g) ?? []).flatMap((part) => [part, document.createElement("wbr")]);
  const code = element("code", "form-path", ...parts);
  code.dir = "ltr";
  return code;
}
