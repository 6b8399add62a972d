// The page's words, what there is to choose from and what somebody chose in; fields for what few people ask, out: who has to
// be there, under which contract, of which network, in which language.
import { element } from "../elements";
import { say } from "../words";
import type { Asking } from "./asking";
import type { Names } from "./names";

const MOST_SCHEMES = 200;

type Chosen = Pick<Asking, "competence" | "level" | "certification" | "contract" | "network" | "language">;

export class Choices {
  readonly people: HTMLDetailsElement;
  readonly terms: HTMLDetailsElement;
  private readonly competence = element("select", "explore-field");
  private readonly level = element("select", "explore-field");
  private readonly certification = element("input", "explore-field");
  private readonly contract = element("select", "explore-field");
  private readonly network = element("select", "explore-field");
  private readonly language = element("select", "explore-field");
  private readonly schemes = element("datalist", "");

  constructor(private readonly names: Names) {
    const { world: { tables, labels }, words } = names;
    this.certification.type = "text";
    this.certification.autocomplete = "off";
    this.schemes.id = "match-schemes";
    this.certification.setAttribute("list", this.schemes.id);
    this.offer(this.competence, names.idsOf("competence").map((id) => [id, names.label("competence", id)]));
    this.offer(this.contract, names.idsOf("contract").map((id) => [id, names.label("contract", id)]));
    this.offer(this.network, tables.networks.map((id, at) => [id, labels.networks[at] ?? id]));
    this.offer(this.language, tables.languages.map((id, at) => [id, labels.languages[at] ?? id]));
    const held = [this.labelled("match.competence", this.competence), this.labelled("level_least", this.level)];
    const note = element("p", "match-note", words["certification_note"] ?? "");
    this.people = folded(words["people"] ?? "", ...held, this.labelled("match.certification", this.certification), note, this.schemes);
    this.terms = folded(words["more_terms"] ?? "", this.labelled("match.contract", this.contract), this.labelled("network", this.network), this.labelled("language", this.language));
  }

  /** Suggest certifications that some hubs or machines have. */
  suggest(schemes: Iterable<string>): void {
    const found = [...new Set(schemes)].sort().slice(0, MOST_SCHEMES);
    this.schemes.replaceChildren(...found.map((one) => new Option(one, one)));
  }

  /** Return what the fields say. */
  read(): Chosen {
    const competence = this.competence.value;
    this.offerLevels(competence);
    return {
      competence, level: competence === "" ? 1 : Number(this.level.value), certification: this.certification.value.trim(), contract: this.contract.value,
      network: this.network.value, language: this.language.value,
    };
  }

  /** Show what is asked for; what is set is not hidden. */
  show(asking: Chosen): void {
    this.offerLevels(asking.competence);
    const values: [HTMLInputElement | HTMLSelectElement, string][] = [
      [this.competence, asking.competence], [this.level, String(asking.level)], [this.certification, asking.certification], [this.contract, asking.contract],
      [this.network, asking.network], [this.language, asking.language],
    ];
    for (const [field, value] of values) if (field !== document.activeElement) field.value = value;
    if (asking.competence !== "" || asking.certification !== "") this.people.open = true;
    if (asking.contract !== "" || asking.network !== "" || asking.language !== "") this.terms.open = true;
  }

  /** Offer as many levels as a competence has. */
  private offerLevels(competence: string): void {
    const { names, level } = this;
    const count = names.levels(competence);
    level.disabled = competence === "";
    if (level.options.length === count) return;
    level.replaceChildren(...Array.from({ length: count }, (_, at) => new Option(say(names.words, "level", { level: String(at + 1) }), String(at + 1))));
  }

  private offer(field: HTMLSelectElement, options: readonly (readonly [id: string, label: string])[]): void {
    const { compare } = new Intl.Collator(document.documentElement.lang);
    const sorted = [...options].sort(([, one], [, other]) => compare(one, other));
    field.replaceChildren(new Option(this.names.words["any"] ?? "", ""), ...sorted.map(([id, label]) => new Option(label, id)));
  }

  private labelled(key: string, field: HTMLElement): HTMLElement {
    return element("label", "", element("span", "", this.names.words[key] ?? ""), field);
  }
}

/** Return what of an address this registry knows; the rest asks for nothing. */
export function known(asking: Asking, names: Names): Asking {
  const { tables } = names.world;
  const competence = names.idsOf("competence").includes(asking.competence) ? asking.competence : "";
  return {
    ...asking, competence, level: competence === "" ? 1 : Math.min(asking.level, names.levels(competence)),
    contract: names.idsOf("contract").includes(asking.contract) ? asking.contract : "", network: tables.networks.includes(asking.network) ? asking.network : "",
    language: tables.languages.includes(asking.language) ? asking.language : "",
  };
}

function folded(title: string, ...inner: HTMLElement[]): HTMLDetailsElement {
  return element("details", "match-more", element("summary", "", title), element("div", "", ...inner));
}
