// Pages that somebody visited or wanted to keep, in caches of their own, which outlive a build.
import type { Core } from "./offline-core";
import type { Names } from "./offline-scope";

const MOST = 200;

export class Pages {
  constructor(private readonly names: Names, private readonly core: Core, private readonly version: string) {}

  /** Return what is there for a path: of this build's core, visited, or kept. */
  async find(path: string): Promise<Response | undefined> {
    for (const name of [this.names.core(this.version), this.names.visited, ...(await this.kept())]) {
      const found = await (await caches.open(name)).match(this.core.address(path));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Keep a page: with its country where that is kept, else among those visited, of which the oldest goes. */
  async visit(path: string, answer: Response): Promise<void> {
    const address = this.core.address(path);
    for (const name of await this.kept()) {
      const cache = await caches.open(name);
      if ((await cache.match(address)) !== undefined) return cache.put(address, answer);
    }
    const cache = await caches.open(this.names.visited);
    await cache.delete(address);
    await cache.put(address, answer);
    const keys = await cache.keys();
    for (const old of keys.slice(0, Math.max(0, keys.length - MOST))) await cache.delete(old);
  }

  /** Return the countries that are kept in any language. */
  async countries(): Promise<string[]> {
    return [...new Set((await this.kept()).map((name) => this.names.keptPlace(name)?.split("/").pop() ?? ""))];
  }

  private async kept(): Promise<string[]> {
    return (await caches.keys()).filter((name) => this.names.keptPlace(name) !== undefined);
  }
}
