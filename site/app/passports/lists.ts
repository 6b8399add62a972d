// A hub in; its list of what it revoked as the network has it, else as this device kept it, out.
import { Names } from "../offline-scope";

const PATIENCE = 6000;
const MOST = 300; // lists that are kept; a list counts for 90 days at most
const OPENS = "{".charCodeAt(0);

/** The bytes of a list, or null without one, and whether they come from this device. */
export interface Fetched {
  readonly bytes: Uint8Array | null;
  readonly isKept: boolean;
}

export class Lists {
  private readonly name: string;

  constructor(private readonly root: URL) {
    this.name = new Names(root).lists;
  }

  /** Return a hub's list. The request tells the server that a credential of this hub is looked at, not which one. */
  async of(hub: string): Promise<Fetched> {
    const address = new URL(`statuses/${hub}.json`, this.root).href;
    try {
      const answer = await fetch(address, { cache: "no-cache", signal: patience() });
      if (answer.status === 404) return { bytes: null, isKept: false };
      if (!answer.ok) throw new Error(`${answer.status}`);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      if (bytes[0] !== OPENS) throw new Error("no list"); // the page of a network that asks for a password
      await this.keep(address, bytes).catch(() => undefined); // a browser that keeps nothing still has the list
      return { bytes, isKept: false };
    } catch {
      return { bytes: await this.kept(address).catch(() => null), isKept: true };
    }
  }

  private async keep(address: string, bytes: Uint8Array): Promise<void> {
    const cache = await caches.open(this.name);
    await cache.delete(address);
    await cache.put(address, new Response(Uint8Array.from(bytes)));
    const keys = await cache.keys();
    for (const old of keys.slice(0, Math.max(0, keys.length - MOST))) await cache.delete(old);
  }

  private async kept(address: string): Promise<Uint8Array | null> {
    const found = await (await caches.open(this.name)).match(address);
    return found === undefined ? null : new Uint8Array(await found.arrayBuffer());
  }
}

function patience(): AbortSignal {
  const control = new AbortController();
  setTimeout(() => control.abort(), PATIENCE);
  return control.signal;
}
