// The address of the site's root in; what matching needs, fetched once and country by country, out.
import { load, type Country } from "../data";
import { Capabilities, type Common, type Part } from "./capabilities";
import type { Made } from "./wanted";

const AT_ONCE = 6;

/** The files of matching. What did not arrive is told in `missing`, by the codes of countries. */
export class Files {
  readonly missing = new Set<string>();
  private common: Common | undefined;
  private readonly parts = new Map<string, Part>();
  private made: Capabilities | undefined;

  constructor(private readonly root: string, private readonly countries: readonly Country[]) {}

  designs(): Promise<readonly Made[]> {
    return load<readonly Made[]>(`${this.root}data/designs.json`);
  }

  /** Return what the hubs of one country can do, or of all with "". Rejects when not even the first file is there. */
  async known(country: string): Promise<Capabilities> {
    this.common ??= await load<Common>(`${this.root}data/matching.json`);
    if (this.common.machines !== undefined) this.parts.set("", this.common as Part);
    const wanted = this.countries.map(([code]) => code).filter((code) => !this.parts.has("") && !this.parts.has(code) && (country === "" || code === country));
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.fetchAll(wanted)));
    return (this.made ??= new Capabilities(this.common, this.countries, this.parts));
  }

  private async fetchAll(queue: string[]): Promise<void> {
    for (let code = queue.shift(); code !== undefined; code = queue.shift()) {
      const part = await load<Part>(`${this.root}data/matching/${code}.json`).catch(() => undefined);
      if (part === undefined) {
        this.missing.add(code);
        continue;
      }
      this.missing.delete(code);
      this.parts.set(code, part);
      this.made = undefined;
    }
  }
}
