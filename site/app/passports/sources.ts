// What somebody dropped, pasted or scanned in; the bytes of a passport out, or what to tell the visitor.
import { codeIn, detector } from "./camera";
import { digitsOf, unpack } from "./packing";
import { MOST_BYTES } from "./presentation";

/** Bytes that may be a passport, under the name of where they come from. */
export interface Source {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Why there are none: a word of the page (`words`), or a code of the generator. */
export interface Trouble {
  readonly name: string;
  readonly word?: "too_large" | "no_picture" | "no_codes" | "not_read" | "failed";
  readonly code?: string;
}

export type Given = Source | Trouble;

const MOST_PICTURE = 20_000_000;

/** Return what is in a file: a passport, or a picture of the code on a card. */
export async function ofFile(file: File, dictionary: () => Promise<Uint8Array>): Promise<Given> {
  const { name } = file;
  const isPicture = file.type.startsWith("image/");
  if (file.size > (isPicture ? MOST_PICTURE : MOST_BYTES)) return { name, word: "too_large" };
  try {
    if (isPicture) return await ofPicture(file, dictionary);
    return { name, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    return { name, word: "not_read" }; // a folder, or a file that is gone
  }
}

/** Return what a text holds: the address on a card, or a passport itself. */
export async function ofText(text: string, name: string, dictionary: () => Promise<Uint8Array>): Promise<Given> {
  if (text.length > MOST_BYTES) return { name, word: "too_large" };
  const found = digitsOf(text);
  if (found === "no-code") return { name, bytes: new TextEncoder().encode(text) };
  if (typeof found === "string") return { name, code: found };
  let known: Uint8Array;
  try {
    known = await dictionary();
  } catch {
    return { name, word: "failed" };
  }
  const bytes = await unpack(found.digits, known);
  return typeof bytes === "string" ? { name, code: bytes } : { name, bytes };
}

async function ofPicture(file: File, dictionary: () => Promise<Uint8Array>): Promise<Given> {
  const reader = await detector();
  if (reader === undefined) return { name: file.name, word: "no_codes" };
  const texts = await codeIn(reader, await createImageBitmap(file));
  const text = texts.find((one) => digitsOf(one) !== "no-code") ?? texts[0];
  if (text === undefined) return { name: file.name, word: "no_picture" };
  return digitsOf(text) === "no-code" ? { name: file.name, code: "no-code" } : ofText(text, file.name, dictionary);
}
