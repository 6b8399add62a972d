// A state that nothing or little meets in; which wish to drop and what that gives, and how far to look, out.
import { button, element } from "./elements";
import { CHOICES, without, wishes, type State, type Wish } from "./state";
import { counted, figure, kilometres, say, type Words } from "./words";

const OFFERS = 5;
const PHRASES = 2;
const WORDS = 6;
const ANYWHERE = 20_100; // kilometres: half around the earth
const FARTHEST = 20_000;
const STEPS = [10, 25, 50, 100, 250, 500, 1000, 2500, 5000, FARTHEST];
const FEW = 3;
const FARTHER = 2;

/** What a state would give. */
export interface Guess {
  hubs: number;
  /** Kilometres to each of them, in no order; nothing without a place. */
  away: readonly number[];
}

/** What advice is made with: `guess` says what another state gives, measured from the same place; `turn` goes there. */
export interface Adviser {
  words: Words;
  nameOf(wish: Wish): string;
  guess(state: State): Guess;
  turn(state: State): void;
}

/** Return advice for a state without results. */
export function advice(state: State, { words, nameOf, guess, turn }: Adviser): HTMLElement {
  const place = element("div", "explore-nothing", element("p", "", words["none"] ?? ""));
  const near = state.near === "" ? undefined : guess({ ...state, within: ANYWHERE });
  if (near !== undefined && near.hubs > 0) {
    const nearest = near.away.reduce((least, km) => Math.min(least, km), Infinity);
    const km = STEPS.find((step) => step >= nearest) ?? FARTHEST;
    place.append(
      element("p", "", counted(words, "nearest", near.hubs, { km: kilometres(nearest) })),
      button("karakana-button", () => turn({ ...state, within: km }), say(words, "widen", { km: figure(km) })),
    );
  }
  const offers = [...fewerWords(state, guess), ...otherWishes(state, words, nameOf, guess, near)];
  if (offers.length > 0) place.append(drops(offers, { words, turn }));
  return place;
}

/** Return how to find more hubs than the few near a place: farther away, or with a wish less; nothing when none would. */
export function farther(state: State, hubs: number, { words, nameOf, guess, turn }: Adviser): HTMLElement | undefined {
  if (state.near === "" || hubs === 0 || hubs > FEW) return undefined;
  const { away } = guess({ ...state, within: ANYWHERE });
  const within = STEPS.filter((km) => km > state.within).map((km) => ({ km, more: away.filter((one) => one <= km).length - hubs }));
  const steps = within.filter(({ more }, at) => more > (within[at - 1]?.more ?? 0)).slice(0, FARTHER);
  const buttons = steps.map(({ km, more }) => button("karakana-button", () => turn({ ...state, within: km }), counted(words, "farther", more, { km: figure(km) })));
  const others = wishes(state).filter(({ key }) => key !== "near").map((wish) => ({ left: without(state, wish), what: nameOf(wish) }));
  const offers = withHubs(others, guess).filter((offer) => offer.hubs > hubs);
  if (buttons.length + offers.length === 0) return undefined;
  const place = element("div", "explore-nothing", element("div", "explore-chips", ...buttons));
  if (offers.length > 0) place.append(drops(offers, { words, turn }));
  return place;
}

function drops(offers: Offer[], { words, turn }: Pick<Adviser, "words" | "turn">): HTMLUListElement {
  const lines = offers.slice(0, OFFERS).map(({ left, what, hubs }) => element("li", "", button("explore-drop", () => turn(left), counted(words, "drop", hubs, { what }))));
  return element("ul", "", ...lines);
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
