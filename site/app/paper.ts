// The address that a page has on paper in; the same with a QR code beside it, drawn when the page is printed, out.
import { qr, type Squares } from "./qr";

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4; // light squares around a code

/** Draw the code of the address that stands in `place`, once, when somebody prints. */
export function drawOnPaper(place: HTMLElement): void {
  addEventListener("beforeprint", () => {
    const squares = qr(place.textContent ?? "");
    if (squares !== undefined) place.prepend(drawing(squares));
  }, { once: true });
}

function drawing(squares: Squares): SVGElement {
  const size = squares.length + 2 * QUIET;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("class", "karakana-qr");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", pathOf(squares));
  svg.append(path);
  return svg;
}

/** Return one stroke for each run of dark squares. */
export function pathOf(squares: Squares): string {
  const rows = squares.map((row, y) => {
    const text = row.map((one) => (one ? "1" : "0")).join("");
    return [...text.matchAll(/1+/g)].map((run) => `M${run.index + QUIET} ${y + QUIET}h${run[0].length}v1h-${run[0].length}z`).join("");
  });
  return rows.join("");
}
