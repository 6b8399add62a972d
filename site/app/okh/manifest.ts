// The text of a file in (YAML of version 1, TOML of OKH-LOSH, or JSON); the steps that it states out, as
// generator/importers/okh_parts.py reads them. What it does not say stays unknown.
import { parse as parseToml } from "smol-toml";
import { parseDocument } from "yaml";
import type { Step } from "../matching/wanted";
import { stepsOf, type Terms } from "./parts";
import { type Data, hyphened, isMapping } from "./said";

export interface Manifest {
  readonly title: string;
  readonly steps: readonly Step[];
  /** Words that mean nothing here. */
  readonly unknown: readonly string[];
}

const DIRECTIVE = /^\s*%[^\n]*\n/; // `%Open Know-How Manifest 1.0`, as the standard asks and YAML forbids

/** Return what a file states. Throws with what is wrong, undefined as message when it is no mapping. */
export function read(name: string, text: string, terms: Terms): Manifest {
  const data = parsed(name.toLowerCase(), text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n"));
  if (!isMapping(data)) throw new Error("");
  const given = hyphened(data) as Data;
  const title = [given["name"], given["title"]].find((one) => typeof one === "string" && one.trim() !== "");
  const { steps, unknown } = stepsOf(given, terms);
  return { title: String(title ?? name).slice(0, 120), steps, unknown };
}

function parsed(name: string, text: string): unknown {
  if (name.endsWith(".json")) return JSON.parse(text);
  if (name.endsWith(".toml") || /^\s*okhv\s*=/.test(text)) return parseToml(text);
  // Numbers, `true`, `false` and `null` are those of JSON; an alias, which can make a file of a kilobyte huge, is none.
  const document = parseDocument(text.replace(DIRECTIVE, ""), { schema: "core", version: "1.2", merge: false, prettyErrors: true });
  const [fault] = document.errors;
  if (fault !== undefined) throw new Error(fault.message.split("\n")[0] ?? "");
  return document.toJS({ maxAliasCount: 0 });
}
