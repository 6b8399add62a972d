// What the worker and the pages agree on: the plan that the generator writes, names of caches, events of a worker.
// TypeScript has the types of pages or those of workers, not both; the few that a worker needs stand here.

/** Written by generator/publish/offline.py. Paths are below the site's root, digests are SHA-256 in hexadecimal. */
export interface Plan {
  version: string;
  /** Every file that belongs to one build: assets, data, and the pages of each language's core. */
  files: Record<string, string>;
  /** What every visitor needs to go on without a network. */
  core: string[];
  /** The pages and words of each language, by the path of its pages: "" or `fr/`. */
  languages: Record<string, string[]>;
}

export interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface Fetching extends Lasting {
  readonly request: Request;
  readonly clientId: string;
  readonly resultingClientId: string;
  respondWith(answer: Promise<Response>): void;
}

export interface Open {
  readonly id: string;
  readonly url: string;
  postMessage(message: string): void;
}

export interface WorkerScope {
  readonly karakana: Plan;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { matchAll(options: { type: "window"; includeUncontrolled?: boolean }): Promise<readonly Open[]>; claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: "install" | "activate", heard: (event: Lasting) => void): void;
  addEventListener(name: "fetch", heard: (event: Fetching) => void): void;
}

/** What a worker tells pages of an older build. */
export const UPDATED = "karakana:updated";

/** Names of caches. Several sites may share a host, so that the path of the site's root stands in each. */
export class Names {
  constructor(private readonly root: URL) {}

  core(version: string): string {
    return `karakana ${this.root.pathname} core ${version}`;
  }

  get visited(): string {
    return `karakana ${this.root.pathname} visited`;
  }

  get clients(): string {
    return `karakana ${this.root.pathname} clients`;
  }

  /** What hubs revoked, as the page that checks passports last saw it. */
  get lists(): string {
    return `karakana ${this.root.pathname} lists`;
  }

  /** `place` is a language's path and a country: `gh`, `fr/gh`. */
  kept(place: string): string {
    return `karakana ${this.root.pathname} kept ${place}`;
  }

  /** Return the place of a cache's name; undefined when it is another cache. */
  keptPlace(name: string): string | undefined {
    const start = this.kept("");
    return name.startsWith(start) ? name.slice(start.length) : undefined;
  }

  /** Return the version of a core's name; undefined when it is another cache. */
  coreVersion(name: string): string | undefined {
    const start = this.core("");
    return name.startsWith(start) ? name.slice(start.length) : undefined;
  }
}
