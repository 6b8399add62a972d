// An open page in; the version of the build that it came from out. A worker is stopped and started at any time,
// so that what it knows of pages lies in a cache as well.
import type { Names, WorkerScope } from "./offline-scope";

/** A page whose build nobody knows: everything it asks for comes from the network. */
export const UNKNOWN = "unknown";

export class Clients {
  private readonly known = new Map<string, string>();

  constructor(private readonly scope: WorkerScope, private readonly names: Names, private readonly root: URL) {}

  /** Note which build a page came from. */
  async remember(id: string, version: string): Promise<void> {
    this.known.set(id, version);
    await (await caches.open(this.names.clients)).put(this.key(id), new Response(version));
  }

  /** Return the version of a page's build. One that was open before there was a worker is of the worker's own build. */
  async version(id: string): Promise<string> {
    let found = this.known.get(id);
    if (found === undefined) {
      found = (await (await (await caches.open(this.names.clients)).match(this.key(id)))?.text()) ?? this.scope.karakana.version;
      this.known.set(id, found);
    }
    return found;
  }

  /** Return the versions that open pages came from, and forget the pages that were closed. */
  async living(): Promise<Set<string>> {
    const open = await this.scope.clients.matchAll({ type: "window" });
    const cache = await caches.open(this.names.clients);
    const keys = new Set(open.map((client) => this.key(client.id)));
    for (const request of await cache.keys()) if (!keys.has(request.url)) await cache.delete(request);
    return new Set(await Promise.all(open.map((client) => this.version(client.id))));
  }

  private key(id: string): string {
    return new URL(`~${id}`, this.root).href;
  }
}
