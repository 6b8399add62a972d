// The bytes that a maker carries in; the credentials in them, all of one holder, and what was left out of them, out.
// As generator/passports/presentation.py.
import type { Json } from "../yaml";
import { isObject, Node, Refused, type Fault } from "./nodes";
import { carried, CREDENTIALS, LIMIT_BYTES, parsed, type Carried } from "./reading";

const MOST = 50;
/** Of a file. */
export const MOST_BYTES = MOST * LIMIT_BYTES + 4096;

/** The credentials that a maker carries; a credential that cannot be read does not hide the others. */
export interface Passport {
  readonly holder: string;
  readonly credentials: readonly Carried[];
  readonly faults: readonly Fault[];
}

/** Return the passport in a file, or why it is none. */
export function opened(source: Uint8Array): Passport | Fault {
  try {
    const data = parsed(source, MOST_BYTES);
    return isObject(data) && Object.hasOwn(data, "verifiableCredential") ? many(new Node(data)) : one(data);
  } catch (error) {
    if (error instanceof Refused) return error.fault;
    throw error;
  }
}

function one(data: Json): Passport | Fault {
  const found = carried(new Node(data));
  return "code" in found ? found : { holder: found.claim.holder, credentials: [found], faults: [] };
}

function many(node: Node): Passport {
  const parts = node.members("@context type holder verifiableCredential");
  parts.get("@context").exactly([CREDENTIALS], "context-unknown");
  parts.get("type").exactly(["VerifiablePresentation"], "type-unknown");
  const holder = parts.get("holder").text();
  const credentials: Carried[] = [];
  const faults: Fault[] = [];
  for (const place of parts.get("verifiableCredential").items(1, MOST)) {
    const found = carried(place);
    if ("code" in found) faults.push(found);
    else if (found.claim.holder !== holder) throw place.refused("holder-differs");
    else credentials.push(found);
  }
  return { holder, credentials, faults };
}
