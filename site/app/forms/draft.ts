// What somebody has written in; kept on this device until it is sent or thrown away, and found again.
import type { Mapping } from "../yaml";

/** What is kept of a form. `saved` is a date of ISO 8601. */
export interface Draft {
  readonly saved: string;
  readonly country: string;
  readonly slug: string;
  readonly hub: Mapping | null;
  readonly machines: readonly Mapping[];
}

/** Drafts of one record; `name` is its address, or says that it is new. */
export class Drafts {
  private readonly key: string;

  constructor(root: string, name: string) {
    this.key = `karakana.form ${new URL(root, location.href).pathname} ${name}`;
  }

  read(): Draft | undefined {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.key) ?? "null");
      return isDraft(kept) ? kept : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keep a draft; return whether the browser does. */
  keep(draft: Draft): boolean {
    try {
      localStorage.setItem(this.key, JSON.stringify(draft));
      return true;
    } catch {
      return false; // a browser that keeps nothing, or no room
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

function isDraft(value: unknown): value is Draft {
  const draft = value as Partial<Draft> | null;
  return typeof draft === "object" && draft !== null && typeof draft.saved === "string" && Array.isArray(draft.machines) && typeof draft.hub === "object";
}
