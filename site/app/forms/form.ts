// The page's words, its settings and what is asked for in; the form that writes a record out.
import { schemas } from "karakana-forms";
import { element, found } from "../elements";
import { slugOf } from "../fold";
import { figure, say as fill } from "../words";
import { draftName } from "./asked";
import { Cautions } from "./cautions";
import { countryName, countryOptions } from "./countries";
import { Done, pathOf } from "./done";
import { Drafts, type Draft } from "./draft";
import { draftNote } from "./draft-note";
import { wrongs } from "./faults";
import { isMapping, type Field } from "./field";
import { filesOf } from "./files";
import { machineForm, machineLinks, Machines, type Machine } from "./machines";
import type { Sources } from "./making";
import type { Page } from "./page";
import { Pin } from "./pin";
import { answered, QUESTIONS } from "./progress";
import { RecordForm } from "./record";
import { nameOf, type File } from "./sending";
import { selectField, textField } from "./simple";
import type { Standing } from "./store";
import { ordered, Summary, type Shown } from "./summary";
import { Told } from "./told";
import { TwinNote } from "./twin-note";

const KEEP_AFTER = 400; // milliseconds
const SHOW_AFTER = 150;
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const SLUG_AT_MOST = 64;

export class Form {
  private readonly country: Field;
  private readonly slug: Field;
  private readonly hub: RecordForm | undefined;
  private readonly machine: Machine | undefined;
  private readonly machines: Machines | undefined;
  private readonly pin: Pin;
  private readonly twins: TwinNote;
  private readonly summary: Summary;
  private readonly cautions: Cautions;
  private readonly done: Done;
  private readonly drafts: Drafts;
  private readonly notes = element("div", "form-notes");
  private readonly preview = element("details", "form-part form-preview");
  private readonly progress = element("p", "form-progress");
  private isChecked = false;
  private isKept = false;
  private keeping = 0;
  private showing = 0;

  constructor(place: HTMLElement, private readonly page: Page, private readonly standing: Standing) {
    const { words, settings, asked, root, store } = page;
    const told = new Told(words, "hub");
    const required = words["required"] ?? "";
    this.country = selectField({ label: told.label("country"), hint: "", mark: required }, countryOptions(settings.countries), words["choose"] ?? "");
    this.slug = textField({ label: told.label("file"), hint: told.hint("file") }, { direction: "ltr" });
    this.pin = new Pin({ words, root, map: found("map_form"), country: () => this.code, precision: () => this.precision, land: () => store.land(this.code) }, () => this.point());
    this.twins = new TwinNote(words, page.base);
    this.summary = new Summary(words);
    this.cautions = new Cautions(words);
    this.done = new Done(words, { forge: page.forge, contact: settings.contact });
    this.drafts = new Drafts(root, draftName(asked));
    const workshop = { schemas, words, sources: this.sources(), store };
    if (asked.kind === "new" || asked.kind === "hub") {
      this.machines = new Machines(workshop, machineLinks(standing.records, words), () => this.changed());
      this.hub = new RecordForm(schemas, told, workshop.sources, this.extra());
    } else this.machine = machineForm(workshop);
    this.drafts.read() === undefined ? this.fill(undefined) : this.restore(this.drafts.read());
    this.build(place);
  }

  /** Take notice of what has arrived: names, hubs, outlines of countries. */
  renew(): void {
    this.hub?.renew();
    this.machine?.form.renew();
    this.machine?.show();
    this.machines?.renew();
    this.compare();
  }

  warn(text: string): void {
    this.notes.append(element("p", "form-note form-warning", text));
  }

  private sources(): Sources {
    const { store, settings } = this.page;
    const languages = store.languages(settings.languages);
    return { choices: (name) => (name === "language" ? languages : store.choices(name)), languages: settings.languages, language: settings.language };
  }

  private extra(): Readonly<Record<string, HTMLElement>> {
    const { words, asked } = this.page;
    const reach = element("div", "form-reach", element("p", "form-label", words["reach"] ?? "", " ", element("small", "", words["required"] ?? "")), element("p", "form-hint", words["reach_hint"] ?? ""));
    const common = { "*reach": reach, "*pin": this.pin.place, "*twins": this.twins.place, "*machines": this.machines?.place ?? element("div", "") };
    return asked.kind === "new" ? { ...common, "*country": this.country.place, "*file": this.slug.place } : common;
  }

  private build(place: HTMLElement): void {
    const { words } = this.page;
    const form = element("form", "form-form", ...[this.hub?.place, this.machine?.place].filter((one) => one !== undefined), this.preview, this.bar());
    form.noValidate = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.check();
    });
    form.addEventListener("input", (event) => this.heard(event));
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
    });
    this.preview.append(element("summary", "", words["preview"] ?? ""), element("div", "form-inner"));
    this.preview.addEventListener("toggle", () => this.show());
    place.replaceChildren(this.notes, this.summary.place, form, this.done.place);
    addEventListener("pagehide", () => this.keep());
    this.renew();
    this.show();
  }

  private bar(): HTMLElement {
    const go = element("button", "karakana-button form-main", this.page.words["check"] ?? "");
    go.type = "submit";
    return element("div", "form-bar", this.progress, go);
  }

  private get code(): string {
    const { asked } = this.page;
    return asked.kind === "new" ? String(this.country.read() ?? "") : asked.hub.slice(0, 2);
  }

  private get name(): string {
    const written = this.hub?.read() ?? this.machine?.form.read() ?? {};
    return nameOf(written["name"] ?? written["model"]);
  }

  private get id(): string {
    const { asked } = this.page;
    return asked.kind === "new" ? `${this.code}/${String(this.slug.read() ?? "") || slugOf(this.name)}` : asked.hub;
  }

  private get precision(): string {
    const place = this.hub?.read()["location"];
    return isMapping(place) && typeof place["precision"] === "string" ? place["precision"] : "exact";
  }

  private point(): [Field, Field] {
    const [latitude, longitude] = [this.hub?.field("location.latitude"), this.hub?.field("location.longitude")];
    if (latitude === undefined || longitude === undefined) throw new Error("the schema knows no coordinates");
    return [latitude, longitude];
  }

  /** Fill the form with what the record says now. */
  private fill(draft: Draft | undefined): void {
    const { asked } = this.page;
    const { records } = this.standing;
    const own = asked.kind === "machine" ? records[`machines/${asked.hub}/${asked.slug}`] : asked.kind === "hub" ? records[`hubs/${asked.hub}`] : undefined;
    this.country.write(draft?.country || new URLSearchParams(location.search).get("country") || undefined);
    this.slug.write(draft?.slug || undefined);
    this.hub?.write(draft?.hub ?? own ?? {});
    this.machine?.form.write(draft === undefined ? (own ?? {}) : (draft.machines[0] ?? {}));
    this.machines?.write(draft?.machines ?? []);
  }

  private restore(draft: Draft | undefined): void {
    this.isKept = true;
    this.fill(draft);
    this.notes.append(draftNote(this.page.words, draft?.saved ?? "", () => {
      this.drafts.drop();
      this.isKept = false;
      this.fill(undefined);
      this.machine?.show();
      this.summary.show([]);
      this.isChecked = false;
      this.changed(false);
    }));
  }

  private heard(event: Event): void {
    if (this.hub !== undefined && event.target instanceof Node && this.point().some(({ place }) => place.contains(event.target as Node))) this.pin.typed();
    if (event.target instanceof Node && this.country.place.contains(event.target)) void this.arrive();
    this.changed();
  }

  private changed(isToKeep = true): void {
    this.done.hide();
    clearTimeout(this.keeping);
    clearTimeout(this.showing);
    this.isKept ||= isToKeep;
    if (isToKeep) this.keeping = setTimeout(() => this.keep(), KEEP_AFTER);
    this.showing = setTimeout(() => this.show(), SHOW_AFTER);
  }

  /** Fetch what a country's hubs are, to compare with. */
  async arrive(): Promise<void> {
    const { store } = this.page;
    if (this.hub !== undefined) this.pin.renew();
    await Promise.all([store.country(this.code).catch(() => undefined), store.explore(this.code).catch(() => undefined)]);
    if (this.hub !== undefined) this.pin.renew();
    this.compare();
    this.look();
  }

  private compare(): void {
    if (this.hub === undefined) return;
    const known = this.page.store.known(this.code);
    if (known !== undefined) this.twins.show(known, this.hub.read(), this.code, this.page.asked.kind === "new" ? "" : this.id);
  }

  private keep(): void {
    if (!this.isKept) return;
    const machines = this.machine === undefined ? (this.machines?.machines ?? []).map(({ form }) => form.read()) : [this.machine.form.read()];
    const draft = { saved: new Date().toISOString(), country: this.code, slug: String(this.slug.read() ?? ""), hub: this.hub?.parts.read() ?? null, machines };
    this.drafts.keep(draft);
  }

  /** Show what follows from the answers: the proposed file name, twins, the preview, how far one is. */
  private show(): void {
    const { words } = this.page;
    if (this.slug.control instanceof HTMLInputElement) this.slug.control.placeholder = slugOf(this.name);
    this.compare();
    this.look();
    if (this.isChecked) this.summary.show(this.wrong());
    if (this.preview.open) {
      const inner = this.files().flatMap(({ path, text }) => [element("h2", "form-file", pathOf(path)), element("pre", "", element("code", "", text))]);
      this.preview.querySelector(".form-inner")?.replaceChildren(...inner);
    }
    if (this.page.asked.kind === "new") this.progress.textContent = fill(words, "progress", { done: figure(answered(this.hub?.read() ?? {}, this.code)), all: figure(QUESTIONS) });
  }

  /** Return the files as they are written now: those that are new or changed. */
  private files(): File[] {
    const { asked, settings } = this.page;
    const machines = (this.machines?.machines ?? []).map(({ form }) => form.read());
    return filesOf({ asked, id: this.id, prefix: settings.prefix, hub: this.hub?.read(), machine: this.machine?.form.read(), machines }, this.standing);
  }

  private get forms(): readonly RecordForm[] {
    return [this.hub, this.machine?.form, ...(this.machines?.machines ?? []).map(({ form }) => form)].filter((one) => one !== undefined);
  }

  private wrong(): Shown[] {
    const { words } = this.page;
    const { forms } = this;
    const found = forms.flatMap((form) => wrongs(schemas, form.told.kind, form.read(), words).map(({ keys, text }) => ({ field: this.fieldFor(form, keys), text })));
    const all = [...this.identity(), ...found];
    const size = this.files().find(({ text }) => new TextEncoder().encode(text).length > this.page.settings.limit);
    const [first] = forms;
    if (size !== undefined && all.length === 0 && first !== undefined) all.push({ field: this.fieldFor(first, []), text: words["wrong.size"] ?? "" });
    return ordered(all.filter((one, at) => all.findIndex(({ field }) => field === one.field) === at));
  }

  private fieldFor(form: RecordForm, keys: readonly (string | number)[]): Field {
    const main = form.told.kind === "hub" ? "website" : "model";
    const found = keys[0] === "*" ? form.field(main) : form.parts.at(keys);
    return found ?? form.field("name") ?? this.slug;
  }

  /** Return what is wrong with where the record is to lie. */
  private identity(): Shown[] {
    const { words, asked, store } = this.page;
    if (asked.kind !== "new") return [];
    const slug = this.id.slice(this.code.length + 1);
    const found: Shown[] = [];
    if (this.code === "") found.push({ field: this.country, text: words["wrong.enum"] ?? "" });
    if (this.name !== "" && (!SLUG.test(slug) || slug.length > SLUG_AT_MOST)) found.push({ field: this.slug, text: words["wrong.file"] ?? "" });
    else if (store.isTaken(this.id)) found.push({ field: this.slug, text: words["wrong.taken"] ?? "" });
    return found;
  }

  private check(): void {
    this.isChecked = true;
    const wrong = this.wrong();
    this.summary.show(wrong);
    if (wrong.length > 0) return this.summary.focus();
    const files = this.files();
    if (files.every(({ isSame }) => isSame)) {
      this.done.hide();
      return void (this.progress.textContent = this.page.words["unchanged"] ?? "");
    }
    this.keep();
    const [first] = files;
    const isHub = this.hub !== undefined && first?.path.includes("hubs/") === true;
    const name = this.hub === undefined ? (first?.path.slice(this.page.settings.prefix.length, -".yaml".length) ?? "") : this.name;
    this.done.show({ files, name, country: this.code === "" ? "" : countryName(this.code), hub: isHub ? this.hub?.read() : undefined, cautions: this.look() });
  }

  /** Show what may be a person's own. */
  private look(): readonly Shown[] {
    const { store } = this.page;
    return this.cautions.show(this.forms, { rules: store.rules, land: store.land(this.code) }, this.id);
  }
}
