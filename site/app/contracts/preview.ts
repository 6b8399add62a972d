// A filled contract in; the same as the HTML file shows it, out.
import { element, isolated } from "../elements";
import type { Language } from "./language";
import type { Filled } from "./values";
import { notes } from "./written";

export function preview(filled: Filled, language: Language): HTMLElement {
  const word = (name: string): string => language.word(name);
  const cover = filled.cover.flatMap(({ label, printed }) => [element("dt", "", label), ...printed.map((text) => element("dd", "", isolated(text)))]);
  const clauses = filled.clauses.flatMap(({ number, heading, blocks }) => [
    element("h4", "", `${number}. ${heading}`),
    ...blocks.map(({ shape, lines }) => (shape === "paragraph" ? element("p", "", lines[0] ?? "") : element(shape === "numbers" ? "ol" : "ul", "", ...lines.map((text) => element("li", "", text))))),
  ]);
  const parties = filled.parties.map(({ role, printed }) => element("li", "", element("strong", "", language.word("labelled", { label: role })), " ", isolated(printed)));
  const made = element("div", "contract-text", element("p", "contract-title", filled.title), ...notes(filled, language).map((text) => element("p", "contract-note", text)),
    element("h3", "", word("variables")), element("dl", "", ...cover), element("h3", "", word("terms")), ...clauses, element("h3", "", word("signatures")), element("ul", "", ...parties));
  made.lang = filled.language;
  made.dir = word("direction");
  return made;
}
