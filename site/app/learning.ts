// A world in; other words and details of machines that it lacks, fetched once, when something asks for them, out.
import { fillDetails, loadAliases } from "./loading";
import type { World } from "./world";

export class Learning {
  private aliases: Promise<void> | undefined;
  private whole: Promise<void> | undefined;
  private readonly asked = new Set<string>();

  /** `arrived` is called after each file. */
  constructor(private readonly world: World, private readonly root: string, private readonly arrived: () => void) {}

  /** Fetch what somebody may type: other words for terms, and what machines are called. */
  words(): void {
    this.aliases ??= loadAliases(this.world, this.root).then(this.arrived).catch(() => (this.aliases = undefined));
    this.details();
  }

  /** Fetch the details of all machines. */
  details(): void {
    this.whole ??= this.fill(this.world.tables.countries).catch(() => (this.whole = undefined));
  }

  /** Fetch the details of machines at the hubs that are shown. */
  shown(hubs: Uint32Array): void {
    const codes = new Set(Array.from(hubs, (hub) => this.world.tables.countries[this.world.country[hub] ?? 0] ?? ""));
    const wanted = [...codes].filter((code) => !this.asked.has(code));
    if (wanted.length > 0) this.fill(wanted).catch(() => wanted.forEach((code) => this.asked.delete(code)));
  }

  private fill(codes: readonly string[]): Promise<void> {
    const wanted = codes.filter((code) => !this.asked.has(code));
    wanted.forEach((code) => this.asked.add(code));
    return wanted.length === 0 ? Promise.resolve() : fillDetails(this.world, this.root, wanted, this.arrived);
  }
}
