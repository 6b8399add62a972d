// The site's root in; the facts for decisions in some countries, fetched when somebody asks, out.
import { load } from "../data";
import { factsOf, type Facts, type KeysFile, type Others, type RulesFile, type WrittenHub } from "./facts";

const AT_ONCE = 4;

/** The files that decisions are taken from. What did not arrive is told in `missing`, by the codes of countries. */
export class Files {
  readonly missing = new Set<string>();
  private readonly parts = new Map<string, RulesFile>();
  private readonly signing = new Map<string, Readonly<Record<string, WrittenHub>>>();

  constructor(private readonly root: string) {}

  /** Return the keys of hubs. Rejects when they are not there: nothing can be checked then. */
  keys(): Promise<KeysFile> {
    return load<KeysFile>(`${this.root}data/passports/keys.json`);
  }

  /** Return the keys of hubs, with those of some countries that stand apart. Rejects when they are not all there. */
  async keysIn(countries: Iterable<string>): Promise<KeysFile> {
    const keys = await this.keys();
    const wanted = [...new Set(countries)].filter((one) => keys.apart.includes(one) && !this.signing.has(one));
    await Promise.all(wanted.map(async (one) => this.signing.set(one, await load(`${this.root}data/passports/keys/${one}.json`))));
    return { ...keys, hubs: Object.assign({}, keys.hubs, ...this.signing.values()) as KeysFile["hubs"] };
  }

  /** Return the countries where machines ask for one of some competences. */
  async asking(competences: Iterable<string>): Promise<string[]> {
    const wanted = new Set(competences);
    return Object.entries((await this.keys()).countries).filter(([, asked]) => asked.some((one) => wanted.has(one))).map(([country]) => country);
  }

  /** Return the facts about machines in some countries, and about credentials of some hubs. */
  async facts(countries: Iterable<string>, issuers: Iterable<string>): Promise<Facts> {
    const asked = [...issuers];
    const keys = await this.keysIn(asked.map((one) => one.slice(0, 2)));
    const wanted = [...new Set(countries)].filter((one) => Object.hasOwn(keys.countries, one) && !this.parts.has(one));
    const isStrange = keys.others === 0 && asked.some((one) => !Object.hasOwn(keys.hubs, one));
    const [others] = await Promise.all([isStrange ? this.others() : keys.others, ...Array.from({ length: AT_ONCE }, () => this.fetchAll(wanted))]);
    return factsOf(keys, this.parts.values(), others);
  }

  private others(): Promise<Others> {
    return load<Others>(`${this.root}data/passports/others.json`);
  }

  private async fetchAll(queue: string[]): Promise<void> {
    for (let country = queue.shift(); country !== undefined; country = queue.shift()) {
      const part = await load<RulesFile>(`${this.root}data/passports/rules/${country}.json`).catch(() => undefined);
      if (part === undefined) this.missing.add(country);
      else {
        this.missing.delete(country);
        this.parts.set(country, part);
      }
    }
  }
}
