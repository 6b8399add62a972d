// What the page tells its form: words, settings of the registry, its forge, where data are, and what is asked for.
import type { Words } from "../words";
import type { Asked } from "./asked";
import type { Forge } from "./sending";
import type { Store } from "./store";

/** What generator/publish/forms.py says of this registry. */
export interface Settings {
  /** Where records lie in the repository: `registry/`. */
  readonly prefix: string;
  readonly language: string;
  readonly languages: readonly string[];
  readonly countries: readonly string[];
  readonly limit: number;
  /** The e-mail address of those who keep the registry; "" for none. */
  readonly contact: string;
}

export interface Page {
  readonly words: Words;
  readonly base: string;
  readonly root: string;
  readonly settings: Settings;
  readonly forge: Forge | undefined;
  readonly store: Store;
  readonly asked: Asked;
}
