// A credential's JSON in; what it claims, or the first thing in it that is not as it must be, out.
// As generator/passports/reading.py: the same terms in the same order, so that both find the same fault.
import type { Json, Mapping } from "../yaml";
import { canonicalBytes, read, ReadError } from "./jcs";
import { depth, isObject, Node, Refused, type Fault } from "./nodes";
import { SUITE } from "./signatures";

export const CREDENTIALS = "https://www.w3.org/ns/credentials/v2";
export const CONTEXTS = [
  CREDENTIALS,
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
  "https://karakana-registry.github.io/karakana/contexts/passport-1.json",
];
export const LIMIT_BYTES = 16 * 1024;
const LIMIT_DEPTH = 12;
const READ_DEPTH = 64;
const ENTRIES = 131_072;
const TYPES = ["VerifiableCredential", "OpenBadgeCredential"];
export const RDF_SUITE = "eddsa-rdfc-2022";
const BASES = ["assessment", "recognition"];

const WEB = "https?://[A-Za-z0-9._~:/%\\[\\]-]{1,300}/";
const SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*";
const DID = `did:web:[A-Za-z0-9.%-]{1,253}(?::[A-Za-z0-9._~%-]{1,100}){0,20}:hubs:([a-z]{2}):(${SLUG})`;
const UUID = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ISSUER = new RegExp(`^${DID}$`);
const METHOD = new RegExp(`^${DID}#(z6Mk[1-9A-HJ-NP-Za-km-z]{44})$`);
const COMPETENCE = new RegExp(`^${SLUG}$`);
const ACHIEVEMENT = new RegExp(`^${WEB}competences/(${SLUG})/$`);
const LIST = new RegExp(`^(${WEB})statuses/([a-z]{2}/${SLUG})\\.json$`);
const INDEX = /^(?:0|[1-9][0-9]{0,5})$/;
const VALUE = /^z[1-9A-HJ-NP-Za-km-z]{60,99}$/;
const LONGEST_ID = 64;

/** What a credential says of its holder, read strictly and not yet believed; days and moments as it writes them. */
export interface Claim {
  readonly id: string;
  readonly issuer: string;
  /** A random id, or "" when only a name is given. */
  readonly holder: string;
  readonly name: string;
  readonly competence: string;
  readonly version: number;
  readonly level: number;
  readonly assessedOn: string;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly basis: string;
  readonly note: string;
  /** The address of the list, or "". */
  readonly statusList: string;
  /** -1 without a list. */
  readonly statusIndex: number;
}

/** A credential as it is carried: what it claims, and the JSON that was signed. */
export interface Carried {
  readonly claim: Claim;
  readonly document: Mapping;
}

/** Return the data of bytes that hold JSON; throw `Refused` with "too-large" or "unreadable". */
export function parsed(source: Uint8Array, limit: number): Json {
  if (source.length > limit) throw new Refused({ code: "too-large", place: "" });
  try {
    return read(source, limit, READ_DEPTH);
  } catch (error) {
    throw error instanceof ReadError ? new Refused({ code: "unreadable", place: "" }) : error;
  }
}

/** Return a credential; or the first fault in it, at its place in the file. */
export function carried(node: Node): Carried | Fault {
  try {
    if (depth(node.value) > LIMIT_DEPTH) throw node.refused("too-deep");
    if (canonicalBytes(node.value).length > LIMIT_BYTES) throw node.refused("too-large");
    return { claim: claimOf(node), document: node.value as Mapping };
  } catch (error) {
    if (error instanceof Refused) return error.fault;
    throw error;
  }
}

function claimOf(node: Node): Claim {
  kind(node);
  const parts = node.members("@context id type name issuer validFrom credentialSubject proof", "validUntil credentialStatus");
  parts.get("name").line(300);
  const issuer = issuerOf(parts.get("issuer"));
  const validFrom = parts.get("validFrom").moment();
  const validUntil = parts.has("validUntil") ? parts.get("validUntil").moment() : "";
  if (validUntil !== "" && validUntil < validFrom) throw parts.get("validUntil").refused("dates-out-of-order");
  const [statusList, statusIndex] = parts.has("credentialStatus") ? statusOf(parts.get("credentialStatus"), issuer) : ["", -1] as const;
  proofs(parts.get("proof"));
  const id = parts.get("id").formed(UUID)[0];
  return { id, issuer, validFrom, validUntil, statusList, statusIndex, ...subject(parts.get("credentialSubject"), validUntil) };
}

/** Refuse what is another kind of thing. */
function kind(node: Node): void {
  const data = node.value;
  if (!isObject(data) || !Object.hasOwn(data, "credentialSubject")) throw node.refused("not-a-credential");
  member(node, "@context").exactly(CONTEXTS, "context-unknown");
  member(node, "type").exactly(TYPES, "type-unknown");
  if (!Object.hasOwn(data, "proof")) throw node.refused("proof-missing");
}

/** Return a member of an object; null stands for one that is missing. */
function member(node: Node, name: string): Node {
  const value = isObject(node.value) && Object.hasOwn(node.value, name) ? node.value[name] : undefined;
  return new Node(value ?? null, `${node.place}/${name}`);
}

function issuerOf(node: Node): string {
  const parts = node.members("id type name");
  parts.get("type").exactly(["Profile"], "type-unknown");
  parts.get("name").line(300);
  const [, country, name] = parts.get("id").formed(ISSUER);
  return `${country}/${name}`;
}

function subject(node: Node, until: string): Pick<Claim, "holder" | "name" | "competence" | "version" | "level" | "assessedOn" | "basis" | "note"> {
  const parts = node.members("type achievement competence competenceVersion level assessedOn basis", "id identifier note");
  parts.get("type").exactly(["AchievementSubject"], "type-unknown");
  if (!parts.has("id") && !parts.has("identifier")) throw node.refused("holder-missing");
  const competence = short(parts.get("competence"));
  const version = parts.get("competenceVersion").whole(1, 1_000_000);
  achievement(parts.get("achievement"), competence, version);
  const assessedOn = parts.get("assessedOn").day();
  if (until !== "" && assessedOn > until.slice(0, 10)) throw parts.get("assessedOn").refused("dates-out-of-order");
  const basis = parts.get("basis").text();
  if (!BASES.includes(basis)) throw parts.get("basis").refused();
  const holder = parts.has("id") ? parts.get("id").formed(UUID)[0] : "";
  const name = parts.has("identifier") ? nameOf(parts.get("identifier")) : "";
  const level = parts.get("level").whole(1, 9);
  const note = parts.has("note") ? parts.get("note").line(300) : "";
  return { holder, name, competence, version, level, assessedOn, basis, note };
}

function short(node: Node): string {
  const found = node.formed(COMPETENCE)[0];
  if (found.length > LONGEST_ID) throw node.refused();
  return found;
}

function nameOf(node: Node): string {
  const parts = (node.items(1, 1)[0] ?? node).members("type identityType hashed identityHash");
  parts.get("type").exactly("IdentityObject", "type-unknown");
  parts.get("identityType").exactly("name");
  parts.get("hashed").exactly(false);
  return parts.get("identityHash").line(200);
}

function achievement(node: Node, competence: string, version: number): void {
  const parts = node.members("id type achievementType name description criteria version");
  parts.get("type").exactly(["Achievement"], "type-unknown");
  parts.get("achievementType").exactly("Competency");
  parts.get("name").line(300);
  parts.get("description").line(2000);
  parts.get("criteria").members("narrative").get("narrative").line(4000);
  if (parts.get("id").formed(ACHIEVEMENT)[1] !== competence) throw parts.get("id").refused();
  parts.get("version").exactly(String(version));
}

function statusOf(node: Node, issuer: string): readonly [list: string, index: number] {
  const parts = node.members("id type statusPurpose statusListIndex statusListCredential");
  parts.get("type").exactly("BitstringStatusListEntry", "type-unknown");
  parts.get("statusPurpose").exactly("revocation");
  const address = parts.get("statusListCredential");
  if (address.formed(LIST)[2] !== issuer) throw address.refused();
  const index = parts.get("statusListIndex").formed(INDEX)[0];
  if (Number(index) >= ENTRIES) throw parts.get("statusListIndex").refused();
  parts.get("id").exactly(`${address.text()}#${index}`);
  return [address.text(), Number(index)];
}

function proofs(node: Node): void {
  const suites = node.items(1, 2).map(suiteOf);
  if (suites.filter((suite) => suite === SUITE).length !== 1) throw node.refused("proof-missing"); // so at most one of the other
}

function suiteOf(node: Node): string {
  const parts = node.members("type cryptosuite created verificationMethod proofPurpose proofValue", "@context");
  parts.get("type").exactly("DataIntegrityProof", "type-unknown");
  parts.get("proofPurpose").exactly("assertionMethod");
  parts.get("created").moment();
  parts.get("verificationMethod").formed(METHOD);
  parts.get("proofValue").formed(VALUE);
  const suite = parts.get("cryptosuite").text();
  if (suite !== SUITE && suite !== RDF_SUITE) throw parts.get("cryptosuite").refused();
  if ((suite === SUITE || parts.has("@context")) && !member(node, "@context").is(CONTEXTS)) throw node.refused("context-differs");
  return suite;
}
