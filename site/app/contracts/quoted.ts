// Text in; the same between quotes, with what cannot be seen as codes, as Python's repr has it, out.
const ODD = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

export function shown(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const plain = text.replace(/\\/g, "\\\\").replace(ODD, escaped);
  return quote + (quote === "'" ? plain.replace(/'/g, "\\'") : plain) + quote;
}

const NAMED: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  const wide = code > 0xffff ? `\\U${hex.padStart(8, "0")}` : code > 0xff ? `\\u${hex.padStart(4, "0")}` : `\\x${hex.padStart(2, "0")}`;
  return NAMED[char] ?? wide;
}
