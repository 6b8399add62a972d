// A plan in; one build's files in a cache of their own out, each with the bytes that the plan says.
import type { Names, Plan } from "./offline-scope";

const DIGEST = "x-karakana-digest";
const AT_ONCE = 4;

/** The files of one build, in the cache that bears its version. */
export class Core {
  constructor(private readonly plan: Plan, private readonly names: Names, private readonly root: URL) {}

  /** Store the core, some languages and further files; reject when one of them is not of this build. */
  async fill(languages: Iterable<string>, further: readonly string[] = []): Promise<void> {
    const cache = await caches.open(this.names.core(this.plan.version));
    await this.copyUnchanged(cache);
    const wanted = new Set([...this.plan.core, ...[...languages].flatMap((one) => this.plan.languages[one] ?? []), ...further]);
    const queue = [...wanted].filter((path) => this.plan.files[path] !== undefined);
    const take = async (): Promise<void> => {
      for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
        if ((await cache.match(this.address(path))) === undefined) await this.fetched(cache, path);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, take));
  }

  /** Return whether the pages and words of a language are there. */
  async holds(language: string): Promise<boolean> {
    const cache = await caches.open(this.names.core(this.plan.version));
    const found = await Promise.all((this.plan.languages[language] ?? []).map((path) => cache.match(this.address(path))));
    return found.every((one) => one !== undefined);
  }

  /** Store an answer when it is what the plan says; tell whether it was. */
  async store(cache: Cache, path: string, answer: Response): Promise<boolean> {
    const body = await answer.arrayBuffer();
    const digest = this.plan.files[path];
    if (!answer.ok || digest === undefined || (await digestOf(body)) !== digest) return false;
    const headers = { "content-type": answer.headers.get("content-type") ?? "", [DIGEST]: digest };
    await cache.put(this.address(path), new Response(body, { headers }));
    return true;
  }

  private async fetched(cache: Cache, path: string): Promise<void> {
    // A cache on the way may still hold the file of another build: ask for the newest, and trust the digest alone.
    const answer = await fetch(this.address(path), { cache: "no-cache" });
    if (!(await this.store(cache, path, answer))) throw new Error(`${path} is not of build ${this.plan.version}`);
  }

  /** Most files are the same from build to build and need not be fetched again. */
  private async copyUnchanged(cache: Cache): Promise<void> {
    const older = (await caches.keys()).filter((name) => (this.names.coreVersion(name) ?? this.plan.version) !== this.plan.version);
    for (const name of older) {
      const old = await caches.open(name);
      for (const request of await old.keys()) {
        const digest = this.plan.files[this.path(request.url)];
        const known = await old.match(request);
        if (known !== undefined && digest !== undefined && known.headers.get(DIGEST) === digest) await cache.put(request, known);
      }
    }
  }

  /** Return where a path lies. */
  address(path: string): string {
    return new URL(path, this.root).href;
  }

  /** Return the path of an address, without its query. */
  path(address: string): string {
    const url = new URL(address);
    return `${url.origin}${url.pathname}`.slice(this.root.href.length);
  }
}

async function digestOf(body: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", body);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
