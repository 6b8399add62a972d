// A manifest's data in; a step for each process that a part names, then those of the whole, out.
import { fold, slugOf } from "../fold";
import type { Step } from "../matching/wanted";
import { sizeOf, type Tolerances, toleranceOf } from "./measures";
import { MOST, type Piece, piecesOf, SAID, unlike } from "./pieces";
import { type Data, isMapping, items, line, mapping } from "./said";

/** `data/terms.json`: ids by the normal form of a word, and what tolerances allow up to each size. */
export interface Terms {
  readonly process: Readonly<Record<string, string>>;
  readonly material: Readonly<Record<string, string>>;
  readonly codes: Readonly<Record<string, string>>;
  readonly tolerances: Tolerances;
}

const PRINTING = "3d-printing"; // what `printing-process` says more exactly
const ASSEMBLY = "assembly";
const NAMES = ["process-name", "name", "title"] as const;
const OF = ["material-id", "name", "material-type", "title"] as const;
const ARTICLE = /^https?:\/\/(?:[a-z][a-z-]{1,11}\.)?(?:m\.)?wikipedia\.org\/wiki\/([^/?#]+)$/i;
const DOUBT = /[!?¬≠✗✘❌❎🚫⛔]/u; // the normal form has no signs: `!laser` is no laser, `laser?` perhaps one

/** Return the steps, and the words that mean nothing here. */
export function stepsOf(data: Data, terms: Terms): { steps: Step[]; unknown: string[] } {
  const unknown = new Set<string>();
  const steps: Step[] = [];
  const taken = new Set<string>();
  for (const piece of piecesOf(data)) {
    const pieces = piece.quantity > 1 && piece.quantity <= MOST ? { pieces: piece.quantity } : {};
    for (const process of piece.isBought ? [] : processes(piece.said, terms, unknown)) {
      const id = unlike(slugOf(`${process} ${piece.id}`), taken);
      steps.push({ id, part: piece.id, process, ...facts(piece, process, terms, unknown), ...pieces });
    }
  }
  const whole = ofTheWhole(data, terms, unknown, new Set(steps.map(({ process }) => process)));
  // Of several materials, or for one of several processes, nobody can tell which is for what.
  const of = steps.length > 0 || whole.length !== 1 ? {} : material(data, terms, unknown);
  for (const process of whole) steps.push({ id: unlike(`${process}-whole`, taken), process, ...of });
  return { steps, unknown: [...unknown] };
}

/** Return what is done to the whole, or to no part that is named; putting together comes last. */
function ofTheWhole(data: Data, terms: Terms, unknown: Set<string>, known: ReadonlySet<string>): string[] {
  const several = [...processes(data, terms, unknown), ...processes(mapping(data["manufacturing-specs"]), terms, unknown)];
  const found = [...new Set(several)].filter((process) => !known.has(process));
  return [...found.filter((process) => process !== ASSEMBLY), ...found.filter((process) => process === ASSEMBLY)];
}

/** Return the ids of what is done, each once: by codes of DIN SPEC 3105-1, or by words. */
function processes(part: Data, terms: Terms, unknown: Set<string>): string[] {
  const means = (word: string): string => {
    const title = titleOf(word);
    const id = own(terms.codes, title.toLowerCase()) || meaning(terms.process, title);
    if (id === "" && word !== "") unknown.add(word.slice(0, 80));
    return id;
  };
  const said = line(part["printing-process"]);
  const printing = said === "" ? "" : meaning(terms.process, titleOf(said));
  if (said !== "" && printing === "") unknown.add(said.slice(0, 80));
  const found = new Set([printing, ...SAID.flatMap((key) => wordsOf(part[key])).map(means)]);
  return [...found].filter((id) => id !== "" && !(printing !== "" && printing !== id && id === PRINTING));
}

/** Return the words of a list, and the names of what stands in it with more facts. */
function wordsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one) => {
    if (isMapping(one)) return NAMES.map((name) => line(one[name])).find((word) => word !== "") ?? [];
    return typeof one === "string" || typeof one === "number" ? items(one) : [];
  });
}

function facts(piece: Piece, process: string, terms: Terms, unknown: Set<string>): Partial<Step> {
  const envelope = sizeOf(piece.said, process);
  return { ...material(piece.said, terms, unknown), ...(envelope === undefined ? {} : { envelope }), ...toleranceOf(piece.said, envelope, terms.tolerances) };
}

/** Return the one material that a part names, by any of its names. */
function material(part: Data, terms: Terms, unknown: Set<string>): Partial<Step> {
  const said = [part["material"], part["materials"]].find((one) => (Array.isArray(one) ? one.length > 0 : Boolean(one)));
  const several = (Array.isArray(said) ? said : [said]).filter(Boolean);
  if (several.length !== 1) return {};
  const [one] = several as unknown[];
  const names = (isMapping(one) ? OF.map((key) => line(one[key])) : [line(one)]).filter((name) => name !== "");
  const found = names.map((name) => meaning(terms.material, titleOf(name))).find((id) => id !== "");
  if (found === undefined && names[0] !== undefined) unknown.add(names[0].slice(0, 80));
  return found === undefined ? {} : { material: found };
}

/** Return the title of the Wikipedia article that a word is the address of, else the word. */
function titleOf(word: string): string {
  const found = ARTICLE.exec(word)?.[1];
  if (found === undefined) return word;
  try {
    return line(decodeURIComponent(found).replaceAll("_", " "));
  } catch {
    return word;
  }
}

function meaning(table: Readonly<Record<string, string>>, word: string): string {
  return DOUBT.test(word) ? "" : own(table, fold(word).replace(/ /g, ""));
}

function own(table: Readonly<Record<string, string>>, key: string): string {
  return key !== "" && Object.hasOwn(table, key) ? (table[key] ?? "") : "";
}
