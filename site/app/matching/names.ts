// A world and the page's words in; what processes, materials, hubs and machines are called, and ids of what is typed, out.
import { fold } from "../fold";
import type { Terms } from "../okh/parts";
import { say, type Words } from "../words";
import type { World } from "../world";

type Kind = "processes" | "materials";

/** Names in the page's language. */
export class Names {
  private readonly labels: Readonly<Record<Kind, ReadonlyMap<string, string>>>;
  private readonly ids: Readonly<Record<Kind, ReadonlyMap<string, string>>>;

  constructor(readonly world: World, readonly words: Words) {
    const { tables, labels } = world;
    const of = (kind: Kind): [id: string, label: string][] => tables[kind].map(([id], at) => [id, labels[kind][at] ?? id]);
    this.labels = { processes: new Map(of("processes")), materials: new Map(of("materials")) };
    const back = (kind: Kind): Map<string, string> => new Map(of(kind).map(([id, label]) => [fold(label), id]));
    this.ids = { processes: back("processes"), materials: back("materials") };
  }

  process(id: string): string {
    return this.labels.processes.get(id) ?? id;
  }

  material(id: string): string {
    return this.labels.materials.get(id) ?? id;
  }

  design(id: string): string {
    return this.words[`design.${id}`] ?? id;
  }

  /** Return a value of a list of words, such as a form or an access. */
  value(group: string, id: string): string {
    return this.words[`${group}.${id}`] ?? id;
  }

  competence(id: string, level: string): string {
    return `${this.label("competence", id)}, ${say(this.words, "level", { level })}`;
  }

  /** Return what a competence or a contract is called. */
  label(kind: "competence" | "contract", id: string): string {
    return this.words[`${kind}.${id}`] ?? id;
  }

  /** Return the ids of all competences or contracts that can be asked for. */
  idsOf(kind: "competence" | "contract"): string[] {
    return Object.keys(this.words).filter((key) => key.startsWith(`${kind}.`)).map((key) => key.slice(kind.length + 1));
  }

  /** Return how many levels a competence has. */
  levels(competence: string): number {
    return Number(this.words[`levels.${competence}`] ?? "1");
  }

  /** Return all labels of a kind, without headings, in the order of the page's language. */
  list(kind: Kind): string[] {
    const { tables, labels } = this.world;
    const { compare } = new Intl.Collator(document.documentElement.lang);
    return labels[kind].filter((_, at) => tables[kind][at]?.[2] !== 1).sort(compare);
  }

  /** Return the id of what somebody typed: a label, or what exactly one term is called in any language; "" for none. */
  typed(kind: Kind, text: string, terms: Terms | undefined): string {
    const folded = fold(text);
    const label = this.ids[kind].get(folded);
    if (label !== undefined || folded === "") return label ?? "";
    const table = terms?.[kind === "processes" ? "process" : "material"] ?? {};
    const key = folded.replace(/ /g, "");
    return Object.hasOwn(table, key) ? (table[key] ?? "") : "";
  }
}
