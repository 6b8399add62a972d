// An Ed25519 public key as a multikey, a signature and data in; whether the signature is of exactly this data out.
// As generator/multikey.py and generator/signatures/keys.py.
import { fromBase58 } from "./base58";

const PREFIX = [0xed, 0x01];
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const NAME = "Ed25519";
// Points of small order, with the sign bit cleared: under such a "key" one signature fits many texts.
// The three of them that are near 2^255 - 19 are in `isWeak`.
const SMALL_ORDER = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
]);

/** This browser cannot check a signature, or the page is not at a secure address: nothing is known, good or bad. */
export class Unable extends Error {}

/** Return the 32 bytes of a multikey, or null when it is no key of Ed25519. */
export function keyBytes(multikey: string): Uint8Array | null {
  const found = fromBase58(multikey);
  const fits = found?.length === PREFIX.length + KEY_BYTES && PREFIX.every((byte, at) => found[at] === byte);
  return found !== null && fits ? found.slice(PREFIX.length) : null;
}

/** Tell whether this browser checks signatures of Ed25519: since Chrome 137, Firefox 129 and Safari 17. */
export function isAble(): Promise<boolean> {
  able ??= tried();
  return able;
}

let able: Promise<boolean> | undefined;

async function tried(): Promise<boolean> {
  if (globalThis.crypto?.subtle === undefined) return false; // not a secure address
  // The base point (RFC 8032, section 5.1) is a key that every browser takes that knows any.
  const base = Uint8Array.from([0x58, ...new Array<number>(KEY_BYTES - 1).fill(0x66)]);
  return crypto.subtle.importKey("raw", base, NAME, false, ["verify"]).then(() => true, () => false);
}

/** Tell whether the signature is of exactly this data under a multikey; throw `Unable` where nobody can tell. */
export async function isValid(multikey: string, signature: Uint8Array, data: Uint8Array): Promise<boolean> {
  if (!(await isAble())) throw new Unable();
  const raw = keyBytes(multikey);
  if (raw === null || signature.length !== SIGNATURE_BYTES || isWeak(raw)) return false;
  try {
    const key = await crypto.subtle.importKey("raw", copied(raw), NAME, false, ["verify"]);
    return await crypto.subtle.verify(NAME, key, copied(signature), copied(data));
  } catch {
    return false; // no point of the curve
  }
}

/** Tell whether 32 bytes are of small order, or another spelling of a key: a coordinate that is not below 2^255 - 19. */
function isWeak(raw: Uint8Array): boolean {
  const point = [...raw];
  point[KEY_BYTES - 1] = (point[KEY_BYTES - 1] ?? 0) & 0x7f;
  const isHigh = (point[0] ?? 0) >= 0xec && point[KEY_BYTES - 1] === 0x7f && point.slice(1, -1).every((byte) => byte === 0xff);
  return isHigh || SMALL_ORDER.has(point.map((byte) => byte.toString(16).padStart(2, "0")).join(""));
}

/** Bytes in a buffer of their own, as WebCrypto takes them. */
function copied(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes);
}
