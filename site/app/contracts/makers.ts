// The hubs that are to make something and its design in; why they cannot, out, once what tells it has been fetched.
import type { Words } from "../words";
import type { Doubting } from "./doubting";
import type { Hubs } from "./hubs";

type Reasons = readonly (readonly [hub: string, reason: string])[];
type Doubter = { readonly Doubting: typeof Doubting };

export class Makers {
  private readonly known = new Map<string, Reasons>();
  private doubting: Promise<Doubting> | undefined;

  constructor(private readonly root: string, private readonly hubs: Hubs, private readonly words: Words) {}

  /** Return why hubs cannot make a design, as far as it was asked. */
  doubts(hubs: readonly string[], design: string): Reasons {
    return this.known.get(keyOf(hubs, design)) ?? [];
  }

  /** Ask whether hubs can make a design; return whether an answer came. */
  async ask(hubs: readonly string[], design: string): Promise<boolean> {
    const key = keyOf(hubs, design);
    if (this.known.has(key)) return true;
    try {
      const numbered = await Promise.all(hubs.map(async (id) => [id, await this.hubs.number(id)] as const));
      this.known.set(key, await (await this.fetched()).reasons(numbered, design));
    } catch {
      this.doubting = undefined;
      return false;
    }
    return true;
  }

  private fetched(): Promise<Doubting> {
    this.doubting ??= (import(new URL(`${this.root}assets/app/doubts.js`, document.baseURI).href) as Promise<Doubter>).then(
      async ({ Doubting }) => new Doubting(this.root, await this.hubs.world(), this.words),
    );
    return this.doubting;
  }
}

function keyOf(hubs: readonly string[], design: string): string {
  return JSON.stringify([hubs, design]);
}
