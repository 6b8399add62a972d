// Bytes in base58btc with the multibase prefix z in; the bytes out. As generator/multikey.py.
const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Return the bytes of a multibase text in base58btc, or null when it is none. */
export function fromBase58(text: string): Uint8Array | null {
  if (!text.startsWith("z")) return null;
  const bytes: number[] = []; // the lowest first
  for (const char of text.slice(1)) {
    let carry = ALPHABET.indexOf(char);
    if (carry < 0) return null;
    for (let at = 0; at < bytes.length; at += 1) {
      carry += (bytes[at] ?? 0) * 58;
      bytes[at] = carry & 0xff;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 0xff);
  }
  const zeros = /^1*/.exec(text.slice(1))?.[0].length ?? 0;
  return Uint8Array.from([...new Array<number>(zeros).fill(0), ...bytes.reverse()]);
}
