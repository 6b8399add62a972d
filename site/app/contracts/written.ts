// A filled contract in; its text as Markdown or as one HTML file out, with nothing of a value taken for markup.
// As generator/contracts/rendering.py.
import type { Language } from "./language";
import type { Block, Clause, Common, Filled, Variable } from "./values";

const ALWAYS = /[\\`*_[\]<>&#|~$^!]/g;
const AT_THE_START = /^(?:([0-9]{1,9})([.)])|([-+=:]))/;
const ADDRESS = /[^\s()]*(?::\/\/|(?<![\p{L}\p{N}])[wW]{3}\.|[\p{L}\p{N}]@|@[\p{L}\p{N}])[^\s()]*[^\s().,;:!?'"»]/gu;
const BLANK = "\\_".repeat(12);
const LINES = ["name", "place", "signature"];

/** Return the contract as Markdown (CommonMark): its cover, its clauses and lines to sign on. */
export function markdown(filled: Filled, language: Language): string {
  const heading = (name: string): string => `## ${literal(language.word(name))}`;
  const parts = [`# ${literal(filled.title)}`, ...notes(filled, language).map((line) => `> ${literal(line)}`), heading("variables")];
  if (filled.cover.length > 0) parts.push(filled.cover.map((one) => line(one, language)).join("\n"));
  parts.push(heading("terms"));
  for (const { number, heading: title, blocks } of filled.clauses) parts.push(`### ${number}. ${literal(title)}`, ...blocks.map(listed));
  if (filled.parties.length > 0) parts.push(heading("signatures"), ...toSign(filled, language));
  return normal(apart(parts).join("\n\n"));
}

/** Return the contract as one HTML file that needs nothing else. */
export function html(filled: Filled, language: Language, common: Common): string {
  const word = (name: string): string => escaped(language.word(name));
  return normal([
    "<!doctype html>", `<html lang="${filled.language}" dir="${language.word("direction")}">`, "<head>",
    '<meta charset="utf-8">', `<meta http-equiv="Content-Security-Policy" content="${common.policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex">', `<title>${escaped(filled.title)}</title>`,
    `<style>\n${common.style}</style>`, "</head>", "<body>", `<h1>${escaped(filled.title)}</h1>`,
    ...notes(filled, language).map((text) => `<p class="note">${escaped(text)}</p>`),
    `<h2>${word("variables")}</h2>`, "<dl>", ...filled.cover.map(entry), "</dl>",
    '<main class="terms">', `<h2>${word("terms")}</h2>`, ...filled.clauses.map(section), "</main>",
    ...signatures(filled, language), "</body>", "</html>",
  ].join("\n"));
}

/** Return text as Markdown that shows just this text: no markup, no links, no entities, no beginning of a block. */
export function literal(text: string): string {
  const shown: string[] = [];
  let at = 0;
  for (const address of text.matchAll(ADDRESS)) {
    shown.push(text.slice(at, address.index).replace(ALWAYS, "\\$&"), code(address[0]));
    at = address.index + address[0].length;
  }
  shown.push(text.slice(at).replace(ALWAYS, "\\$&"));
  return shown.join("").replace(AT_THE_START, (_, number = "", point = "", sign = "") => `${String(number)}\\${String(point)}${String(sign)}`);
}

function code(text: string): string {
  const fence = "`".repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** Return what has to be said of the text itself: its template, that it is no advice, which language prevails. */
export function notes(filled: Filled, language: Language): string[] {
  const prevailing = language.language(filled.prevailing);
  return [language.word("template", { template: filled.template }), language.word(filled.reviewed ? "reviewed" : "draft"), language.word("prevails", { language: prevailing })];
}

function line(one: Variable, language: Language): string {
  const label = labelled(one.label, language);
  if (one.printed.length === 1) return `- ${label} ${literal(one.printed[0] ?? "")}`;
  return [`- ${label}`, ...one.printed.map((text) => `  - ${literal(text)}`)].join("\n");
}

function labelled(text: string, language: Language): string {
  return `**${literal(language.word("labelled", { label: text }))}**`;
}

function listed({ shape, lines }: Block): string {
  if (shape === "paragraph") return literal(lines[0] ?? "");
  return lines.map((text, at) => `${shape === "numbers" ? `${at + 1}.` : "-"} ${literal(text)}`).join("\n");
}

/** Return parts with a comment between two lists, which would be one list otherwise. */
function apart(parts: readonly string[]): string[] {
  return parts.flatMap((part, at) => {
    const before = parts[at - 1] ?? "";
    return ["- ", "1. "].some((mark) => before.startsWith(mark) && part.startsWith(mark)) ? ["<!-- -->", part] : [part];
  });
}

function toSign({ parties }: Filled, language: Language): string[] {
  const lines = LINES.map((name) => `- ${labelled(language.word(name), language)} ${BLANK}`).join("\n");
  return parties.flatMap(({ role, printed }) => [`${labelled(role, language)} ${literal(printed)}`, lines]);
}

function entry({ label, printed }: Variable): string {
  if (printed.length === 1) return `<dt>${escaped(label)}</dt><dd>${isolated(printed[0] ?? "")}</dd>`;
  return `<dt>${escaped(label)}</dt><dd><ul>${printed.map((text) => `<li>${isolated(text)}</li>`).join("")}</ul></dd>`;
}

function section({ id, number, heading, blocks }: Clause): string {
  const shown = blocks.map(({ shape, lines }) => {
    if (shape === "paragraph") return `<p>${escaped(lines[0] ?? "")}</p>`;
    const name = shape === "numbers" ? "ol" : "ul";
    return `<${name}>${lines.map((text) => `<li>${escaped(text)}</li>`).join("")}</${name}>`;
  });
  return [`<section id="${escaped(id)}">`, `<h3>${number}. ${escaped(heading)}</h3>`, ...shown, "</section>"].join("\n");
}

function signatures({ parties }: Filled, language: Language): string[] {
  if (parties.length === 0) return [];
  const lines = LINES.map((name) => `<div class="line"><span>${escaped(language.word(name))}</span><span></span></div>`).join("");
  const each = parties.map(({ role, printed }) => `<li><strong>${escaped(language.word("labelled", { label: role }))}</strong> ${isolated(printed)}${lines}</li>`);
  return [`<h2>${escaped(language.word("signatures"))}</h2>`, '<ul class="parties">', ...each, "</ul>"];
}

function isolated(text: string): string {
  return `<bdi>${escaped(text)}</bdi>`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

function normal(text: string): string {
  return `${text.replace(/\r\n?/g, "\n").normalize("NFC")}\n`;
}
