// Text in; the same without characters that nobody can see and no script needs out, as generator/checks/texts.py finds them.

const HIDDEN = /[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u202a-\u202e\u2060-\u206f\u3164\uffa0\u{e0000}-\u{e007f}\u061c\u200c-\u200f]/gu;
const SIGN = /^[\p{So}\ufe0f]$/u;
const JOINING = /^[\u0600-\u1cff\ua800-\uabff]$/; // scripts between Arabic and Khmer, and their extensions
// Letters that are written from right to left.
const FROM_RIGHT = /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Samr}\p{sc=Mand}\p{sc=Adlm}\p{sc=Rohg}]/u;

export function visible(text: string): string {
  const isFromRight = FROM_RIGHT.test(text.replace(HIDDEN, ""));
  return text.replace(HIDDEN, (char, at: number) => {
    if (char === "\u200c" || char === "\u200d") {
      const before = [...text.slice(Math.max(0, at - 2), at)].pop() ?? " ";
      return SIGN.test(before) || JOINING.test(before) ? char : "";
    }
    return isFromRight && /[\u061c\u200e\u200f]/.test(char) ? char : "";
  });
}
