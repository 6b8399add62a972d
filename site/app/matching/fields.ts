// What is asked for in; the fields that say so out. Each change is told with what all fields then say.
import { hasFiles, hearDrops } from "../dropping";
import { button, element } from "../elements";
import { Near } from "../near";
import type { Terms } from "../okh/parts";
import type { Town } from "../places";
import { readState } from "../state";
import { above0, type Asking } from "./asking";
import { Choices } from "./choices";
import type { Names } from "./names";
import type { Made } from "./wanted";

const SIDES = ["length", "width", "height"] as const;
const LONGEST = 100_000;
const MOST = 1_000_000;

/** What the page does with the fields. */
export interface Told {
  readonly changed: (asking: Asking) => void;
  readonly opened: (file: File) => void;
  readonly closed: () => void;
  readonly towns: () => ReadonlyMap<string, Town>;
  /** Called when somebody begins to type a term. */
  readonly typing: () => void;
  /** Called when somebody wants to see the answer, which on a phone is far below. */
  readonly wanted: () => void;
}

export class Fields {
  terms: Terms | undefined;
  private readonly design = element("select", "explore-field");
  private readonly country = element("select", "explore-field");
  private readonly form = element("select", "explore-field");
  private readonly process: HTMLInputElement;
  private readonly material: HTMLInputElement;
  private readonly thickness = numeric(LONGEST);
  private readonly tolerance = numeric(LONGEST);
  private readonly sides = SIDES.map(() => numeric(LONGEST));
  private readonly quantity = numeric(MOST, "1");
  private readonly by = element("input", "explore-field");
  private readonly commercial = element("input", "");
  private readonly described: HTMLFieldSetElement;
  private readonly file = element("input", "");
  private readonly fileNote = element("p", "match-note");
  private readonly leave: HTMLButtonElement;
  private readonly near: Near;
  private readonly choices: Choices;

  constructor(place: HTMLElement, private readonly names: Names, private asking: Asking, private readonly told: Told) {
    const { words } = names;
    this.process = this.term("processes");
    this.material = this.term("materials");
    this.near = new Near(words, told.towns, (near, within) => this.change({ near, within }));
    this.choices = new Choices(names);
    this.leave = button("karakana-button", () => told.closed(), words["leave_file"] ?? "");
    this.leave.hidden = true;
    this.fill();
    this.described = this.group("describe", this.labelled("process", this.process), this.labelled("material", this.material), this.row(this.labelled("form", this.form), this.labelled("thickness", this.thickness)), this.size(), this.labelled("tolerance", this.tolerance), this.choices.people);
    const tick = element("label", "match-tick", this.commercial, element("span", "", words["commercial"] ?? ""));
    const note = element("p", "match-note", words["commercial_note"] ?? "");
    note.id = "match-commercial";
    this.commercial.setAttribute("aria-describedby", note.id);
    const terms = this.group("terms", this.row(this.labelled("quantity", this.quantity), this.labelled("by", this.by)), this.labelled("country", this.country), this.near.place, tick, note, this.choices.terms);
    const go = element("button", "match-go", words["answer"] ?? "");
    place.replaceChildren(this.labelled("design", this.design), this.described, this.drop(), terms, go);
    place.addEventListener("submit", (event) => {
      event.preventDefault();
      told.wanted();
    });
    place.addEventListener("input", (event) => this.read(event));
  }

  /** Put designs into their list. */
  offer(designs: readonly Made[]): void {
    const { compare } = new Intl.Collator(document.documentElement.lang);
    const options = designs.map(({ id }) => new Option(this.names.design(id), id)).sort((one, other) => compare(one.text, other.text));
    this.design.replaceChildren(new Option(this.names.words["none"] ?? "", ""), ...options);
    this.design.value = this.asking.design;
  }

  /** Suggest certifications that some hubs or machines have. */
  suggest(schemes: Iterable<string>): void {
    this.choices.suggest(schemes);
  }

  /** Show what is asked for, and which file is open ("" for none). */
  show(asking: Asking, file: string): void {
    this.asking = asking;
    this.design.value = asking.design;
    this.design.disabled = file !== "";
    this.described.hidden = file !== "" || asking.design !== "";
    this.leave.hidden = file === "";
    if (file === "") this.file.value = "";
    const values: [HTMLInputElement | HTMLSelectElement, string][] = [
      [this.form, asking.form], [this.thickness, String(asking.thickness ?? "")], [this.tolerance, String(asking.tolerance ?? "")],
      ...this.sides.map((side, at): [HTMLInputElement, string] => [side, String(asking.size[at] ?? "")]),
      [this.quantity, String(asking.quantity)], [this.by, asking.by], [this.country, asking.country],
    ];
    for (const [field, value] of values) if (field !== document.activeElement) field.value = value;
    this.write("processes", this.process, asking.process, asking.process === "" ? "" : this.names.process(asking.process));
    this.write("materials", this.material, asking.material, asking.material === "" ? "" : this.names.material(asking.material));
    this.commercial.checked = asking.isCommercial;
    this.choices.show(asking);
    this.near.show({ ...readState(""), near: asking.near, within: asking.within });
  }

  /** Put a term's name into its field, unless what somebody typed there means the same, or means nothing yet. */
  private write(kind: "processes" | "materials", field: HTMLInputElement, id: string, name: string): void {
    if (field === document.activeElement || (field.value !== "" && this.names.typed(kind, field.value, this.terms) === id)) return;
    field.value = name;
    field.setCustomValidity("");
  }

  /** Say what came of a file. */
  tell(text: string, isFault: boolean): void {
    this.fileNote.textContent = text;
    this.fileNote.className = isFault ? "match-fault" : "match-note";
  }

  private change(changes: Partial<Asking>): void {
    this.asking = { ...this.asking, ...changes };
    this.told.changed(this.asking);
  }

  /** Take over what the fields say; text that is no term yet asks for nothing. */
  private read(event: Event): void {
    if (event.target === this.file || (event.target instanceof Element && event.target.closest(".explore-near") !== null)) return;
    const { names, terms } = this;
    const size = this.sides.map((side) => above0(side.value)).filter((side): side is number => side !== undefined && side <= LONGEST);
    this.change({
      design: event.target === this.design ? this.design.value : this.asking.design, process: names.typed("processes", this.process.value, terms), material: names.typed("materials", this.material.value, terms),
      form: this.form.value, thickness: above0(this.thickness.value), tolerance: above0(this.tolerance.value), size,
      quantity: Math.min(MOST, Math.max(1, Math.floor(above0(this.quantity.value) ?? 1))), by: this.by.value, country: this.country.value,
      isCommercial: this.commercial.checked, ...this.choices.read(),
    });
  }

  private fill(): void {
    const { world, words } = this.names;
    const forms = Object.keys(words).filter((key) => key.startsWith("form.")).map((key) => new Option(words[key], key.slice(5)));
    this.form.replaceChildren(new Option(words["any"] ?? "", ""), ...forms);
    const countries = world.tables.countries.map((code, at) => new Option(world.labels.countries[at] ?? code, code));
    const { compare } = new Intl.Collator(document.documentElement.lang);
    this.country.replaceChildren(new Option(words["anywhere"] ?? "", ""), ...countries.sort((one, other) => compare(one.text, other.text)));
    this.by.type = "date";
    this.commercial.type = "checkbox";
    this.design.replaceChildren(new Option(words["none"] ?? "", ""));
  }

  /** A field for a process or material, with the names of all as suggestions; it tells when it does not know a name. */
  private term(kind: "processes" | "materials"): HTMLInputElement {
    const field = element("input", "explore-field");
    const list = element("datalist", "");
    list.id = `match-${kind}`;
    field.type = "text";
    field.autocomplete = "off";
    field.setAttribute("list", list.id);
    field.addEventListener("focus", () => {
      if (list.childElementCount === 0) list.append(...this.names.list(kind).map((name) => new Option(name, name)));
      this.told.typing();
    });
    field.addEventListener("change", () => {
      const isKnown = field.value.trim() === "" || this.names.typed(kind, field.value, this.terms) !== "";
      field.setCustomValidity(isKnown ? "" : (this.names.words["no_term"] ?? ""));
      if (!isKnown) field.reportValidity();
    });
    field.addEventListener("input", () => field.setCustomValidity(""));
    document.body.append(list);
    return field;
  }

  private size(): HTMLElement {
    const { words } = this.names;
    const labels = this.sides.map((side, at) => element("label", "", element("span", "", words[`size_${SIDES[at] ?? ""}`] ?? ""), side));
    return element("fieldset", "", element("legend", "", words["size"] ?? ""), this.row(...labels), element("p", "match-note", words["size_note"] ?? ""));
  }

  /** A place to choose a file, or to drop one. */
  private drop(): HTMLElement {
    const { words } = this.names;
    this.file.type = "file";
    this.file.accept = ".yaml,.yml,.toml,.json";
    this.file.addEventListener("change", () => this.open(this.file.files));
    this.fileNote.setAttribute("role", "status");
    const place = element("div", "match-drop", this.labelled("file", this.file), element("p", "match-note", words["file_note"] ?? ""), this.fileNote, this.leave);
    hearDrops(place, ({ files }) => this.open(files), (event) => !hasFiles(event));
    return place;
  }

  private open(files: FileList | null): void {
    const file = files?.[0];
    if (file !== undefined) this.told.opened(file);
  }

  private labelled(key: string, field: HTMLElement): HTMLElement {
    return element("label", "", element("span", "", this.names.words[key] ?? ""), field);
  }

  private row(...inner: HTMLElement[]): HTMLElement {
    return element("div", "match-row", ...inner);
  }

  private group(key: string, ...inner: HTMLElement[]): HTMLFieldSetElement {
    return element("fieldset", "", element("legend", "", this.names.words[key] ?? ""), ...inner);
  }
}

function numeric(most: number, step = "any"): HTMLInputElement {
  const field = element("input", "explore-field");
  field.type = "number";
  field.min = step === "1" ? "1" : "0";
  field.max = String(most);
  field.step = step;
  field.inputMode = step === "1" ? "numeric" : "decimal";
  return field;
}
