// A file that somebody opened or dropped in; the steps that it states out. What reads it is fetched then.
import { load } from "../data";
import type { Manifest } from "../okh/manifest";
import type { Terms } from "../okh/parts";
import { say, type Words } from "../words";

const LIMIT = 1_000_000; // bytes
type Reader = { readonly read: (name: string, text: string, terms: Terms) => Manifest };

/** Return what a file states. Rejects with what to tell the visitor. */
export async function manifestOf(file: File, root: string, words: Words): Promise<Manifest> {
  const name = file.name;
  if (file.size > LIMIT) throw new Error(say(words, "too_large", { name }));
  const [text, terms, reader] = await Promise.all([textOf(file, words), load<Terms>(`${root}data/terms.json`), script(root)]).catch((fault: unknown) => {
    throw new Error(say(words, "unreadable", { name, why: fault instanceof Error ? fault.message : "" }));
  });
  let found: Manifest;
  try {
    found = reader.read(name, text, terms);
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : "";
    throw new Error(say(words, why === "" ? "no_mapping" : "unreadable", { name, why }));
  }
  if (found.steps.length === 0) throw new Error(`${say(words, "no_steps", { name })}${leftOut(found, words)}`);
  return found;
}

/** Return which words of a manifest mean nothing here, behind a space; "" for none. */
export function leftOut({ unknown }: Manifest, words: Words): string {
  return unknown.length === 0 ? "" : ` ${say(words, "left_out", { words: unknown.slice(0, 12).join(words["comma"] ?? ", ") })}`;
}

async function textOf(file: File, words: Words): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error(words["no_text"] ?? "UTF-8?");
  }
}

function script(root: string): Promise<Reader> {
  return import(new URL(`${root}assets/app/okh.js`, document.baseURI).href) as Promise<Reader>;
}
