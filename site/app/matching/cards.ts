// An answer in; cards of hubs with verdict and reasons out, twenty at a time.
import { button, element, isolated, link } from "../elements";
import { counted, kilometres, say, type Words } from "../words";
import type { Capabilities } from "./capabilities";
import type { Names } from "./names";
import { reason, rule } from "./reasons";
import type { Answer, Explained, Row, Search, Tried } from "./search";
import { factOf, FAIL, RESULTS, UNKNOWN, verdictOf, type Check, type Result } from "./values";

const AT_ONCE = 20;
const MOST_REASONS = 6;
const MARKS = ["", "✓", "?", "✗"] as const;

/** A check that decided about a hub, and the machine that it is about, or undefined for the hub. */
type Because = readonly [machine: number | undefined, process: string, check: Check];

export interface Shown {
  readonly search: Search;
  readonly known: Capabilities;
  readonly answer: Answer;
}

export class Cards {
  private readonly more: HTMLButtonElement;
  private shown = 0;
  private current: Shown | undefined;

  constructor(private readonly place: HTMLElement, private readonly names: Names, private readonly base: string) {
    this.more = button("explore-more karakana-button", () => this.extend());
    this.more.hidden = true;
    place.after(this.more);
  }

  /** Show an answer from its start. */
  show(current: Shown | undefined): void {
    [this.current, this.shown] = [current, 0];
    this.place.replaceChildren(...this.next());
    this.offerMore();
  }

  /** Show what is shown once more: names have arrived. */
  renew(): void {
    const open = new Set([...this.place.querySelectorAll("details[open]")].map((one) => one.closest("li")?.dataset["hub"]));
    const count = this.shown;
    this.shown = 0;
    this.place.replaceChildren(...this.next(count));
    for (const details of this.place.querySelectorAll("details")) if (open.has(details.closest("li")?.dataset["hub"])) details.open = true;
  }

  /** Return the hubs that are shown. */
  hubs(): number[] {
    return (this.current?.answer.rows ?? []).slice(0, this.shown).map(({ hub }) => hub);
  }

  private next(count = AT_ONCE): HTMLLIElement[] {
    const { current } = this;
    if (current === undefined) return [];
    const rows = current.answer.rows.slice(this.shown, this.shown + count);
    this.shown += rows.length;
    return rows.map((row) => this.card(row, current));
  }

  private extend(): void {
    const cards = this.next();
    this.place.append(...cards);
    this.offerMore();
    cards[0]?.querySelector("a")?.focus();
  }

  private offerMore(): void {
    const left = (this.current?.answer.rows.length ?? 0) - this.shown;
    this.more.hidden = left <= 0;
    this.more.textContent = counted(this.names.words, "more", Math.min(left, AT_ONCE));
  }

  private card(row: Row, current: Shown): HTMLLIElement {
    const { names, base } = this;
    const { world, words } = names;
    const explained = current.search.explained(row.hub);
    const name = isolated(world.name[row.hub] || "…");
    const where = [world.town[row.hub] ?? "", world.countryName(row.hub), ...(row.km === undefined ? [] : [say(words, "away", { km: kilometres(row.km) })])];
    const title = world.loaded[row.hub] === 1 ? link(base + world.hubPage(row.hub), name) : name;
    const made = element("li", "explore-card match-card", element("h3", "", title));
    made.append(element("p", "explore-where", ...where.filter((one) => one !== "").flatMap((one, at) => (at > 0 ? [" · ", isolated(one)] : [isolated(one)]))));
    made.append(this.verdict(row, current), ...this.why(explained, current), this.all(explained, current));
    made.dataset["hub"] = String(row.hub);
    return made;
  }

  private verdict({ hub, tally }: Row, { known }: Shown): HTMLElement {
    const { words } = this.names;
    const verdict = verdictOf(tally);
    const checked = tally.passed + tally.failed;
    const figures = { known: String(checked), total: String(checked + tally.unknown), unknown: String(tally.unknown) };
    const line = element("p", "", element("span", `match-verdict match-${verdict}`, words[`verdict.${verdict}`] ?? ""), " ", say(words, tally.unknown > 0 ? "tally" : "checked", figures));
    if (known.sites.is_invented.at(hub) === 1) line.append(" ", element("span", "explore-tag explore-invented", words["invented"] ?? ""));
    return line;
  }

  /** Say what decides: with which machines, or what would have to change, and what to ask. */
  private why(explained: Explained, { known }: Shown): HTMLElement[] {
    const { words } = this.names;
    const verdict = verdictOf(explained.row.tally);
    if (verdict === "no") return this.part(explained);
    const unknown = deciding(explained, UNKNOWN);
    if (verdict === "yes") return this.means(explained);
    if (verdict === "ask") return [this.labelled("ask", this.reasons(unknown, known))];
    const failed = deciding(explained, FAIL);
    const also = [...new Set(unknown.map(([, , check]) => rule(this.names, check)))];
    const ask = also.length === 0 ? [] : [element("p", "match-note", `${words["also"] ?? ""}${colon(words)}${also.join(words["comma"] ?? ", ")}`)];
    return [this.labelled(verdict === "too-far" ? "against" : "repairs", this.reasons(failed, known)), ...ask];
  }

  private labelled(key: string, list: HTMLElement): HTMLElement {
    return element("div", "", element("p", "match-note", `${this.names.words[key] ?? ""}${colon(this.names.words).trimEnd()}`), list);
  }

  private means({ row, steps }: Explained): HTMLElement[] {
    const machines = [...new Set(steps.flatMap(([, [best]]) => (best === undefined ? [] : [best.machine])))];
    const named = machines.map((machine) => this.machine(row.hub, machine)).filter((one): one is HTMLElement => one !== undefined);
    if (named.length === 0) return [];
    const comma = this.names.words["comma"] ?? ", ";
    return [element("p", "match-note", `${this.names.words["with"] ?? ""}${colon(this.names.words)}`, ...named.flatMap((one, at) => (at > 0 ? [comma, one] : [one])))];
  }

  private part({ steps }: Explained): HTMLElement[] {
    const { names } = this;
    const lacks = [...new Set(steps.filter(([, tried]) => tried.length === 0).map(([step]) => names.process(step.process)))];
    const able = steps.filter(([, tried]) => tried.length > 0).length;
    const does = say(names.words, "of_steps", { able: String(able), total: String(steps.length) });
    return [element("p", "match-note", `${does} · ${names.words["does_not"] ?? ""}${colon(names.words)}${lacks.join(names.words["comma"] ?? ", ")}`)];
  }

  /** Return reasons with the machine each is about; what nobody knows of a claim stands in one line. */
  private reasons(found: readonly Because[], known: Capabilities): HTMLElement {
    const { names } = this;
    const list = element("ul", "match-why");
    const claimed = new Map<string, Set<string>>();
    for (const [machine, process, check] of found) {
      if (check.reason === "claimed") claimed.set(process, (claimed.get(process) ?? new Set()).add(rule(names, check)));
      else list.append(element("li", "", element("b", "", rule(names, check)), colon(names.words), reason(names, check), ...this.of(machine, known)));
    }
    for (const [process, rules] of claimed) {
      list.append(element("li", "", say(names.words, "match.claim", { process: names.process(process), names: [...rules].join(names.words["comma"] ?? ", ") })));
    }
    [...list.children].slice(MOST_REASONS).forEach((one) => one.remove());
    return list;
  }

  private of(machine: number | undefined, known: Capabilities): (string | Node)[] {
    const hub = machine === undefined ? -1 : hubOf(known, machine);
    const named = machine === undefined ? undefined : this.machine(hub, machine, known);
    return named === undefined ? [] : [" ", element("small", "", "(", named, ")")];
  }

  /** Return a machine's name, with a link once its address is known; undefined for a claim, or before it has arrived. */
  private machine(hub: number, machine: number, known = this.current?.known): HTMLElement | undefined {
    const { world } = this.names;
    const [first, end] = world.machines(hub);
    const at = first + machine - (known?.first[hub] ?? 0);
    if (at >= end || world.loaded[hub] !== 1) return undefined;
    const name = isolated(world.machineName(at));
    return world.detailed[hub] === 1 ? link(this.base + world.machinePage(hub, at), name) : name;
  }

  /** Everything that was checked, unfolded when somebody wants it. */
  private all(explained: Explained, { known }: Shown): HTMLElement {
    const { words } = this.names;
    const made = element("details", "match-all", element("summary", "", words["all"] ?? ""));
    made.addEventListener("toggle", () => {
      if (made.open && made.childElementCount === 1) made.append(...this.everything(explained, known));
    });
    return made;
  }

  private everything({ row, checks, steps }: Explained, known: Capabilities): HTMLElement[] {
    const { names } = this;
    const found = [element("h4", "", names.words["hub"] ?? ""), this.table(checks)];
    for (const [step, [best]] of steps) {
      const part = step.part === undefined || step.part === "" ? "" : ` (${step.part})`;
      found.push(element("h4", "", `${names.process(step.process)}${part}`));
      if (best === undefined) found.push(element("p", "", `${names.words["does_not"] ?? ""}${colon(names.words)}${names.process(step.process)}`));
      else found.push(element("p", "", this.with(best, row.hub, known)), this.table(best.checks));
    }
    return found;
  }

  private with(best: Tried, hub: number, known: Capabilities): Node {
    return this.machine(hub, best.machine, known) ?? element("span", "", this.names.words["claim"] ?? "");
  }

  private table(checks: readonly Check[]): HTMLElement {
    const { names } = this;
    const list = element("dl", "");
    for (const check of checks) {
      const mark = element("span", "", MARKS[check.result]);
      mark.setAttribute("aria-hidden", "true");
      const said = element("span", "karakana-unseen", `${names.words[RESULTS[check.result]] ?? ""}${colon(names.words)}`);
      list.append(element("dt", "", mark, " ", rule(names, check)), element("dd", "", said, reason(names, check)));
    }
    return list;
  }
}

/** Return what came to a result at a hub, each fact once: what fails for one step counts for no other. */
function deciding({ checks, steps }: Explained, result: Result): Because[] {
  const worst = new Map<string, Because>();
  const add = (machine: number | undefined, process: string, check: Check): void => {
    const key = `${machine} ${factOf(check)}`;
    const [, , known] = worst.get(key) ?? [];
    if (known === undefined || check.result > known.result) worst.set(key, [machine, process, check]);
  };
  for (const check of checks) add(undefined, "", check);
  for (const [step, [best]] of steps) for (const check of best?.checks ?? []) add(check.subject === "hub" && check.reason !== "claimed" ? undefined : best?.machine, step.process, check);
  return [...worst.values()].filter(([, , check]) => check.result === result);
}

function hubOf({ first }: Capabilities, machine: number): number {
  let [low, high] = [0, first.length - 1];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((first[middle] ?? 0) <= machine) low = middle;
    else high = middle;
  }
  return low;
}

/** Return what stands between a label and what it says; in French with a space before it. */
export function colon(words: Words): string {
  return words["colon"] ?? ": ";
}
