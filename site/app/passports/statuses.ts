// A hub's status list and its keys in; whether the list clears a credential on a day, out.
// As generator/passports/statuses.py: whatever cannot be read, is not signed, or is too old says nothing.
import type { Json, Mapping } from "../yaml";
import { expanded, isSet } from "./bits";
import { ReadError, read } from "./jcs";
import { isObject, isTime, Node } from "./nodes";
import { CREDENTIALS, type Claim } from "./reading";
import { isOf, signedBy, type HubKey, type Keys } from "./signatures";

const MOST_BYTES = 128 * 1024;
const DEPTH = 64;
const DAY = 24 * 60 * 60 * 1000;
const MOST_DAYS = 90;
const MEMBERS = ["@context", "id", "type", "issuer", "validFrom", "validUntil", "credentialSubject", "proof"];
const OF_SUBJECT = ["id", "type", "statusPurpose", "encodedList"];
const TIME = /^[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/;
const ADDRESS = /^https?:\/\/[^ \t-\r?#]{1,300}\/statuses\/([a-z]{2}\/[a-z0-9]+(?:-[a-z0-9]+)*)\.json$/u;
const OTHER_SUITE = "eddsa-rdfc-2022";

interface StatusList {
  readonly hub: string;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly bits: Uint8Array;
  readonly document: Mapping;
}

/** Return whose list lies at an address, or "". */
export function hubOf(address: string): string {
  return ADDRESS.exec(address)?.[1] ?? "";
}

/** Return "" when its issuer's list says on a day that a credential counts, else the code of why it does not. */
export async function standing(source: Uint8Array | null, claim: Claim, keys: Keys, day: string): Promise<string> {
  if (claim.statusList === "" || source === null) return "status-missing";
  const found = await listOf(source);
  if (found === null) return "status-unreadable";
  if (claim.issuer !== found.hub || claim.issuer !== hubOf(claim.statusList)) return "status-of-another-hub";
  if (!(await isSigned(found, keys, day))) return "status-unsigned";
  if (day < found.validFrom.slice(0, 10) || day > found.validUntil.slice(0, 10)) return "status-stale";
  const isRevoked = isSet(found.bits, claim.statusIndex);
  return isRevoked === null ? "status-unreadable" : isRevoked ? "status-revoked" : "";
}

/** Return a list as its bytes have it, with exactly its terms; null for what is none. */
async function listOf(source: Uint8Array): Promise<StatusList | null> {
  let document: Json;
  try {
    document = read(source, MOST_BYTES, DEPTH);
  } catch (error) {
    if (error instanceof ReadError) return null;
    throw error;
  }
  if (!isObject(document) || !hasExactly(document, MEMBERS)) return null;
  const { id, issuer, validFrom, validUntil, credentialSubject: subject } = document;
  if (!isObject(subject) || !hasExactly(subject, OF_SUBJECT) || typeof subject["encodedList"] !== "string") return null;
  if (typeof id !== "string" || typeof issuer !== "string" || !isOfList(document, subject, id)) return null;
  const hub = hubOf(id);
  if (hub === "" || issuer.includes("#") || signedBy(`${issuer}#`)[0] !== hub) return null;
  if (!isMoment(validFrom) || !isMoment(validUntil)) return null;
  const span = Date.parse(validUntil) - Date.parse(validFrom);
  const bits = span > 0 && span <= MOST_DAYS * DAY ? await expanded(subject["encodedList"]) : null;
  return bits && { hub, validFrom, validUntil, bits, document };
}

function isOfList(document: Mapping, subject: Mapping, id: string): boolean {
  return new Node(document["@context"] ?? null).is([CREDENTIALS])
    && new Node(document["type"] ?? null).is(["VerifiableCredential", "BitstringStatusListCredential"])
    && subject["type"] === "BitstringStatusList" && subject["statusPurpose"] === "revocation" && subject["id"] === `${id}#list`;
}

async function isSigned(found: StatusList, keys: Keys, day: string): Promise<boolean> {
  const proofs = found.document["proof"];
  if (!Array.isArray(proofs) || proofs.length < 1 || proofs.length > 2) return false;
  const all = proofs.filter(isObject);
  const [ours, ...more] = all.filter((proof) => proof["cryptosuite"] !== OTHER_SUITE);
  if (all.length < proofs.length || ours === undefined || more.length > 0) return false;
  if (!(await isOf(found.document, ours, found.hub, keys))) return false;
  const created = Date.parse(String(ours["created"]));
  if (created < Date.parse(found.validFrom) - DAY || created > Date.parse(found.validUntil)) return false;
  const named = signedBy(String(ours["verificationMethod"]))[1];
  return !(keys[found.hub] ?? []).some((key) => key.public_key === named && isWithdrawn(key, day));
}

/** Who has such a key writes any date. */
function isWithdrawn(key: HubKey, day: string): boolean {
  return [key.revoked_on, key.compromised_since].some((since) => since !== undefined && since <= day);
}

function hasExactly(value: Mapping, names: readonly string[]): boolean {
  return Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name));
}

function isMoment(value: Json | undefined): value is string {
  return typeof value === "string" && TIME.test(value) && isTime(value);
}
