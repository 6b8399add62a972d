// Where this visitor's device said that it is; kept while the window is open, so that a shared address tells nobody else
// that it is their own place.
import type { Words } from "./words";

const KEY = "karakana-here";
let last = "";

/** Keep the place, as it stands in an address. */
export function rememberHere(near: string): void {
  last = near;
  try {
    sessionStorage.setItem(KEY, near);
  } catch {
    // a browser that keeps nothing: this page still knows
  }
}

/** Return what a point is called: the visitor's own place, or one that somebody chose. */
export function pointName(near: string, words: Words): string {
  return (isHere(near) ? words["near_you"] : words["near_point"]) ?? "";
}

/** Return whether the device gave this place. */
export function isHere(near: string): boolean {
  if (near === "") return false;
  try {
    return near === last || near === sessionStorage.getItem(KEY);
  } catch {
    return false;
  }
}
