// A template, what its languages need and the page's words in; the form that fills the template and hands out its files, out.
import { save } from "../download";
import { button, element, link } from "../elements";
import { draftNote } from "../forms/draft-note";
import type { Field } from "../forms/field";
import { ordered, Summary, type Shown } from "../forms/summary";
import { nameOf } from "../forms/texts";
import { say, type Words } from "../words";
import type { Json, Mapping } from "../yaml";
import { oneOf } from "./controls";
import { fieldFor, own, type Workshop } from "./fields";
import { filled, once } from "./filling";
import { Drafts } from "./kept";
import { Language, type Facts } from "./language";
import { ListField } from "./list-field";
import { canonical, manifest } from "./manifest";
import { PartsField } from "./parts-field";
import { preview } from "./preview";
import { Strangers } from "./strangers";
import { silent } from "./terms";
import { told } from "./told";
import { isMapping, items, type Filled, type Parameter, type Problem, type Template, type World } from "./values";
import { html, markdown } from "./written";

const SHOW_AFTER = 200; // milliseconds
const KEEP_AFTER = 400;
const LARGEST_FILE = 1_000_000;

export interface Parts {
  readonly template: Template;
  readonly facts: (code: string) => Promise<Facts>;
  readonly world: World;
  readonly shop: Workshop;
  readonly root: string;
  /** Fetch the hubs that values name, and ask whether they can make the design; return whether an answer came. */
  readonly meet: (values: Mapping) => Promise<boolean>;
}

export class Form {
  private readonly words: Words;
  private readonly fields: readonly (readonly [Parameter, Field])[];
  private readonly language: Field;
  private readonly summary: Summary;
  private readonly drafts: Drafts;
  private readonly notes = element("div", "form-notes");
  private readonly files = element("div", "contract-files");
  private readonly preview = element("details", "form-part form-preview");
  private readonly state = element("p", "form-progress");
  private readonly known = new Map<string, Language>();
  private readonly strangers: Strangers;
  private isChecked = false;
  private isAnswered = true;
  private keeping = 0;
  private showing = 0;
  private turn = 0;
  private changes = 0;

  constructor(place: HTMLElement, private readonly parts: Parts) {
    const { template, shop } = parts;
    this.words = shop.words;
    this.fields = template.parameters.map((one) => [one, fieldFor(one, shop)] as const);
    const languages = template.languages.map((code) => [code, nameOf(code)] as const);
    const hint = say(this.words, "language_hint", { language: nameOf(template.prevailing) });
    this.language = oneOf({ label: this.words["language"] ?? "", hint }, this.words, languages);
    this.summary = new Summary(this.words);
    this.strangers = new Strangers(this.words);
    this.drafts = new Drafts(parts.root, template.id);
    this.state.setAttribute("role", "status");
    this.build(place);
    const here = document.documentElement.lang;
    this.language.write(template.languages.includes(here) ? here : template.prevailing);
    const kept = this.drafts.read();
    if (kept !== undefined) this.restore(kept.values, kept.language, kept.saved);
    void this.show();
  }

  /** Show names where ids stood: what can be chosen has arrived. */
  renew(): void {
    for (const field of this.choosing()) field.renew();
  }

  /** Return the fields in which records are chosen. */
  private choosing(): (PartsField | ListField)[] {
    return this.fields.flatMap(([, field]) => (field instanceof PartsField || field instanceof ListField ? [field] : []));
  }

  private build(place: HTMLElement): void {
    const { words } = this;
    const form = element("form", "form contract-form", this.strangers.place, this.language.place, ...this.fields.map(([, { place }]) => place), this.preview, this.bar());
    form.noValidate = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.check();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
    });
    form.addEventListener("input", () => this.changed());
    this.preview.append(element("summary", "", words["preview"] ?? ""), element("div", "form-inner"));
    this.preview.addEventListener("toggle", () => void this.show());
    this.files.hidden = true;
    place.replaceChildren(element("p", "form-note", words["private"] ?? ""), this.starts(), this.notes, this.summary.place, form, this.files);
    addEventListener("pagehide", () => this.keep());
  }

  /** Return what somebody may start from. */
  private starts(): HTMLElement {
    const { words } = this;
    const { example } = this.parts.template;
    const file = element("input", "form-control");
    file.type = "file";
    file.accept = "application/json,.json";
    file.addEventListener("click", () => (file.value = "")); // the same file may be opened again
    file.addEventListener("change", () => void this.opened(file));
    const shown = example === undefined ? [] : [button("karakana-button", () => this.write(example), words["example"] ?? "")];
    return element("div", "contract-starts", ...shown, element("label", "contract-file", words["file"] ?? "", file));
  }

  private bar(): HTMLElement {
    const go = element("button", "karakana-button form-main", this.words["check"] ?? "");
    go.type = "submit";
    return element("div", "form-bar", this.state, go);
  }

  private async opened({ files }: HTMLInputElement): Promise<void> {
    const [file] = files ?? [];
    if (file === undefined) return;
    const values: Json = file.size > LARGEST_FILE ? null : await file.text().then((text) => JSON.parse(text) as Json).catch(() => null);
    if (isMapping(values)) this.write(values);
    else this.notes.replaceChildren(element("p", "form-note form-warning", this.words["file_wrong"] ?? ""));
  }

  private restore(values: Mapping, language: string, saved: string): void {
    this.language.write(language);
    this.write(values);
    this.notes.replaceChildren(draftNote(this.words, saved, () => {
      this.write({});
      clearTimeout(this.keeping);
      this.drafts.drop();
    }));
  }

  private write(values: Mapping): void {
    this.notes.replaceChildren();
    this.isChecked = false;
    this.summary.show([]);
    for (const [{ name }, field] of this.fields) field.write(Object.hasOwn(values, name) ? values[name] : undefined);
    const asked = new Set(this.fields.map(([{ name }]) => name));
    this.strangers.write(Object.fromEntries(Object.entries(values).filter(([name, value]) => !asked.has(name) && value !== null)));
    this.changed();
  }

  private read(): Mapping {
    const found: Mapping = { ...this.strangers.read() };
    for (const [{ name }, field] of this.fields) {
      const value = field.read();
      if (value !== undefined) found[name] = value;
    }
    return found;
  }

  private changed(): void {
    this.changes += 1;
    this.files.hidden = true;
    clearTimeout(this.keeping);
    clearTimeout(this.showing);
    this.keeping = setTimeout(() => this.keep(), KEEP_AFTER);
    this.showing = setTimeout(() => void this.show(), SHOW_AFTER);
  }

  private keep(): void {
    const values = this.read();
    if (Object.keys(values).length > 0) this.drafts.keep({ saved: new Date().toISOString(), language: String(this.language.read() ?? ""), values });
  }

  /** Return the contract in the language that was chosen, and in the one that prevails. */
  private async contracts(): Promise<Filled[]> {
    const { template, world, meet } = this.parts;
    await Promise.all(this.choosing().map((field) => field.arrived()));
    const values = this.read();
    const codes = [...new Set([String(this.language.read() ?? template.prevailing), template.prevailing])];
    [this.isAnswered] = await Promise.all([meet(values), ...codes.map((code) => this.learn(code))]);
    return codes.map((code) => filled(template, values, this.in(code), world));
  }

  private async learn(code: string): Promise<void> {
    if (!this.known.has(code)) this.known.set(code, new Language(code, await this.parts.facts(code), this.parts.world.common));
  }

  private in(code: string): Language {
    const known = this.known.get(code);
    if (known === undefined) throw new Error(code);
    return known;
  }

  private async show(): Promise<void> {
    this.size();
    const turn = (this.turn += 1);
    const all = await this.contracts().catch(() => undefined);
    if (turn !== this.turn) return; // something else is shown meanwhile
    if (all === undefined) this.state.textContent = this.words["failed"] ?? "";
    else this.present(all);
  }

  /** Tell what is wrong with contracts, and show the first of them. */
  private present(all: readonly Filled[]): Problem[] {
    const problems = once(all.flatMap((one) => one.problems));
    if (this.isChecked) this.summary.show(this.shown(problems));
    this.state.textContent = this.words[problems.length > 0 ? "gaps" : this.isAnswered ? "right" : "unanswered"] ?? "";
    const [first] = all;
    if (this.preview.open && first !== undefined) this.preview.querySelector(".form-inner")?.replaceChildren(preview(first, this.in(first.language)));
    return problems;
  }

  /** Give each list that has one item for each of another as many as that has. */
  private size(): void {
    for (const [{ per }, field] of this.fields) {
      const [, other] = this.fields.find(([{ name }]) => name === per) ?? [];
      if (other === undefined || !(field instanceof ListField)) continue;
      const names = items(other.read()).map((one, at) => (isMapping(one) && typeof one["name"] === "string" ? one["name"] : typeof one === "string" ? one : String(at + 1)));
      field.sized(names);
    }
  }

  /** Return what is wrong with each field. */
  private shown(problems: readonly Problem[]): Shown[] {
    const found = new Map<Field, string[]>();
    for (const one of problems) {
      const field = this.fieldOf(one);
      found.set(field, [...(found.get(field) ?? []), told(one, this.parts.template, this.words)]);
    }
    return ordered([...found].map(([field, texts]) => ({ field, text: texts.join(" ") })));
  }

  private fieldOf({ parameter, key, values }: Problem): Field {
    const field = this.fields.find(([{ name }]) => name === parameter)?.[1] ?? (key === "unknown" ? this.strangers : this.language);
    return "item" in values ? field.at([Number(values["item"]) - 1]) : field;
  }

  /** Check what stands in the form once nothing more arrives in it. */
  private async check(): Promise<void> {
    this.isChecked = true;
    const { changes } = this;
    this.size();
    const all = await this.contracts().catch(() => undefined);
    if (all === undefined) return this.show();
    const files = await this.filesOf(all);
    if (changes !== this.changes) return this.check();
    this.turn += 1;
    const isWriting = document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLTextAreaElement;
    if (this.present(all).length > 0) {
      this.files.hidden = true;
      if (!isWriting) this.summary.focus();
      return;
    }
    this.keep();
    this.files.replaceChildren(...files);
    this.files.hidden = false;
    if (!isWriting) files[0]?.focus();
  }

  /** Return what offers the files, named as the command line names them. */
  private async filesOf(all: readonly Filled[]): Promise<HTMLElement[]> {
    const { words } = this;
    const { template, world } = this.parts;
    const texts = Object.fromEntries(all.map((one) => [one.language, markdown(one, this.in(one.language))]));
    const values = all[0]?.parameters ?? {};
    const made = `${canonical(await manifest(template, values, texts))}\n`;
    const file = (name: string, kind: string, text: string, label: string): HTMLElement => {
      const made = button("karakana-button", () => save(name, kind, text), label);
      made.dataset["file"] = name;
      return element("li", "", made);
    };
    const each = all.flatMap((one) => [
      file(`contract.${one.language}.md`, "text/markdown", texts[one.language] ?? "", say(words, "text", { language: nameOf(one.language) })),
      file(`contract.${one.language}.html`, "text/html", html(one, this.in(one.language), world.common), say(words, "page", { language: nameOf(one.language) })),
    ]);
    const others = [file("manifest.json", "application/json", made, words["manifest"] ?? ""), file("parameters.json", "application/json", `${canonical(values)}\n`, words["values"] ?? "")];
    const record = link(`${this.parts.root}data/contracts/${template.id}.template.json`, words["template"] ?? "");
    record.className = "karakana-button";
    record.download = "template.json";
    const heading = element("h3", "", words["files"] ?? "");
    heading.tabIndex = -1;
    return [heading, ...this.notesOn(values), element("p", "form-note", say(words, "files_hint", { template: own(template.title) })), element("ul", "", ...each, ...others, element("li", "", record))];
  }

  /** Return what does not hinder a contract, and should be known. */
  private notesOn(values: Mapping): HTMLElement[] {
    const { template, world } = this.parts;
    const said = silent(template, values, world).map((hub) => say(this.words, "silent", { hub: world.hub(hub)?.name ?? hub }));
    if (!this.isAnswered) said.push(this.words["unanswered"] ?? "");
    return said.map((text) => element("p", "form-note form-warning", text));
  }
}
