// The name of one of the page's colours in; the colour out, and a call whenever the visitor switches them.

/** Return a colour as the page has it now: "point" is --karakana-point. */
export function colour(name: string): string {
  return getComputedStyle(document.body).getPropertyValue(`--karakana-${name}`).trim();
}

/** Call `changed` whenever the page has other colours. */
export function watchColours(changed: () => void): void {
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["data-scheme"] });
}
