// What is asked for in one value; the field that takes it, as the command line's file would have it, out.
// Unlike the fields of records (forms/simple.ts) these take nothing out of what was written: who fills in a contract should know.
import { element } from "../elements";
import { changed, framed, type Field } from "../forms/field";
import { numberOf } from "../forms/numbers";
import type { About } from "../forms/simple";
import { say, type Words } from "../words";
import type { Json } from "../yaml";
import { ISO_SPAN } from "./kinds";
import { isMapping } from "./values";

type Options = readonly (readonly [value: string, text: string])[];

export function single(about: About, control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, read: () => Json | undefined, write?: (value: Json | undefined) => void): Field {
  control.addEventListener("change", () => changed(control));
  const { place, say } = framed({ ...about, control });
  const shown = (value: Json | undefined): void => void (control.value = typeof value === "string" || typeof value === "number" ? String(value) : "");
  const field: Field = { place, control, say, read, write: write ?? shown, at: () => field };
  return field;
}

export function input(direction: "ltr" | "auto" = "auto", kind = "form-control"): HTMLInputElement {
  const made = element("input", kind);
  made.autocomplete = "off";
  made.dir = direction;
  return made;
}

export function line(about: About, direction: "ltr" | "auto" = "auto", example = ""): Field {
  const control = input(direction);
  control.placeholder = example;
  return single(about, control, () => control.value || undefined);
}

export function lines(about: About): Field {
  const control = element("textarea", "form-control");
  control.rows = 2;
  control.dir = "auto";
  return single(about, control, () => control.value || undefined);
}

export function number(about: About): Field {
  const control = input("ltr", "form-control form-number");
  control.inputMode = "decimal";
  return single(about, control, () => numberOf(control.value));
}

export function day(about: About): Field {
  const control = input("ltr", "form-control form-number");
  control.type = "date";
  return single(about, control, () => control.value || undefined);
}

export function oneOf(about: About, words: Words, options: Options): Field {
  const control = select(words["choose"] ?? "", options);
  return single(about, control, () => control.value || undefined);
}

export function yesOrNo(about: About, words: Words): Field {
  const control = select(words["choose"] ?? "", [["true", words["yes"] ?? ""], ["false", words["no"] ?? ""]]);
  const write = (value: Json | undefined): void => void (control.value = typeof value === "boolean" ? String(value) : "");
  return single(about, control, () => (control.value === "" ? undefined : control.value === "true"), write);
}

export function select(nothing: string, options: Options): HTMLSelectElement {
  return element("select", "form-control", new Option(nothing, ""), ...options.map(([value, text]) => new Option(text, value)));
}

/** An amount and its currency; `usual` is the currency that was written last, for the next. */
export function money(about: About, words: Words, usual: { currency: string }): Field {
  const [amount, currency] = [input("ltr", "form-control form-number"), input("ltr", "form-control contract-currency")];
  amount.inputMode = "decimal";
  currency.maxLength = 3;
  currency.value = usual.currency;
  currency.placeholder = "GHS";
  currency.addEventListener("change", () => (usual.currency = currency.value.trim().toUpperCase()));
  const read = (): Json | undefined => (amount.value.trim() === "" ? undefined : { amount: amountOf(amount.value), currency: currency.value.trim().toUpperCase() });
  const write = (value: Json | undefined): void => {
    const given = isMapping(value) ? value : typeof value === "string" ? { amount: value.split(" ")[0] ?? "", currency: value.split(" ")[1] ?? "" } : {};
    amount.value = String(given["amount"] ?? "");
    currency.value = usual.currency = String(given["currency"] ?? usual.currency);
  };
  return pair(about, [[amount, words["amount"] ?? ""], [currency, words["currency"] ?? ""]], read, write);
}

/** Return digits with a point; what is no number stays as it is. */
function amountOf(typed: string): string {
  const found = numberOf(typed);
  const plain = typed.replace(/[\s\u200e\u200f\u061c]/g, "");
  return typeof found !== "number" ? plain : /^[0-9.]+$/.test(plain) ? plain : String(found);
}

export function duration(about: About, words: Words): Field {
  const count = input("ltr", "form-control form-number");
  count.inputMode = "numeric";
  const units: Options = ["hour", "day", "week", "month", "year"].map((unit) => [unit, words[`unit.${unit}`] ?? ""]);
  const unit = select(words["choose"] ?? "", units);
  const names: Readonly<Record<string, string>> = { D: "day", W: "week", M: "month", Y: "year" };
  const read = (): Json | undefined => (count.value.trim() === "" ? undefined : `${numberOf(count.value) ?? ""} ${unit.value}`);
  const write = (value: Json | undefined): void => {
    const [, hours, other = "", code = ""] = ISO_SPAN.exec(typeof value === "string" ? value : "") ?? [];
    const [typed = "", named = ""] = typeof value === "string" ? value.split(" ") : [];
    count.value = hours ?? (other || (/^\d+$/.test(typed) ? typed : ""));
    unit.value = hours === undefined ? (names[code] ?? named.replace(/s$/, "")) : "hour";
  };
  return pair(about, [[count, words["number"] ?? ""], [unit, words["unit"] ?? ""]], read, write);
}

function pair(about: About, controls: readonly (readonly [HTMLInputElement | HTMLSelectElement, string])[], read: () => Json | undefined, write: (value: Json | undefined) => void): Field {
  const [first] = controls[0] ?? [input()];
  for (const [control, name] of controls) {
    control.setAttribute("aria-label", name);
    control.addEventListener("change", () => changed(control));
  }
  const inner = element("div", "contract-pair", ...controls.map(([control]) => control));
  const { place, say } = framed({ ...about, control: first, isGroup: true, inner: [inner] });
  const field: Field = { place, control: first, say, read, write, at: () => field };
  return field;
}

/** A file whose SHA-256 is wanted; `done` gets it and the file's name. The file is read here and goes nowhere. */
export function digestOf(words: Words, done: (sum: string, name: string) => void): HTMLElement {
  const control = element("input", "form-control");
  control.type = "file";
  control.addEventListener("change", () => {
    const [file] = control.files ?? [];
    if (file === undefined) return;
    void file.arrayBuffer().then((bytes) => crypto.subtle.digest("SHA-256", bytes)).then((sum) => (
      done([...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join(""), file.name)
    ));
  });
  return element("label", "contract-file", say(words, "digest"), control);
}
