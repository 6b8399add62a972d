// The hubs of an answer in; cards out, fifty at a time.
import { ring } from "./beside";
import { freshnessOf, INVENTED, isOld, statusOf } from "./data";
import { button, element, isolated, link, linkOut } from "./elements";
import type { Answer } from "./query";
import { wishes, type State } from "./state";
import { counted, kilometres, say, type Words } from "./words";
import type { World } from "./world";

const AT_ONCE = 50;
const MACHINES = 3;
const FRESH = 1;
const STALE = 3;

export class HubList {
  private readonly more: HTMLButtonElement;
  private answer: Answer | undefined;
  private state: State | undefined;
  private shown = 0;

  constructor(private readonly place: HTMLElement, private readonly world: World, private readonly words: Words, private readonly base: string) {
    this.more = button("explore-more karakana-button", () => this.extend());
    place.after(this.more);
  }

  show(answer: Answer, state: State): void {
    [this.answer, this.state, this.shown] = [answer, state, 0];
    this.place.replaceChildren(...this.next(answer, state));
    this.offerMore();
  }

  private next(answer: Answer, state: State): HTMLLIElement[] {
    const hubs = answer.hubs.subarray(this.shown, this.shown + AT_ONCE);
    this.shown += hubs.length;
    return Array.from(hubs, (hub) => this.card(hub, answer, state));
  }

  private extend(): void {
    if (this.answer === undefined || this.state === undefined) return;
    const cards = this.next(this.answer, this.state);
    this.place.append(...cards);
    this.offerMore();
    cards[0]?.querySelector("a")?.focus();
  }

  private offerMore(): void {
    const left = (this.answer?.hubs.length ?? 0) - this.shown;
    this.more.hidden = left <= 0;
    this.more.textContent = counted(this.words, "more", Math.min(left, AT_ONCE));
  }

  private card(hub: number, answer: Answer, state: State): HTMLLIElement {
    const { world, words } = this;
    const km = answer.away?.[hub];
    const where = [world.kindName(hub), world.town[hub] ?? "", world.countryName(hub), ...(km === undefined || Number.isNaN(km) ? [] : [say(words, "away", { km: kilometres(km) })])];
    const card = element(
      "li", `explore-card${isOld(world.marks[hub] ?? 0) ? " explore-old" : ""}${hub < world.own ? "" : " explore-foreign"}`,
      element("h3", "", linkOut(this.base, world.hubPage(hub), isolated(world.name[hub] ?? ""))),
      element("p", "explore-where", ...where.flatMap((part, at) => (at > 0 ? [" · ", isolated(part)] : [isolated(part)]))),
    );
    const why = hub < world.own ? this.why(hub, answer, state) : undefined;
    card.append(...[why, answer.doors?.told(hub)].filter((part) => part !== undefined));
    const marks = [...this.registries(hub), ...this.marks(world.marks[hub] ?? 0)];
    if (marks.length > 0) card.append(element("p", "explore-marks", ...marks));
    return card;
  }

  /** Say which machines meet the wishes, or that the hub itself says so; without such wishes how many it has. */
  private why(hub: number, answer: Answer, state: State): HTMLElement | undefined {
    const { world, words } = this;
    const asksMachines = wishes(state).some((wish) => ["process", "material", "model", "size"].includes(wish.key));
    const [begin, end] = world.machines(hub);
    const all = answer.machines(hub);
    const fitting = asksMachines ? all : all.filter((machine) => answer.told?.holds(machine) === true);
    if (fitting.length > 0) return this.machineLine(hub, fitting);
    if (asksMachines) return element("p", "explore-why", words["claims"] ?? "");
    return end > begin ? element("p", "explore-why", counted(words, "machines", end - begin)) : undefined;
  }

  private machineLine(hub: number, machines: number[]): HTMLElement {
    const line = element("p", "explore-why");
    machines.slice(0, MACHINES).forEach((machine, at) => {
      line.append(at > 0 ? ", " : "", this.machine(hub, machine));
    });
    if (machines.length > MACHINES) line.append(" ", counted(this.words, "and_more", machines.length - MACHINES));
    return line;
  }

  /** A machine's address is known once what it is called has arrived. */
  private machine(hub: number, machine: number): Node {
    const name = isolated(this.world.machineName(machine));
    return this.world.detailed[hub] === 1 ? link(`${this.base}${this.world.machinePage(hub, machine)}`, name) : name;
  }

  /** Say whose hub it is when it is not ours, and who else seems to have it. */
  private registries(hub: number): HTMLElement[] {
    const { world, words } = this;
    const origin = world.origin(hub);
    const others = world.elsewhere(hub).map(([registry, page]) => element("span", "explore-tag", linkOut("", page, isolated(say(words, "also", { registry })))));
    return origin === undefined ? others : [element("span", "explore-tag explore-origin", ring(), isolated(say(words, "origin", { registry: origin[1] }))), ...others];
  }

  private marks(marks: number): HTMLElement[] {
    const { words, world } = this;
    const found: HTMLElement[] = [];
    if (statusOf(marks) !== 0) found.push(element("span", "explore-tag", world.labels.statuses[statusOf(marks)] ?? ""));
    if (freshnessOf(marks) === FRESH) found.push(element("span", "explore-tag explore-fresh", words["verified.fresh"] ?? ""));
    if (freshnessOf(marks) === STALE) found.push(element("span", "explore-tag", words["verified.stale"] ?? ""));
    if (marks & INVENTED) found.push(element("span", "explore-tag explore-invented", words["demonstration"] ?? ""));
    return found;
  }
}
