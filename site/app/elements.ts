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

/** Return a link to a page of this site below `base`, or to one of another site; "" is a text that leads nowhere. */
export function linkOut(base: string, page: string, ...inner: (string | Node)[]): HTMLElement {
  if (page === "") return element("span", "", ...inner);
  if (!/^https?:\/\//.test(page)) return link(base + page, ...inner);
  const made = link(page, ...inner);
  made.rel = "noopener nofollow";
  return made;
}

/** Return a button that does something when it is pressed. */
export function button(kind: string, pressed: () => void, ...inner: (string | Node)[]): HTMLButtonElement {
  const made = element("button", kind, ...inner);
  made.type = "button";
  made.addEventListener("click", pressed);
  return made;
}

/** Return text whose direction does not spill over. */
export function isolated(text: string): HTMLElement {
  return element("bdi", "", text);
}

/** Return the element of the page that has an id. Throws when there is none: the page and its script belong together. */
export function found<E extends HTMLElement = HTMLElement>(id: string): E {
  const one = document.getElementById(id);
  if (one === null) throw new Error(`no element #${id}`);
  return one as E;
}
