// A credential as it is carried, the hubs' keys, the issuer's list and a day in; each step of checking it out.
import { dateFault, type Evidence } from "./decision";
import type { Fetched } from "./lists";
import { Unable } from "./multikey";
import { proofOf, type Proof } from "./proving";
import type { Carried } from "./reading";
import type { Keys } from "./signatures";
import { standing } from "./statuses";

/** In their order: each relies on those before it. */
export const STEPS = ["form", "issuer", "key", "signature", "dates", "status"] as const;
export type Outcome = "ok" | "bad" | "unknown" | "skipped";
export type Verdict = "valid" | "invalid" | "unknown" | "unchecked";

/** A step; the code tells why it is not "ok". */
export interface Step {
  readonly name: (typeof STEPS)[number];
  readonly outcome: Outcome;
  readonly code: string;
}

/** What was found out about a credential; `proof` and `status` are what a decision is made from. */
export interface Checked {
  readonly carried: Carried;
  readonly verdict: Verdict;
  readonly steps: readonly Step[];
  readonly proof: Proof;
  readonly status: string;
  /** The issuer's list came from this device, not from the network. */
  readonly isKept: boolean;
}

const OF_PROOF: Readonly<Record<string, Step["name"]>> = {
  "proof-missing": "form", "context-differs": "form", "issuer-differs": "issuer", "issuer-unknown": "issuer",
  "key-unknown": "key", "key-compromised": "key", "signed-later": "key", "key-not-in-force": "key",
};
const REVOKED = "status-revoked";
const UNPROVED = ["unable", "no_keys"]; // words of the page

/** Return what a credential comes to; its issuer's list is asked for when the signature is good. */
export async function checked(carried: Carried, keys: Keys, day: string, list: (hub: string) => Promise<Fetched>): Promise<Checked> {
  const proof = await proofIn(carried, keys, day);
  const isProved = proof.code === "";
  const { bytes, isKept } = isProved ? await list(carried.claim.issuer) : { bytes: null, isKept: false };
  const status = isProved ? await standing(bytes, carried.claim, keys, day) : "status-missing";
  return told(carried, proof, status, day, isKept);
}

function told(carried: Carried, proof: Proof, status: string, day: string, isKept: boolean): Checked {
  const steps = [...ofProof(proof), ofDates(carried, proof, day), ofStatus(proof.code === "", status)];
  return { carried, verdict: verdictOf(proof, steps), steps, proof, status, isKept };
}

/** Return what a decision about a machine is made from. */
export function evidenceOf({ carried, proof, status }: Checked): Evidence {
  return { claim: carried.claim, proof: proof.code, status, signedOn: proof.signedOn, publicKey: proof.publicKey };
}

/** Return what can be said of a credential without the hubs' keys. */
export function unchecked(carried: Carried, day: string): Checked {
  return told(carried, unproved("no_keys"), "status-missing", day, false);
}

/** Return the first step that is not good. */
export function firstBad({ steps, verdict }: Checked): Step | undefined {
  return steps.find(({ outcome }) => outcome === (verdict === "unknown" ? "unknown" : "bad"));
}

async function proofIn(carried: Carried, keys: Keys, day: string): Promise<Proof> {
  try {
    return await proofOf(carried, keys, day);
  } catch (error) {
    if (error instanceof Unable) return unproved("unable");
    throw error;
  }
}

function unproved(code: string): Proof {
  return { code, signedOn: "", publicKey: "" };
}

/** Return the steps up to the signature: what comes after a bad one was not looked at. */
function ofProof({ code }: Proof): Step[] {
  const names = STEPS.slice(0, 4);
  const last = UNPROVED.includes(code) ? "form" : OF_PROOF[code] ?? "signature";
  const at = names.indexOf(last);
  return names.map((name, place) => {
    if (UNPROVED.includes(code)) return { name, outcome: place > at ? "skipped" : "ok", code: "" };
    if (code === "" || place < at) return { name, outcome: "ok", code: "" };
    return place === at ? { name, outcome: "bad", code } : { name, outcome: "skipped", code: "" };
  });
}

function ofDates({ claim }: Carried, { signedOn }: Proof, day: string): Step {
  const code = dateFault({ claim, signedOn }, day);
  return { name: "dates", outcome: code === "" ? "ok" : "bad", code };
}

function ofStatus(isProved: boolean, code: string): Step {
  if (!isProved) return { name: "status", outcome: "skipped", code: "" };
  return { name: "status", outcome: code === "" ? "ok" : code === REVOKED ? "bad" : "unknown", code };
}

function verdictOf({ code }: Proof, steps: readonly Step[]): Verdict {
  if (UNPROVED.includes(code)) return "unchecked";
  if (steps.some(({ outcome }) => outcome === "bad")) return "invalid";
  return steps.every(({ outcome }) => outcome === "ok") ? "valid" : "unknown";
}
