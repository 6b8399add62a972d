// A signed document and the hubs' keys from the registry in; whether a hub's proof of it counts, and if not why, out.
// W3C, Data Integrity EdDSA Cryptosuites 1.0, section 3.3; as generator/signatures/{proofs,hubs}.py.
import type { Json, Mapping } from "../yaml";
import { fromBase58 } from "./base58";
import { canonicalBytes, digest } from "./jcs";
import { isAble, isValid, Unable } from "./multikey";
import { isObject, isTime } from "./nodes";

export const SUITE = "eddsa-jcs-2022";
const HUBS = ":hubs:";
const MEMBERS = new Set(["@context", "type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"]);
const FORM: Readonly<Record<string, string>> = { type: "DataIntegrityProof", cryptosuite: SUITE, proofPurpose: "assertionMethod" };
const TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/;

/** A key and the days on which its signatures count, as 2026-11-22; as the hub's record has it. */
export interface HubKey {
  readonly public_key: string;
  readonly valid_from: string;
  readonly valid_until?: string;
  readonly revoked_on?: string;
  readonly compromised_since?: string;
}

/** The keys of all hubs, by the hub's id. */
export type Keys = Readonly<Record<string, readonly HubKey[]>>;

/** Tell whether the form of a proof lets it be looked at. */
export function hasForm(proof: Json | undefined): proof is Mapping {
  if (!isObject(proof)) return false;
  if (Object.entries(FORM).some(([name, value]) => proof[name] !== value)) return false;
  const { created, verificationMethod, proofValue } = proof;
  if (typeof created !== "string" || typeof verificationMethod !== "string" || typeof proofValue !== "string") return false;
  if (proofValue.length > 100 || !proofValue.startsWith("z")) return false;
  return Object.keys(proof).every((name) => MEMBERS.has(name)) && TIME.test(created) && isTime(created);
}

/** Return the hub's id and the key that a verification method names, or two empty texts. */
export function signedBy(method: string): readonly [hub: string, key: string] {
  const [did, key] = parted(method, "#");
  const at = did.lastIndexOf(HUBS);
  if (!did.startsWith("did:web:") || at < 0) return ["", ""];
  return [unquoted(did.slice(at + HUBS.length)).replaceAll(":", "/"), key];
}

/** Tell whether a key's signature of a day counts. */
export function isInForce(key: HubKey, day: string): boolean {
  const ends = [key.revoked_on, key.compromised_since].filter((end) => end !== undefined);
  return day >= key.valid_from && !(key.valid_until !== undefined && day > key.valid_until) && ends.every((end) => day < end);
}

/** Tell whether a proof is this hub's signature of the document, with a key in force on the day that it names. */
export async function isOf(document: Mapping, proof: Json | undefined, hub: string, keys: Keys): Promise<boolean> {
  if (!hasForm(proof)) return false;
  const [named, publicKey] = signedBy(String(proof["verificationMethod"]));
  const day = String(proof["created"]).slice(0, 10);
  const known = (keys[hub] ?? []).filter((key) => key.public_key === publicKey);
  return named === hub && known.some((key) => isInForce(key, day)) && holds(document, proof, publicKey);
}

/** Tell whether a proof of a good form is of exactly this document under a public key; throw `Unable` where nobody can tell. */
export async function holds(document: Mapping, proof: Mapping, publicKey: string): Promise<boolean> {
  if (!(await isAble())) throw new Unable();
  const { proofValue, ...config } = proof;
  const { proof: _, ...bare } = document;
  if ("@context" in document && !isSame(config["@context"], document["@context"])) return false;
  const signature = fromBase58(String(proofValue));
  if (signature === null) return false;
  const parts = await Promise.all([digest(config), digest(bare)]);
  return isValid(publicKey, signature, Uint8Array.from(parts.flatMap((part) => [...part])));
}

function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return String(canonicalBytes(one)) === String(canonicalBytes(other));
}

function parted(text: string, by: string): readonly [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** As Python's unquote: what is no escape stays, and bytes that are no UTF-8 become U+FFFD. */
function unquoted(text: string): string {
  return text.replaceAll(/(?:%[0-9a-fA-F]{2})+/g, (escapes) => (
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(escapes.slice(1).split("%"), (pair) => Number.parseInt(pair, 16)))
  ));
}
