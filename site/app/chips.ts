// A state in; a chip for each thing that is asked for, which takes it away, out.
import { button, element, isolated } from "./elements";
import { wishes, type State, type Wish } from "./state";
import { say, type Words } from "./words";

/** Show chips in `place`; the focus goes to the next one when the one that had it is gone. */
export function showChips(
  place: HTMLElement, state: State, words: Words, nameOf: (wish: Wish) => string, drop: (wish: Wish) => void, reset: () => void,
): void {
  const had = [...place.children].findIndex((chip) => chip.contains(document.activeElement));
  const asked = wishes(state);
  const chips = asked.map((wish) => {
    const name = nameOf(wish);
    const chip = button("explore-chip", () => drop(wish), isolated(name), element("span", "explore-cross"));
    chip.setAttribute("aria-label", say(words, "remove", { what: name }));
    return chip;
  });
  if (asked.length > 0) chips.push(button("explore-reset", reset, words["reset"] ?? ""));
  place.replaceChildren(...chips);
  place.hidden = asked.length === 0;
  if (had >= 0) (chips[Math.min(had, chips.length - 1)] ?? document.getElementById("explore-words"))?.focus();
}
