// A passport that its holder keeps on this device: its text in, and out again. Nothing is kept unless somebody says so.
const KEY = "karakana-passport";

/** Return the text of the passport that is kept here; undefined without one. */
export function read(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined; // the browser keeps nothing for this site
  }
}

/** Keep a passport in the place of the one before; tell whether the browser did. */
export function keep(text: string): boolean {
  try {
    localStorage.setItem(KEY, text);
    return true;
  } catch {
    return false; // full, or switched off
  }
}

/** Take the passport off this device. */
export function drop(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    return; // nothing can be kept, so nothing is
  }
}
