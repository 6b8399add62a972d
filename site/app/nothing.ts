// A state that nothing meets in; which wish to drop and what that gives, and how far the nearest hub is, out.
import { button, element } from "./elements";
import { CHOICES, without, wishes, type State, type Wish } from "./state";
import { counted, figure, kilometres, say, type Words } from "./words";

const OFFERS = 5;
const PHRASES = 2;
const WORDS = 6;
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
  const offers = [...fewerWords(state, guess), ...otherWishes(state, words, nameOf, guess, near)];
  const lines = offers.slice(0, OFFERS).map(({ left, what, hubs }) => element("li", "", button("explore-drop", () => turn(left), counted(words, "drop", hubs, { what }))));
  if (lines.length > 0) place.append(element("ul", "", ...lines));
  return place;
}

/** A state with something less in it, what that is called, and how many hubs are left. */
interface Offer {
  left: State;
  what: string;
  hubs: number;
}

/** Return what is found without one wish, else without a whole facet. A place with nothing near at all is a wish too. */
function otherWishes(state: State, words: Words, nameOf: (wish: Wish) => string, guess: (state: State) => Guess, near: Guess | undefined): Offer[] {
  const isUseful = (wish: Wish): boolean => wish.key !== "near" || near?.hubs === 0;
  const single = withHubs(wishes(state).filter(isUseful).map((wish) => ({ left: without(state, wish), what: nameOf(wish) })), guess);
  if (single.length > 0) return single;
  const facets = CHOICES.filter((key) => state.chosen[key].length > 1);
  return withHubs(facets.map((key) => ({ left: without(state, { key, id: "" }), what: words[`facet.${key}`] ?? key })), guess);
}

/** Return what is found without one of several words, else with one of them alone. */
function fewerWords(state: State, guess: (state: State) => Guess): Offer[] {
  const typed = state.words.trim().split(/\s+/).slice(0, WORDS);
  if (typed.length < 2) return [];
  const left = (isKept: (at: number) => boolean): Omit<Offer, "hubs"> => {
    const part = (wanted: boolean): string => typed.filter((_, at) => isKept(at) === wanted).join(" ");
    return { left: { ...state, words: part(true) }, what: `“${part(false)}”` };
  };
  const all = withHubs(typed.map((_, one) => left((at) => at !== one)), guess);
  return (all.length > 0 ? all : withHubs(typed.map((_, one) => left((at) => at === one)), guess)).slice(0, PHRASES);
}

function withHubs(offers: Omit<Offer, "hubs">[], guess: (state: State) => Guess): Offer[] {
  return offers.map((offer) => ({ ...offer, hubs: guess(offer.left).hubs })).filter(({ hubs }) => hubs > 0).sort((one, other) => other.hubs - one.hubs);
}
