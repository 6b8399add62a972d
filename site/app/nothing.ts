// A state that nothing meets in; which wish to drop and what that gives, and how far the nearest hub is, out.
import { button, element } from "./elements";
import { without, wishes, type State, type Wish } from "./state";
import { counted, figure, kilometres, say, type Words } from "./words";

const OFFERS = 5;
const STEPS = [10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 20_000];

/** What a state would give. */
export interface Guess {
  hubs: number;
  /** Kilometres to the nearest of them; NaN without a place. */
  nearest: number;
}

/** Return advice for a state without results. `guess` says what another state gives, measured from the same place. */
export function advice(
  state: State, words: Words, nameOf: (wish: Wish) => string, guess: (state: State) => Guess, turn: (state: State) => void,
): HTMLElement {
  const place = element("div", "explore-nothing", element("p", "", words["none"] ?? ""));
  const near = state.near === "" ? undefined : guess({ ...state, within: 20_100 });
  if (near !== undefined && near.hubs > 0) {
    const km = STEPS.find((step) => step >= near.nearest) ?? 20_000;
    place.append(
      element("p", "", counted(words, "nearest", near.hubs, { km: kilometres(near.nearest) })),
      button("karakana-button", () => turn({ ...state, within: km }), say(words, "widen", { km: figure(km) })),
    );
  }
  const drops = wishes(state).filter((wish) => wish.key !== "near" || near === undefined).map((wish) => ({ wish, hubs: guess(without(state, wish)).hubs }));
  const useful = drops.filter(({ hubs }) => hubs > 0).sort((one, other) => other.hubs - one.hubs).slice(0, OFFERS);
  const lines = useful.map(({ wish, hubs }) => element("li", "", button("explore-drop", () => turn(without(state, wish)), counted(words, "drop", hubs, { what: nameOf(wish) }))));
  if (lines.length > 0) place.append(element("ul", "", ...lines));
  return place;
}
