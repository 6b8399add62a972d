// What was filled in; kept on this device until it is thrown away, and found again.
import type { Mapping } from "../yaml";
import { isMapping } from "./values";

/** `saved` is a date of ISO 8601. */
export interface Kept {
  readonly saved: string;
  readonly language: string;
  readonly values: Mapping;
}

export class Drafts {
  private readonly key: string;

  constructor(root: string, template: string) {
    this.key = `karakana.contract ${new URL(root, location.href).pathname} ${template}`;
  }

  read(): Kept | undefined {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? "null") as Partial<Kept> | null;
      return kept !== null && typeof kept.saved === "string" && typeof kept.language === "string" && isMapping(kept.values) ? (kept as Kept) : undefined;
    } catch {
      return undefined;
    }
  }

  keep(kept: Kept): void {
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      return; // a browser that keeps nothing, or no room
    }
  }

  drop(): void {
    try {
      localStorage.removeItem(this.key);
    } catch {
      return;
    }
  }
}
