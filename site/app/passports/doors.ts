// Credentials that were checked in; what they open at the hub that somebody chooses out: each machine, and why or why not.
import { load } from "../data";
import { element, isolated, link } from "../elements";
import { LOCALE } from "../words";
import { labelled } from "./asking";
import { decide, ORDER, type Decision, type Evidence } from "./decision";
import type { Facts, RulesFile } from "./facts";
import type { Files } from "./files";
import type { Lists } from "./lists";
import { issuersFor, supply } from "./supply";
import type { Telling } from "./telling";

const KEY = "karakana-at"; // the hub where this device is, such as gh/kumasi-hive

export class Doors {
  readonly place = element("section", "verify-doors");
  private readonly countries = element("select", "explore-field");
  private readonly hubs = element("select", "explore-field");
  private readonly found = element("div", "verify-found");
  private evidences: readonly Evidence[] = [];
  private day = "";
  private filling: Promise<void> | undefined;
  private turn = 0;

  constructor(private readonly files: Files, private readonly lists: Lists, private readonly root: string, private readonly telling: Telling) {
    const title = element("h2", "", telling.say("opens"));
    title.id = "verify-opens";
    this.place.setAttribute("aria-labelledby", title.id);
    const fields = [labelled("verify-country", telling.say("country"), this.countries), labelled("verify-hub", telling.say("hub"), this.hubs)];
    this.place.append(title, element("p", "", telling.say("opens_lead")), element("div", "verify-at", ...fields), this.found);
    this.countries.addEventListener("change", () => void this.fillHubs().then(() => this.choose()));
    this.hubs.addEventListener("change", () => void this.choose());
  }

  /** Show what some credentials open, at the hub that was chosen before if any. */
  async show(evidences: readonly Evidence[], day: string): Promise<void> {
    this.evidences = evidences;
    this.day = day;
    this.turn += 1; // what is on its way was asked for another passport
    this.found.replaceChildren();
    this.filling ??= this.fillCountries();
    await this.filling.catch((fault: unknown) => {
      this.filling = undefined;
      throw fault;
    });
    await this.choose();
  }

  private async fillCountries(): Promise<void> {
    const { countries } = await this.files.keys();
    const codes = Object.keys(countries).filter((code) => (countries[code] ?? []).length > 0);
    this.place.hidden = codes.length === 0;
    const named = codes.map((code) => [code, this.telling.countries[code] ?? code] as const).sort(byName);
    fill(this.countries, this.telling.say("choose"), named);
    const at = remembered();
    this.countries.value = codes.includes(at.slice(0, 2)) ? at.slice(0, 2) : named.length === 1 ? named[0]?.[0] ?? "" : "";
    await this.fillHubs();
    if ([...this.hubs.options].some(({ value }) => value === at)) this.hubs.value = at;
  }

  private async fillHubs(): Promise<void> {
    const code = this.countries.value;
    const part = code === "" ? undefined : await load<RulesFile>(`${this.root}data/passports/rules/${code}.json`).catch(() => undefined);
    if (this.countries.value !== code) return; // another was chosen meanwhile
    fill(this.hubs, this.telling.say("choose"), Object.entries(part?.names ?? {}).sort(byName));
    this.hubs.disabled = part === undefined;
    if (code !== "" && part === undefined) this.found.replaceChildren(element("p", "verify-fault", this.telling.say("failed")));
  }

  private async choose(): Promise<void> {
    const hub = this.hubs.value;
    const turn = (this.turn += 1);
    if (hub === "") return this.found.replaceChildren();
    remember(hub);
    const facts = await this.files.facts([hub.slice(0, 2)], this.evidences.map(({ claim }) => claim.issuer)).catch(() => undefined);
    if (turn !== this.turn) return; // another passport, or another hub
    this.found.replaceChildren(...(facts === undefined ? [element("p", "verify-fault", this.telling.say("failed"))] : this.answers(facts, hub)));
  }

  private answers(facts: Facts, hub: string): Node[] {
    const doors = [...facts.doors.values()].filter((door) => door.hub === hub);
    const decided = doors.map((door) => ({ door, decision: decide(facts, { machine: door.machine, day: this.day }, this.evidences) }));
    decided.sort((one, other) => ORDER.indexOf(one.decision.result) - ORDER.indexOf(other.decision.result));
    const lines = decided.map(({ door, decision }) => this.line(door.machine, door.name, decision));
    const { telling } = this;
    const home = link(`${telling.base}hubs/${hub}/`, isolated(this.hubs.selectedOptions[0]?.text ?? hub));
    const found = [element("h3", "", home), element("ul", "verify-machines", ...lines), element("p", "verify-note", telling.say("advice"))];
    const issuers = async (): Promise<string[]> => issuersFor(facts, hub, await this.files.keys().then(({ apart }) => this.files.keysIn(apart)));
    return [...found, supply(issuers, this.lists, telling)];
  }

  private line(machine: string, name: string, { result, reasons, remarks }: Decision): HTMLElement {
    const { telling } = this;
    const whys = [...reasons, ...remarks].map((reason) => {
      const text = telling.reason(reason);
      const until = reason.result !== "deny" && reason.until !== "" ? ` (${telling.say("holds_until", { until: telling.day(reason.until) })})` : "";
      return element("li", "", text, until);
    });
    const tag = element("b", `verify-tag verify-${result}`, telling.say(`result.${result}`));
    return element("li", "", element("p", "", tag, " ", link(`${telling.base}machines/${machine}/`, isolated(name || machine))), element("ul", "", ...whys));
  }
}

function byName([, one]: readonly [string, string], [, other]: readonly [string, string]): number {
  return one.localeCompare(other, LOCALE);
}

function fill(field: HTMLSelectElement, first: string, choices: readonly (readonly [value: string, text: string])[]): void {
  const options = [["", first] as const, ...choices].map(([value, text]) => {
    const made = element("option", "", text);
    made.value = value;
    return made;
  });
  field.replaceChildren(...options);
}

function remembered(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return ""; // the browser keeps nothing
  }
}

function remember(hub: string): void {
  try {
    localStorage.setItem(KEY, hub);
  } catch {
    return; // it is asked again next time
  }
}
