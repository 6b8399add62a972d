// A place among the filters in; the passport that somebody opens there, checked, and what it opens told to Explore, out.
import type { Opening as Given } from "../opens";
import { button, element, isolated } from "../elements";
import { figure } from "../words";
import { checked, evidenceOf } from "./checked";
import { ORDER, walletOf, type Evidence } from "./decision";
import { keysOf, type Facts, type Result } from "./facts";
import { Files } from "./files";
import { read } from "./kept";
import { Lists } from "./lists";
import type { Fault } from "./nodes";
import { groupsOf, where } from "./opening";
import { Openings } from "./openings";
import { MOST_BYTES, opened } from "./presentation";
import type { Carried } from "./reading";
import { drawn } from "./signs";
import type { Wording } from "./wording";

/** What was opened: credentials that can be read, and why others cannot. */
interface Opened {
  readonly carried: readonly Carried[];
  readonly faults: readonly Fault[];
}

export class Exploring {
  private readonly files: Files;
  private readonly lists: Lists;
  private readonly said = element("p", "opens-said");
  private turn = 0;

  constructor(private readonly given: Given, private readonly wording: Wording) {
    this.files = new Files(given.root);
    this.lists = new Lists(new URL(given.root || ".", document.baseURI));
    this.said.setAttribute("role", "status");
  }

  /** Ask for a passport; `trouble` says why the last one did not do. */
  show(trouble: readonly string[] = []): void {
    const { wording } = this;
    const parts: HTMLElement[] = [element("p", "explore-note", wording.say("private")), this.fileField()];
    if (read() !== undefined) parts.push(button("karakana-button", () => void this.take([new Blob([read() ?? ""])]), wording.say("kept")));
    this.say("");
    this.fill(...parts, this.said, ...trouble.map((text) => element("p", "opens-trouble", text)));
  }

  private fileField(): HTMLElement {
    const field = element("input", "");
    field.type = "file";
    field.multiple = true;
    field.accept = ".json,application/json,application/ld+json";
    field.addEventListener("change", () => {
      const all = [...(field.files ?? [])];
      void this.take(all);
    });
    return element("label", "opens-file", element("span", "", this.wording.say("file")), field);
  }

  /** Say something; where the page shows the same, only to who does not see it. */
  private say(text: string, kind = "opens-said"): void {
    this.said.className = kind;
    this.said.textContent = text;
  }

  /** Check what was opened and show what it opens, unless something else is opened before. */
  private async take(files: readonly Blob[]): Promise<void> {
    const { wording } = this;
    const turn = (this.turn += 1);
    if (files.some(({ size }) => size > MOST_BYTES)) return this.show([wording.code("too-large")]);
    this.say(wording.say("checking"));
    const show = await Promise.all(files.map((file) => file.arrayBuffer())).then(
      (all) => this.answer(openedAll(all.map((one) => new Uint8Array(one)))), () => () => this.show([wording.code("unreadable")]),
    );
    if (turn === this.turn) show();
  }

  /** Return what shows the answer, or why there is none. */
  private async answer(found: Opened): Promise<() => void> {
    const { wording } = this;
    if (found.carried.length === 0) return () => this.show(found.faults.map(({ code }) => wording.code(code)));
    return this.weigh(found).catch(() => () => this.show([wording.say("failed")]));
  }

  private async weigh({ carried, faults }: Opened): Promise<() => void> {
    const { files, given, wording } = this;
    const day = new Date().toISOString().slice(0, 10);
    const issuers = new Set(carried.map(({ claim }) => claim.issuer));
    const competences = new Set(carried.map(({ claim }) => claim.competence));
    const countries = await files.asking(competences);
    const facts = await files.facts(countries, issuers);
    const keys = keysOf(facts, issuers);
    const all = await Promise.all(carried.map((one) => checked(one, keys, day, (hub) => this.lists.of(hub))));
    const evidences = all.map(evidenceOf);
    const openings = where(facts, groupsOf(facts, competences), day, evidences);
    const doors: Openings = new Openings({ facts, openings }, given, wording, () => {
      doors.chosen.clear();
      this.offer(doors, troubles);
      document.getElementById("explore-count")?.focus();
    });
    const troubles = [...faults.map(({ code }) => wording.code(code)), ...this.doubts(facts, day, evidences), ...this.lost()];
    return () => this.offer(doors, troubles);
  }

  /** Return what is wrong with credentials, wherever they are shown. */
  private doubts(facts: Facts, day: string, evidences: readonly Evidence[]): string[] {
    const { wording } = this;
    const held = [...walletOf(facts, day, evidences).held.values()].flat();
    if (held.some(({ fault }) => fault === "unable")) return [wording.code("unable")];
    return held.filter(({ fault }) => fault !== "").map(({ claim, fault, until }) => {
      const reason = { code: fault, result: "deny", competence: claim.competence, asked: 0, held: claim.level, credential: claim.id, issuer: claim.issuer, record: "", until } as const;
      return `${wording.competence(claim.competence)}: ${wording.reason(reason, (id) => facts.hubs.get(id)?.name || id)}`;
    });
  }

  /** Return which countries' rules did not arrive. */
  private lost(): string[] {
    const { labels, tables } = this.given.world;
    const names = [...this.files.missing].map((code) => labels.countries[tables.countries.indexOf(code)] ?? code);
    return names.length === 0 ? [] : [this.wording.say("missing", { countries: names.join(", ") })];
  }

  /** Show how many hubs there are of each kind, each to be chosen, and what does not count. */
  private offer(doors: Openings, troubles: readonly string[]): void {
    const { given, wording } = this;
    const counts = ORDER.map((result) => [result, doors.count(result)] as const).filter(([, count]) => count > 0);
    const rows = counts.map(([result, count]) => this.row(doors, result, count));
    const away = button("opens-away karakana-button", () => this.close(), wording.say("close"));
    if (counts.length === 0) this.say(wording.say("nothing"));
    else this.say(counts.map(([result, count]) => `${wording.say(result)}: ${figure(count)}`).join(" · "), "karakana-unseen");
    this.fill(
      this.said, element("ul", "explore-values", ...rows), ...troubles.map((text) => element("p", "opens-trouble", isolated(text))),
      element("p", "explore-note", wording.say("advisory")), away,
    );
    given.changed(doors);
  }

  private row(doors: Openings, result: Result, count: number): HTMLElement {
    const box = element("input", "");
    box.type = "checkbox";
    box.checked = doors.chosen.has(result);
    box.addEventListener("change", () => {
      if (box.checked) doors.chosen.add(result);
      else doors.chosen.delete(result);
      this.given.changed(doors);
    });
    const number = element("span", "explore-number", figure(count));
    return element("li", "", element("label", "", box, drawn(result), element("span", "explore-value", this.wording.say(result)), number));
  }

  private close(): void {
    this.turn += 1;
    this.given.changed(undefined);
    this.show();
  }

  /** Put other things into the place; the focus stays in it. */
  private fill(...parts: readonly HTMLElement[]): void {
    const { place } = this.given;
    const had = place.contains(document.activeElement);
    place.replaceChildren(...parts);
    if (had) place.querySelector<HTMLElement>("input, button")?.focus();
  }
}

function openedAll(sources: readonly Uint8Array[]): Opened {
  const all = sources.map(opened);
  return {
    carried: all.flatMap((one) => ("code" in one ? [] : one.credentials)),
    faults: all.flatMap((one) => ("code" in one ? [one] : one.faults)),
  };
}
