// Hubs and a design that somebody named in; why they cannot make it, in the page's words, out. Fetched when a contract
// names both: it brings matching and the files of these hubs' countries along.
import { load } from "../data";
import { Files } from "../matching/files";
import { Names } from "../matching/names";
import { reason } from "../matching/reasons";
import { Taxonomy } from "../matching/terms";
import type { Made } from "../matching/wanted";
import { say, type Words } from "../words";
import type { World } from "../world";
import { doubtsOf, type Doubt, type Numbered } from "./doubts";

export class Doubting {
  private readonly files: Files;
  private readonly names: Names;
  private readonly processes: Taxonomy;
  private readonly materials: Taxonomy;
  private designs: Promise<readonly Made[]> | undefined;

  constructor(private readonly root: string, world: World, private readonly words: Words) {
    this.files = new Files(root, world.manifest.countries);
    this.names = new Names(world, words);
    [this.processes, this.materials] = [new Taxonomy(world.tables.processes), new Taxonomy(world.tables.materials)];
  }

  /** Return why hubs, one at least, cannot make a design of the registry. Rejects when what that takes did not arrive. */
  async reasons(hubs: readonly Numbered[], design: string): Promise<[hub: string, reason: string][]> {
    const made = (await this.known()).find(({ id }) => id === design);
    if (made === undefined) return [["", this.words["doubt.tree"] ?? ""]];
    const [first = "", ...others] = new Set(hubs.map(([id]) => id.slice(0, 2)));
    for (const code of others) await this.files.known(code);
    const known = await this.files.known(first);
    if ([first, ...others].some((code) => this.files.missing.has(code))) throw new Error("not every file arrived");
    return doubtsOf(known, this.processes, this.materials, made, hubs).map((one) => [one.hub, this.told(one)]);
  }

  private known(): Promise<readonly Made[]> {
    this.designs ??= load<readonly Made[]>(`${this.root}data/designs.json`).catch((fault: unknown) => {
      this.designs = undefined;
      throw fault;
    });
    return this.designs;
  }

  private told({ hub, step, check }: Doubt): string {
    if (step === undefined) return check === undefined ? (this.words["doubt.none"] ?? "") : reason(this.names, check);
    const process = this.names.process(step.process);
    if (check === undefined) return say(this.words, hub === "" ? "doubt.step" : "match.process.other", { process, asked: process });
    return say(this.words, "doubt.check", { process, text: reason(this.names, check) });
  }
}
