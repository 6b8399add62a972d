// Numbers and texts in; the same as Python writes and compares them out: `{:g}`, `{:.1f}` and `casefold`.
const DIGITS = 6;
const SHORT = /^-?(?:\d{1,6}|(?=\d+\.\d+$)[\d.]{3,7})$/; // six digits at most, so that there is nothing to round

/** Return a number with at most six digits, as C's `%g` does. */
export function general(value: number): string {
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const plain = String(value);
  if (SHORT.test(plain) && Math.abs(value) >= 1e-4) return plain;
  const [digits = "", exponent = ""] = rounded(value).split("e");
  const power = Number(exponent);
  if (power < -4 || power >= DIGITS) {
    const sign = power < 0 ? "-" : "+";
    return `${trimmed(digits)}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  return trimmed(Number(`${digits}e${power}`).toFixed(Math.max(0, DIGITS - 1 - power)));
}

/** Return six digits and an exponent; what lies in the middle goes to the even digit, where JavaScript takes the larger. */
function rounded(value: number): string {
  const found = value.toExponential(DIGITS - 1);
  const [exact = "", exponent = ""] = value.toExponential(60).split("e");
  const cut = exact.indexOf(".") + DIGITS;
  const isMiddle = /^50*$/.test(exact.slice(cut));
  return isMiddle && Number(exact[cut - 1]) % 2 === 0 ? `${exact.slice(0, cut)}e${exponent}` : found;
}

function trimmed(digits: string): string {
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

/** Return a number with one decimal; what lies in the middle goes to the even one, and of those JavaScript mistakes 0.25. */
export function tenths(value: number): string {
  const low = Math.floor(value);
  return value - low === 0.25 ? `${low}.2` : value.toFixed(1);
}

/** Return text for comparing without case. */
export function folded(text: string): string {
  return Array.from(text, (char) => (char === "ı" ? char : char.toUpperCase().toLowerCase())).join("").replace(/ς/g, "σ");
}

/** Return a length as people write it. */
export function mm(value: number | undefined): string {
  return `${general(value ?? 0)} mm`;
}
