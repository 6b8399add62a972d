// Text for people: one text, or one for each language.
import { button, element } from "../elements";
import { say as fill, type Words } from "../words";
import type { Json, Mapping } from "../yaml";
import { changed, cleaned, framed, freshId, isMapping, type Field } from "./field";
import type { About } from "./simple";

export interface Writing {
  readonly rows: number;
  readonly example: string;
  /** The language in which somebody who has not chosen one writes; "" for none: a name is the same everywhere. */
  readonly language: string;
  /** The registry's own, in which a text without a language is. */
  readonly usual: string;
  readonly languages: readonly string[];
}

interface Row {
  readonly place: HTMLElement;
  readonly text: HTMLInputElement | HTMLTextAreaElement;
  readonly language: HTMLSelectElement;
}

export class TextsField implements Field {
  readonly place: HTMLElement;
  readonly say: (fault: string) => void;
  private rows: Row[] = [];
  private readonly list = element("div", "form-texts");
  private readonly more: HTMLButtonElement;

  constructor(private readonly about: About, private readonly words: Words, private readonly writing: Writing) {
    const first = this.row(this.writing.language);
    this.more = button("form-add", () => this.added(), words["translate"] ?? "");
    const { place, say } = framed({ ...about, control: first.text, inner: [this.list, this.more] });
    this.place = place;
    this.say = say;
    this.show();
  }

  get control(): HTMLElement {
    return this.rows[0]?.text ?? this.more;
  }

  at(): Field {
    return this;
  }

  read(): Json | undefined {
    const filled = this.rows.map(({ text, language }) => [language.value, this.cleaned(text.value)] as const).filter(([, text]) => text !== "");
    const [only] = filled;
    if (only === undefined) return undefined;
    if (filled.length === 1 && (only[0] === "" || only[0] === this.writing.usual)) return only[1];
    return Object.fromEntries(filled.map(([language, text]) => [language || this.writing.usual, text]));
  }

  write(value: Json | undefined): void {
    const texts: Mapping = isMapping(value) ? value : { [value === undefined ? this.writing.language : ""]: value ?? "" };
    const kept = this.rows[0];
    this.rows = kept === undefined ? [] : [kept];
    Object.entries(texts).forEach(([language, text], at) => {
      const row = this.rows[at] ?? this.row(language);
      offer(row.language, language);
      row.text.value = String(text);
      row.language.value = language;
    });
    this.show();
  }

  private cleaned(text: string): string {
    return this.writing.rows > 0 ? cleaned(text) : cleaned(text).replace(/\s*\n\s*/g, " ");
  }

  private show(): void {
    const isOne = this.rows.length === 1;
    this.list.replaceChildren(...this.rows.map(({ place }) => place));
    for (const { language } of this.rows) (language.parentElement as HTMLElement).hidden = isOne && this.writing.language === "" && language.value === "";
  }

  private added(): void {
    const used = this.rows.map(({ language }) => language.value || this.writing.usual);
    const [first] = this.rows;
    if (first !== undefined && first.language.value === "") first.language.value = this.writing.usual;
    const next = [document.documentElement.lang, ...this.writing.languages].find((one) => !used.includes(one)) ?? "";
    const row = this.row(next);
    this.show();
    row.text.focus();
    changed(this.place);
  }

  private row(value: string): Row {
    const { rows, example, languages } = this.writing;
    const text = rows > 0 ? element("textarea", "form-control") : element("input", "form-control");
    if (text instanceof HTMLTextAreaElement) text.rows = rows;
    text.dir = "auto";
    text.placeholder = example;
    text.autocomplete = "off";
    text.id = freshId();
    if (this.rows.length > 0) text.setAttribute("aria-label", fill(this.words, "translation", { what: this.about.label, number: String(this.rows.length + 1) }));
    const language = element("select", "form-control form-language", new Option(this.words["language_any"] ?? "", ""), ...languages.map((code) => new Option(nameOf(code), code)));
    language.addEventListener("change", () => changed(language));
    offer(language, value);
    language.value = value;
    const row = { text, language, place: element("div", "form-text", text, element("label", "", element("span", "", this.words["language"] ?? ""), language)) };
    this.rows.push(row);
    return row;
  }
}

function offer(select: HTMLSelectElement, code: string): void {
  if (![...select.options].some((one) => one.value === code)) select.append(new Option(nameOf(code), code));
}

/** Return what a language is called in the page's language. */
export function nameOf(code: string): string {
  try {
    return new Intl.DisplayNames(document.documentElement.lang, { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
