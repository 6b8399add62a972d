// Elements made of text: nothing that comes from a record is ever read as markup.

/** Return an element with a class and text, or with other elements in it. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K, kind: string, ...inner: (string | Node)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (kind !== "") made.className = kind;
  made.append(...inner);
  return made;
}

/** Return a link to a page of this site. */
export function link(address: string, ...inner: (string | Node)[]): HTMLAnchorElement {
  const made = element("a", "", ...inner);
  made.href = address;
  return made;
}

/** Return text whose direction does not spill over. */
export function isolated(text: string): HTMLElement {
  return element("bdi", "", text);
}
