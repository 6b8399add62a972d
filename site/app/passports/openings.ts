// Openings and a world in; what the list and the map show of them, hub by hub, out.
import type { Doors, Sign } from "../doors";
import { element, isolated, link } from "../elements";
import type { Opening as Given } from "../opens";
import { counted, type Words } from "../words";
import type { World } from "../world";
import { ORDER, type Reason } from "./decision";
import type { Facts, Result } from "./facts";
import type { Opening } from "./opening";
import { drawn } from "./signs";
import type { Wording } from "./wording";

const SHOWN = 4; // openings of a hub
const NAMED = 3; // machines of an opening
const SIZE = 30; // pixels

export interface Shown {
  readonly facts: Facts;
  readonly openings: readonly Opening[];
}

/** Openings by hub; of them those of the `chosen` results are wanted, and all hubs when none is chosen. */
export class Openings implements Doors {
  readonly chosen = new Set<Result>(ORDER);
  private readonly byHub = new Map<string, Opening[]>();
  private readonly ids = new Map<number, string>();

  private readonly world: World;
  private readonly base: string;
  private readonly words: Words;

  /** `all` is called when somebody wants to see all hubs again. */
  constructor(private readonly shown: Shown, { world, base, words }: Given, private readonly wording: Wording, private readonly all: () => void) {
    [this.world, this.base, this.words] = [world, base, words];
    for (const one of shown.openings) this.byHub.set(one.hub, [...(this.byHub.get(one.hub) ?? []), one]);
  }

  /** Return how many hubs have an opening of a result. */
  count(result: Result): number {
    return [...this.byHub.values()].filter((openings) => openings.some((one) => one.result === result)).length;
  }

  rank(hub: number): number {
    if (this.chosen.size === 0) return 1;
    const best = this.at(hub).map(({ result }) => result).filter((result) => this.chosen.has(result));
    return best.length === 0 ? 0 : Math.max(...best.map((result) => ORDER.length - ORDER.indexOf(result)));
  }

  told(hub: number): HTMLElement | undefined {
    const openings = this.at(hub);
    if (openings.length === 0) return undefined;
    const lines = openings.slice(0, SHOWN).map((one) => this.line(one));
    if (openings.length > SHOWN) lines.push(element("li", "", counted(this.words, "and_more", openings.slice(SHOWN).reduce((sum, { machines }) => sum + machines.length, 0))));
    return element("ul", "opens-list", ...lines);
  }

  sign(hub: number): Sign | undefined {
    const [best] = this.at(hub);
    if (best === undefined) return undefined;
    const kind = best.result;
    const named = element("span", "karakana-unseen", `${this.world.name[hub] ?? ""}: ${this.wording.say(kind)}`);
    return { kind, icon: L.divIcon({ html: element("div", "", drawn(kind), named), className: `opens-mark opens-${kind}`, iconSize: [SIZE, SIZE] }) };
  }

  note(): HTMLElement | undefined {
    if (this.chosen.size === 0) return undefined;
    const all = element("button", "karakana-button", this.wording.say("all"));
    all.type = "button";
    all.addEventListener("click", this.all);
    return element("p", "opens-note", this.wording.say("only"), " ", all);
  }

  /** Return the openings of a hub, the best first; a hub of another registry has none. */
  private at(hub: number): readonly Opening[] {
    const { world } = this;
    if (hub >= world.own || world.loaded[hub] !== 1) return [];
    const id = this.ids.get(hub) ?? world.id(hub);
    this.ids.set(hub, id);
    return this.byHub.get(id) ?? [];
  }

  private line({ result, machines, reasons }: Opening): HTMLElement {
    const names = machines.slice(0, NAMED).flatMap((id, at) => [...(at > 0 ? [", "] : []), link(`${this.base}machines/${id}/`, isolated(this.shown.facts.doors.get(id)?.name || id))]);
    const more = machines.length > NAMED ? [" ", counted(this.words, "and_more", machines.length - NAMED)] : [];
    const head = element("span", "opens-head", drawn(result), element("b", "", this.wording.say(result)), ": ", ...names, ...more);
    return element("li", `opens-${result}`, head, element("small", "", this.wording.reason(deciding(reasons, result), (id) => this.hub(id))));
  }

  private hub(id: string): string {
    return this.shown.facts.hubs.get(id)?.name || id;
  }
}

/** Return the reason that the result comes from. */
function deciding(reasons: readonly Reason[], result: Result): Reason {
  return reasons.find((one) => one.result === result) ?? (reasons[0] as Reason);
}
