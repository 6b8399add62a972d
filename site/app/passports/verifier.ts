// The page that checks passports in; what was given to it, checked with the registry's keys and lists, shown out.
import { button, element, link } from "../elements";
import { counted } from "../words";
import { Asking } from "./asking";
import { checked, evidenceOf, unchecked, type Checked } from "./checked";
import { isOfOneHolder } from "./decision";
import { Doors } from "./doors";
import { factsOf, keysOf, type Facts, type KeysFile } from "./facts";
import { Files } from "./files";
import { canonicalBytes } from "./jcs";
import { drop, keep, read } from "./kept";
import { Lists } from "./lists";
import { isAble } from "./multikey";
import type { Fault } from "./nodes";
import { opened } from "./presentation";
import { CREDENTIALS, type Carried } from "./reading";
import { holder, shown, verdictOf } from "./shown";
import type { Given } from "./sources";
import { Telling } from "./telling";

/** What could not be read, and where it came from. */
interface Unread {
  readonly name: string;
  readonly why: string;
}

export class Verifier {
  private readonly telling: Telling;
  private readonly root: string;
  private readonly files: Files;
  private readonly lists: Lists;
  private readonly asking: Asking;
  private readonly doors: Doors;
  private carried: readonly Carried[] = [];
  private turn = 0;

  constructor(private readonly place: HTMLElement) {
    this.telling = new Telling(place);
    this.root = place.dataset["root"] ?? "";
    this.files = new Files(this.root);
    this.lists = new Lists(new URL(this.root, document.baseURI));
    this.doors = new Doors(this.files, this.lists, this.root, this.telling);
    this.asking = new Asking(this.telling, () => this.dictionary(), (all) => void this.take(all));
  }

  start(): void {
    this.part("verify-ask").append(this.asking.place);
    const { example = "" } = this.place.dataset;
    if (example !== "") this.asking.place.append(button("karakana-button verify-example", () => void this.takeExample(example), this.telling.say("example")));
    this.showKept();
    void this.takeAddress();
    addEventListener("hashchange", () => void this.takeAddress());
    void this.files.keys().catch(() => undefined); // while the visitor looks for the file
    void isAble().then((able) => {
      if (!able) this.asking.place.prepend(element("p", "karakana-banner verify-unable", this.telling.say("unable")));
      this.place.dataset["live"] = "";
    });
  }

  /** Somebody scanned a card: what follows the # stays in the browser, and no longer in the address than it takes to read it. */
  private async takeAddress(): Promise<void> {
    if (/^#[0-9]/.test(location.hash) && (await this.asking.takeText(location.hash, this.telling.say("scanned")))) this.clearAddress();
  }

  private clearAddress(): void {
    if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search);
  }

  private async takeExample(path: string): Promise<void> {
    const { telling } = this;
    const text = await this.fetched(path).then((bytes) => new TextDecoder().decode(bytes)).catch(() => undefined);
    if (text === undefined) this.part("verify-status").textContent = telling.say("failed");
    else await this.asking.takeText(text, telling.say("example"));
  }

  private dictionary(): Promise<Uint8Array> {
    return this.fetched("assets/passports/dictionary-1.txt");
  }

  private async fetched(path: string): Promise<Uint8Array> {
    const answer = await fetch(new URL(this.root + path, document.baseURI));
    if (!answer.ok) throw new Error(`${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  /** Open what was given. Credentials of the same holder are added to those that are shown, any others take their place. */
  private async take(all: readonly Given[]): Promise<void> {
    const found: Carried[] = [];
    const unread: Unread[] = [];
    for (const given of all) {
      const passport = "bytes" in given ? opened(given.bytes) : undefined;
      if (passport === undefined || !("bytes" in given)) unread.push(this.troubled(given));
      else if ("code" in passport) unread.push(this.faulty(given.name, passport));
      else {
        found.push(...passport.credentials);
        unread.push(...passport.faults.map((fault) => this.faulty(given.name, fault)));
      }
    }
    const isSame = found.length > 0 && isOfOneHolder([...this.carried, ...found].map(({ claim }) => claim));
    this.carried = unique(isSame ? [...this.carried, ...found] : found);
    await this.show(unread);
  }

  private troubled(given: Given): Unread {
    const { name } = given;
    const { word, code } = given as { word?: string; code?: string };
    return { name, why: word === undefined ? this.telling.code(code ?? "") : this.telling.say(word) };
  }

  private faulty(name: string, { code, place }: Fault): Unread {
    return { name, why: `${this.telling.code(code)}${place === "" ? "" : ` (${place.slice(0, 80)})`}` };
  }

  private async show(unread: readonly Unread[]): Promise<void> {
    const turn = ++this.turn;
    const { telling, carried } = this;
    this.part("verify-status").textContent = telling.say("checking");
    this.part("verify-answer").replaceChildren(element("p", "", telling.say("checking"))); // nobody takes the one before for this one
    const day = new Date().toISOString().slice(0, 10); // as the command line: days are those of UTC
    const [keys, facts] = await this.facts(carried);
    const all = await Promise.all(carried.map((one) => this.check(one, facts, day)));
    if (turn !== this.turn) return; // something else was given meanwhile
    telling.keys = keys;
    const answer = this.part("verify-answer");
    answer.replaceChildren(...this.unread(unread), ...(all.length > 0 ? this.answer(all, day) : []));
    this.part("verify-status").textContent = all.map((one) => verdictOf(one, telling)).join(", ");
    answer.querySelector<HTMLElement>("[tabindex]")?.focus();
    if (this.doors.place.isConnected) await this.doors.show(all.map(evidenceOf), day).catch(() => undefined);
  }

  private async facts(carried: readonly Carried[]): Promise<readonly [keys?: KeysFile, facts?: Facts]> {
    const issuers = carried.map(({ claim }) => claim.issuer);
    const keys = await this.files.keysIn(issuers.map((one) => one.slice(0, 2))).catch(() => undefined);
    if (keys === undefined) return [];
    // Without the file of other hubs it is not known whether an issuer without a key is one of them.
    return [keys, await this.files.facts([], issuers).catch(() => factsOf(keys))];
  }

  private async check(one: Carried, facts: Facts | undefined, day: string): Promise<Checked> {
    if (facts === undefined) return unchecked(one, day);
    return checked(one, keysOf(facts, [one.claim.issuer]), day, (hub) => this.lists.of(hub));
  }

  /** Return what could not be read, each with its reason. */
  private unread(all: readonly Unread[]): Node[] {
    if (all.length === 0) return [];
    const { telling } = this;
    const title = element("h2", "", counted(telling.words, "unread", all.length));
    title.tabIndex = -1;
    const lines = all.map(({ name, why }) => element("li", "", element("b", "", element("bdi", "", name.slice(0, 120))), ": ", why));
    return [element("section", "verify-unread", title, element("ul", "", ...lines))];
  }

  private answer(all: readonly Checked[], day: string): Node[] {
    const { telling } = this;
    const claims = all.map(({ carried: { claim } }) => claim);
    const isOne = isOfOneHolder(claims);
    const isNamed = new Set(claims.map(({ holder, name }) => `${holder} ${name}`)).size > 1;
    const [first] = all as readonly [Checked, ...Checked[]];
    const title = element("h2", "verify-whose", ...(isOne ? holder(first, telling) : [telling.code("holder-differs")]));
    title.tabIndex = -1;
    const articles = all.map((one) => shown(one, { credentials: all.length, isNamed }, telling));
    const { keys } = telling;
    const isChecked = keys !== undefined && all.every(({ verdict }) => verdict !== "unchecked");
    const by = isChecked ? [element("p", "verify-note", telling.say("checked", { day: telling.day(day), data: telling.day(keys.day) }))] : [];
    return [element("section", "verify-shown", title, ...articles, ...by, this.actions(isOne)), ...(isChecked ? [this.doors.place] : [])];
  }

  private actions(isOne: boolean): HTMLElement {
    const { telling } = this;
    const row = element("div", "verify-actions");
    const said = element("span", "");
    said.setAttribute("role", "status");
    const keeping = button("karakana-button", () => {
      said.textContent = telling.say(keep(textOf(this.carried)) ? "kept" : "keep_failed");
      this.showKept();
    }, telling.say("keep"));
    const clear = button("karakana-button", () => this.clear(), telling.say("clear"));
    row.append(...(isOne ? [keeping] : []), clear, said, element("p", "verify-note", telling.say("keep_note")));
    return row;
  }

  private clear(): void {
    this.turn += 1;
    this.asking.forget();
    this.carried = [];
    this.part("verify-answer").replaceChildren();
    this.part("verify-status").textContent = "";
    this.clearAddress();
    this.asking.place.querySelector("input")?.focus();
  }

  /** Offer the passport that is kept on this device, and to take it away. */
  private showKept(): void {
    this.place.querySelector(".verify-kept")?.remove();
    const text = read();
    if (text === undefined) return;
    const { telling } = this;
    const show = button("karakana-button", () => void this.asking.takeText(text, telling.say("kept_here")), telling.say("kept_show"));
    const remove = button("karakana-button", () => {
      drop();
      this.showKept();
      this.part("verify-status").textContent = telling.say("removed");
    }, telling.say("remove"));
    const map = link(`${telling.base}explore/#passport`, telling.say("map"));
    this.part("verify-ask").prepend(element("div", "verify-kept", element("p", "", telling.say("kept")), show, remove, map));
  }

  private part(id: string): HTMLElement {
    return this.place.querySelector<HTMLElement>(`#${id}`) as HTMLElement;
  }
}

/** Return each credential once, however often it was given: by all that was signed. */
function unique(all: readonly Carried[]): Carried[] {
  return [...new Map(all.map((one) => [textOf([one]), one])).values()];
}

/** Return the file of a passport: a credential alone, or several in a presentation. */
function textOf(carried: readonly Carried[]): string {
  const [first] = carried;
  const documents = carried.map(({ document }) => document);
  const whole = documents.length === 1 ? documents[0] : {
    "@context": [CREDENTIALS], type: ["VerifiablePresentation"], holder: first?.claim.holder ?? "", verifiableCredential: documents,
  };
  return new TextDecoder().decode(canonicalBytes(whole ?? {}));
}
