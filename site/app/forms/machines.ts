// A hub's machines: a form for each new one, with what its model brings along.
import { button, element, isolated, link } from "../elements";
import { slugOf } from "../fold";
import { counted, say as fill, type Words } from "../words";
import type { Mapping } from "../yaml";
import type { Sources } from "./making";
import { RecordForm } from "./record";
import type { Schemas } from "./schema";
import type { Store } from "./store";
import { Told } from "./told";

export interface Machine {
  readonly form: RecordForm;
  readonly place: HTMLElement;
  /** Say anew what its model brings along. */
  show(): void;
}

/** What all forms of machines share. */
export interface Workshop {
  readonly schemas: Schemas;
  readonly words: Words;
  readonly sources: Sources;
  readonly store: Store;
}

/** Return a machine's form; `place` is what stands around it. */
export function machineForm({ schemas, words, sources, store }: Workshop): Machine {
  const form = new RecordForm(schemas, new Told(words, "machine"), sources, {});
  const model = form.field("model");
  const note = element("p", "form-meant");
  note.setAttribute("role", "status");
  model?.place.append(note);
  const show = (): void => {
    const id = model?.read();
    const brought = typeof id === "string" ? store.inherited(id) : "";
    note.textContent = brought === "" ? "" : fill(words, "inherits", { what: brought });
  };
  form.place.addEventListener("input", show);
  return { form, place: form.place, show };
}

/** The forms of new machines below that of their hub. */
export class Machines {
  readonly place: HTMLElement;
  machines: readonly Machine[] = [];
  private readonly list = element("div", "form-machines");
  private readonly add: HTMLButtonElement;
  private readonly mark = element("span", "form-mark");

  constructor(private readonly workshop: Workshop, existing: HTMLElement | undefined, private readonly changed: () => void) {
    const { words } = workshop;
    this.add = button("karakana-button", () => this.added(), words["machine_add"] ?? "");
    const summary = element("summary", "", element("span", "", words["group.machines"] ?? ""), " ", this.mark);
    const inner = element("div", "form-inner", element("p", "form-hint", words["machines_lead"] ?? ""), ...(existing === undefined ? [] : [existing]), this.list, this.add);
    this.place = element("details", "form-part", summary, inner);
    this.place.dataset["group"] = "machines";
  }

  write(all: readonly Mapping[]): void {
    this.machines = [];
    this.list.replaceChildren();
    for (const data of all) {
      const made = this.append();
      made.form.write(data);
      made.show();
    }
    this.number();
  }

  renew(): void {
    for (const { form, show } of this.machines) {
      form.renew();
      show();
    }
  }

  private added(): void {
    const made = this.append();
    this.number();
    made.form.field("model")?.control.focus();
    this.changed();
  }

  private append(): Machine {
    const { words } = this.workshop;
    const { form, show } = machineForm(this.workshop);
    const place = element("fieldset", "form-machine", element("legend", ""), form.place);
    const made = { form, place, show };
    place.append(button("form-add", () => this.removed(made), words["machine_remove"] ?? ""));
    this.machines = [...this.machines, made];
    this.list.append(place);
    return made;
  }

  private removed(one: Machine): void {
    this.machines = this.machines.filter((other) => other !== one);
    one.place.remove();
    this.number();
    this.add.focus();
    this.changed();
  }

  private number(): void {
    const { words } = this.workshop;
    this.machines.forEach(({ place }, at) => {
      const legend = place.querySelector(":scope > legend");
      if (legend !== null) legend.textContent = fill(words, "machine_number", { number: String(at + 1) });
    });
    this.mark.textContent = this.machines.length === 0 ? "" : counted(words, "filled", this.machines.length);
  }
}

/** Return links to the machines among a hub's records; undefined when there are none. */
export function machineLinks(records: Readonly<Record<string, Mapping>>, words: Words): HTMLElement | undefined {
  const items = Object.entries(records).filter(([path]) => path.startsWith("machines/")).map(([path, data]) => {
    const name = String(data["name"] ?? data["model"] ?? path);
    return element("li", "", link(`?edit=${path}`, isolated(name)));
  });
  return items.length === 0 ? undefined : element("div", "form-standing", element("p", "form-label", words["standing"] ?? ""), element("ul", "", ...items));
}

/** Return ids for machines that follow from their names or models, none of them taken. */
export function machineSlugs(machines: readonly Mapping[], taken: readonly string[]): string[] {
  const used = new Set(taken);
  return machines.map((data) => {
    const model = typeof data["model"] === "string" ? (data["model"].split("/")[1] ?? "") : "";
    const base = (typeof data["name"] === "string" ? slugOf(data["name"]) : "") || slugOf(model) || "machine";
    let slug = base;
    for (let number = 2; used.has(slug); number++) slug = `${base}-${number}`;
    used.add(slug);
    return slug;
  });
}
