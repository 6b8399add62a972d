// What a contract was made of in; the manifest out that its parties sign, and JSON in its canonical form (JCS, RFC 8785).
// As generator/contracts/manifest.py and generator/signatures/jcs.py.
import type { Json, Mapping } from "../yaml";
import type { Template } from "./values";

const FORMAT = "karakana-contract/1";

/** Return the canonical form of JSON; values of contracts hold no half characters. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`).join(",")}}`;
}

/** Return the SHA-256 of a text in UTF-8. */
export async function checksum(text: string): Promise<string> {
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Return the manifest of a filled contract; `texts` holds the Markdown of each language. */
export async function manifest(template: Template, parameters: Mapping, texts: Readonly<Record<string, string>>): Promise<Mapping> {
  const sums = await Promise.all(Object.keys(texts).sort().map(async (code) => [code, { sha256: await checksum(texts[code] ?? "") }] as const));
  return {
    format: FORMAT,
    template: { id: template.id, sha256: template.sha256 },
    parameters: { sha256: await checksum(canonical(parameters)) },
    texts: Object.fromEntries(sums),
    prevailing_language: template.prevailing,
  };
}
