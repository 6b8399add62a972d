// What somebody typed for a number in; the number out, or the text when it is none.
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
const ZEROS = [0x660, 0x6f0]; // Arabic digits, and those of Persian and Urdu

/** Return a number, text that is none as it is, undefined for nothing. Digits of Arabic and a decimal comma are understood. */
export function numberOf(typed: string): number | string | undefined {
  const text = typed.trim();
  if (text === "") return undefined;
  const plain = text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, digit).replace(/[\u066b,]/, ".").replace(/^\u2212/, "-").replace(/[\s\u200e\u200f\u061c]/g, "");
  const number = NUMBER.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(number) ? number + 0 : text;
}

function digit(char: string): string {
  const code = char.charCodeAt(0);
  const zero = ZEROS.find((one) => code >= one && code < one + 10) ?? code;
  return String(code - zero);
}

/** Return latitude and longitude that stand in one text, such as "6.69, -1.62"; undefined when it holds no two numbers. */
export function pairOf(text: string): readonly [number, number] | undefined {
  const between = /[;\s]/.test(text.trim()) ? /\s*;\s*|\s*,\s+|\s+/ : text.includes(".") ? "," : ";"; // "6,69" is one number
  const [y, x, ...more] = text.trim().split(between).map(numberOf);
  return typeof y === "number" && typeof x === "number" && more.length === 0 ? [y, x] : undefined;
}
