// The text of a status list in; its bits out. As generator/passports/bits.py (W3C, Bitstring Status List 1.0).
const ENTRIES = 131_072;
const LEAST = ENTRIES / 8;
const MOST = 4 * LEAST; // bytes that a list may expand to: a small file could expand without end
const ENCODED = /^u[A-Za-z0-9_-]{1,100000}$/;

/** Return the bits of a list, eight in a byte, the left-most first; null for what is none. */
export async function expanded(text: string): Promise<Uint8Array | null> {
  if (!ENCODED.test(text) || text.length % 4 === 2) return null;
  const packed = atob(text.slice(1).replaceAll("-", "+").replaceAll("_", "/"));
  const bits = await unzipped(Uint8Array.from(packed, (char) => char.charCodeAt(0)));
  return bits === null || bits.length < LEAST ? null : bits;
}

/** Tell whether the bit at an index is set; null when there is no such bit. */
export function isSet(bits: Uint8Array, index: number): boolean | null {
  const byte = index < 0 ? undefined : bits[index >> 3];
  return byte === undefined ? null : (byte & (0x80 >> (index & 7))) !== 0;
}

/** Return what gzip packed; null when it is damaged, something follows it, or it expands to more than a list may. */
async function unzipped(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array | null> {
  const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const found = new Uint8Array(MOST);
  let length = 0;
  try {
    for (let part = await reader.read(); part.value !== undefined; part = await reader.read()) {
      if (length + part.value.length > MOST) {
        await reader.cancel();
        return null;
      }
      found.set(part.value, length);
      length += part.value.length;
    }
  } catch {
    return null;
  }
  return found.slice(0, length);
}
