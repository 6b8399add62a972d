// A result in; its sign out: a round one with a tick, a pointed one with a stroke, an open one with a plus. No colour is needed to tell them.
import type { Result } from "./facts";

const SVG = "http://www.w3.org/2000/svg";
const SHAPES: Readonly<Record<Result, readonly [ground: string, sign: string]>> = {
  permit: ["M12 1.5a10.5 10.5 0 1 0 .01 0z", "M7 12.5l3.5 3.5L17 8.5"],
  conditional: ["M12 .8L23.2 12 12 23.2.8 12z", "M12 6.5v7M12 16.5v1.5"],
  deny: ["M2.5 2.5h19v19h-19z", "M12 7v10M7 12h10"],
};

/** Return a sign for eyes; words beside it say the same. */
export function drawn(result: Result): Element {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("viewBox", "0 0 24 24");
  made.setAttribute("aria-hidden", "true");
  made.setAttribute("class", `opens-sign opens-sign-${result}`);
  made.append(...SHAPES[result].map((shape) => {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", shape);
    return path;
  }));
  return made;
}
