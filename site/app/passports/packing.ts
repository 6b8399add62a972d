// The digits of a passport's QR code in; the very bytes of its credential out, or why there are none.
// As generator/passports/packing.py.

/** Why there are no bytes: the codes of the generator. */
export type Unreadable = "no-code" | "later-version" | "not-digits" | "too-long" | "misread";

const VERSION = "1";
const LIMIT_BYTES = 64 * 1024;
const MOST_DIGITS = 165_000;
const DIGITS = [0, 3, 5, 8, 10, 13, 15, 17];
const WIDE = 17;
const CHECK = 4;

/** Return the digits of an address or of what follows its #, as `{ digits }`, or a code. */
export function digitsOf(scanned: string): { digits: string } | Unreadable {
  const found = /^(?:[^\s#]*#)?([0-9]{1,4})\.([0-9]*)$/.exec(scanned.trim());
  if (found === null) return "no-code";
  return found[1] === VERSION ? { digits: found[2] ?? "" } : "later-version";
}

/** Return the bytes that were packed, or a code; `dictionary` is the file of the version. */
export async function unpack(digits: string, dictionary: Uint8Array): Promise<Uint8Array | Unreadable> {
  if (!/^[0-9]+$/.test(digits)) return "not-digits";
  if (digits.length > MOST_DIGITS) return "too-long";
  const all = fromDigits(digits);
  const data = all.subarray(CHECK);
  if (data.length === 0 || crc32(data) !== new DataView(all.buffer).getUint32(0)) return "misread";
  return inflated(data, dictionary);
}

/** Return the bytes of digits, or none at all when no bytes have such digits. */
function fromDigits(digits: string): Uint8Array {
  const found: number[] = [];
  for (let at = 0; at < digits.length; at += WIDE) {
    const group = digits.slice(at, at + WIDE);
    const size = DIGITS.indexOf(group.length);
    const value = BigInt(group);
    if (size < 0 || value >= 1n << BigInt(size * 8)) return new Uint8Array();
    for (let byte = size - 1; byte >= 0; byte--) found.push(Number((value >> BigInt(byte * 8)) & 255n));
  }
  return Uint8Array.from(found);
}

function crc32(data: Uint8Array): number {
  let rest = -1;
  for (const byte of data) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (0xedb88320 & -(rest & 1));
  }
  return ~rest >>> 0;
}

/** Return what raw DEFLATE holds. Browsers take no dictionary: it goes before, as a block that is stored as it is. */
async function inflated(data: Uint8Array, dictionary: Uint8Array): Promise<Uint8Array | Unreadable> {
  const length = dictionary.length;
  const stored = Uint8Array.of(0, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255);
  const swell = new Blob([stored, dictionary as BlobPart, data as BlobPart]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = swell.getReader();
  const found = new Uint8Array(length + LIMIT_BYTES);
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return found.slice(length, size);
      if (size + value.length > found.length) {
        await reader.cancel();
        return "too-long";
      }
      found.set(value, size);
      size += value.length;
    }
  } catch {
    return "misread";
  }
}
