// A country in; its pages in a cache of their own, or gone, out. Done by the page, so that it can show how far it is.
import { Names } from "./offline-scope";

const AT_ONCE = 4;

/** What the generator says of a country: `pages` and `data` as [path, bytes]. */
interface List {
  pages: [string, number][];
  data: [string, number][];
}

/** What is kept of a country: when it was fetched, and how many bytes it takes. */
export interface Kept {
  day: string;
  bytes: number;
}

export class Keeper {
  private readonly names: Names;

  /** `prefix` is the path of the pages' language below the site's root: "" or `fr/`. */
  constructor(private readonly root: URL, private readonly prefix: string) {
    this.names = new Names(root);
  }

  /** Return what is kept of a country; undefined when it is not there, or not all of it. */
  async kept(code: string): Promise<Kept | undefined> {
    const name = this.names.kept(this.prefix + code);
    if (!(await caches.has(name))) return undefined;
    const found = await (await caches.open(name)).match(this.list(code));
    return found === undefined ? undefined : ((await found.json()) as Kept);
  }

  /** Fetch what is not there yet; `all` fetches everything anew. Rejects when the network fails: what came stays. */
  async keep(code: string, progress: (part: number) => void, all = false): Promise<void> {
    await this.worker();
    const list = (await (await fetched(this.list(code))).json()) as List;
    const cache = await caches.open(this.names.kept(this.prefix + code));
    const bytes = sum(list.pages) + sum(list.data);
    let done = 0;
    await each([...list.pages, ...list.data], async ([path, size], at) => {
      const isPage = at < list.pages.length;
      const address = isPage ? this.page(path) : new URL(path, this.root).href;
      // Data go through the worker, which keeps them with the build that they belong to.
      if (!isPage) await (await fetched(address)).arrayBuffer();
      else if (all || (await cache.match(address)) === undefined) await cache.put(address, await fetched(address));
      done += size;
      progress(done / Math.max(1, bytes));
    });
    const wanted = new Set(list.pages.map(([path]) => this.page(path)));
    for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url); // pages that are no more
    const kept: Kept = { day: new Date().toISOString(), bytes };
    await cache.put(this.list(code), new Response(JSON.stringify(kept)));
  }

  /** Take a country away. */
  async remove(code: string): Promise<void> {
    await caches.delete(this.names.kept(this.prefix + code));
  }

  /** Return how many pages are kept because somebody visited them. */
  async visited(): Promise<number> {
    return (await caches.has(this.names.visited)) ? (await (await caches.open(this.names.visited)).keys()).length : 0;
  }

  /** Take away the pages that were visited. */
  async forget(): Promise<void> {
    await caches.delete(this.names.visited);
  }

  /** Wait for the worker that answers with what is kept. Who saves data has none yet, and wants one now. */
  private async worker(): Promise<void> {
    const { active, installing, waiting } = await navigator.serviceWorker.register(new URL("worker.js", this.root), { scope: this.root.href });
    const coming = installing ?? waiting;
    if (active !== null || coming === null) return;
    await new Promise<void>((ready, failed) => {
      coming.addEventListener("statechange", () => {
        if (coming.state === "activated") ready();
        if (coming.state === "redundant") failed(new Error("the worker could not be installed"));
      });
    });
  }

  private page(path: string): string {
    return new URL(this.prefix + path, this.root).href;
  }

  private list(code: string): string {
    return new URL(`data/offline/${code}.json`, this.root).href;
  }
}

async function fetched(address: string): Promise<Response> {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

function sum(files: [string, number][]): number {
  return files.reduce((total, [, bytes]) => total + bytes, 0);
}

async function each<T>(all: readonly T[], work: (one: T, at: number) => Promise<void>): Promise<void> {
  const queue = all.entries();
  const take = async (): Promise<void> => {
    for (const [at, one] of queue) await work(one, at);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
}
