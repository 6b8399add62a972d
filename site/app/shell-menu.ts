// The header's menus, which are `details` and open by themselves: close them again, and mark where the page stands.

/** Close what is open on Escape, on a click elsewhere, and when the focus moves on. */
export function closeMenus(header: HTMLElement): void {
  const close = (inside: Node | null): void => {
    for (const one of opened(header)) if (!one.contains(inside)) one.open = false;
  };
  document.addEventListener("click", (event) => close(event.target as Node));
  header.addEventListener("focusout", (event) => {
    // Another menu's button is left to `name`: to close now would move that button away from under a finger.
    const next = event.relatedTarget;
    if (next instanceof Element && !next.matches("summary")) close(next);
  });
  header.addEventListener("keydown", (event) => {
    const menu = opened(header).at(-1);
    if (event.key !== "Escape" || menu === undefined) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

/** The menu button of a phone is not among them: it stays open until it is pressed again. */
function opened(header: HTMLElement): HTMLDetailsElement[] {
  return [...header.querySelectorAll<HTMLDetailsElement>("details[name][open]")];
}

/** Ask the same in another language: what the address says goes along. */
export function keepAsking(header: HTMLElement): void {
  header.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>(".karakana-languages a") : null;
    if (link === null) return;
    link.search = location.search;
    link.hash = location.hash;
  });
}

/** Mark the list to which the page belongs, and the section that leads there. */
export function markHere(header: HTMLElement): void {
  for (const link of header.querySelectorAll<HTMLAnchorElement>(".karakana-nav a")) {
    if (location.pathname.startsWith(link.pathname)) {
      link.setAttribute("aria-current", location.pathname === link.pathname ? "page" : "true");
      link.closest("details")?.classList.add("karakana-here");
    }
  }
}
