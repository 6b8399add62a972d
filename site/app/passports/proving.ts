// A credential as it is carried, the hubs' keys and a day in; whether its issuer's signature counts on that day out.
// As generator/passports/proving.py: a key that is compromised counts for nothing from then on, for a thief writes any day.
import type { Json, Mapping } from "../yaml";
import { isObject, Node } from "./nodes";
import { CONTEXTS, RDF_SUITE, type Carried } from "./reading";
import { isInForce, isOf, signedBy, SUITE, type Keys } from "./signatures";

/** What was found out about a proof: a code, "" when it counts; the day that it names, or "", and its key. */
export interface Proof {
  readonly code: string;
  readonly signedOn: string;
  readonly publicKey: string;
}

/** Return whether the issuer's proof of a credential counts on a day; throw `Unable` where no browser can tell. */
export async function proofOf(one: Carried, keys: Keys, day: string): Promise<Proof> {
  const proof = named(one.document, SUITE);
  if (proof === undefined) return unproved("proof-missing");
  if (!new Node(proof["@context"] ?? null).is(CONTEXTS)) return unproved("context-differs");
  const found = judged(one, proof, keys, day);
  if (found.code !== "") return found;
  if (!(await isOf(one.document, proof, one.claim.issuer, keys))) return { ...found, code: "signature-invalid" };
  const second = named(one.document, RDF_SUITE);
  const other = second === undefined ? found : judged(one, second, keys, day);
  return other.code === "" ? found : other;
}

/** Return the suites of the proofs whose signature no browser can check here: they would need all of RDF. */
export function uncheckedSuites(one: Carried): readonly string[] {
  return named(one.document, RDF_SUITE) === undefined ? [] : [RDF_SUITE];
}

/** Return whether a proof is the issuer's, by a key that counts on a day; the signature is not looked at. */
function judged(one: Carried, proof: Mapping, keys: Keys, day: string): Proof {
  const method = String(proof["verificationMethod"]);
  const [hub, publicKey] = signedBy(method);
  if (hub !== one.claim.issuer || method.split("#")[0] !== issuerId(one.document)) return unproved("issuer-differs");
  const signedOn = String(proof["created"]).slice(0, 10);
  return { code: keyFault(keys, hub, publicKey, signedOn, day), signedOn, publicKey };
}

/** Return why a key does not speak for a hub on `day`, given when it signed; "" when it does. */
function keyFault(keys: Keys, hub: string, publicKey: string, signedOn: string, day: string): string {
  if (!Object.hasOwn(keys, hub)) return "issuer-unknown";
  const known = (keys[hub] ?? []).filter((key) => key.public_key === publicKey);
  if (known.length === 0) return "key-unknown";
  if (known.some((key) => key.compromised_since !== undefined && day >= key.compromised_since)) return "key-compromised";
  if (signedOn > day) return "signed-later";
  return known.some((key) => isInForce(key, signedOn)) ? "" : "key-not-in-force";
}

function named(document: Mapping, suite: string): Mapping | undefined {
  const proofs = document["proof"];
  return Array.isArray(proofs) ? proofs.filter(isObject).find((proof) => proof["cryptosuite"] === suite) : undefined;
}

function issuerId(document: Mapping): Json | undefined {
  const issuer = document["issuer"];
  return isObject(issuer) ? issuer["id"] : undefined;
}

function unproved(code: string): Proof {
  return { code, signedOn: "", publicKey: "" };
}
