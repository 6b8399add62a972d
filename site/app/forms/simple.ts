// Fields with one control: text, numbers, dates, one of several, yes or no, several of several.
import { element } from "../elements";
import type { Json } from "../yaml";
import { changed, cleaned, framed, type Field, type Frame } from "./field";
import { numberOf } from "./numbers";

export type About = Pick<Frame, "label" | "hint" | "mark">;
type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export interface TextOptions {
  readonly type?: string;
  readonly rows?: number;
  readonly example?: string;
  readonly direction?: "ltr" | "auto";
}

/** Text on one line, or on several with `rows`. */
export function textField(about: About, { type = "text", rows = 0, example = "", direction = "auto" }: TextOptions = {}): Field {
  const control = rows > 0 ? element("textarea", "form-control") : element("input", "form-control");
  if (control instanceof HTMLTextAreaElement) control.rows = rows;
  else control.type = type;
  control.placeholder = example;
  control.autocomplete = "off";
  control.dir = direction;
  return oneControl(about, control, () => cleaned(control.value).replace(rows > 0 ? /(?!)/ : /\s*\n\s*/g, " ") || undefined);
}

/** A number; what is none is kept as text, so that the schema refuses it. */
export function numberField(about: About, example = ""): Field {
  const control = element("input", "form-control form-number");
  control.inputMode = "decimal";
  control.placeholder = example;
  control.autocomplete = "off";
  control.dir = "ltr";
  return oneControl(about, control, () => numberOf(control.value));
}

export function dateField(about: About): Field {
  const control = element("input", "form-control form-number");
  control.type = "date";
  return oneControl(about, control, () => control.value || undefined);
}

/** One of several values; one that is not among them, or usual and yet said, is kept as one more. */
export function selectField(about: About, options: readonly (readonly [value: string, text: string])[], nothing: string, usual = ""): Field {
  const shown = options.filter(([value]) => value !== usual);
  const control = element("select", "form-control", new Option(nothing, ""), ...shown.map(([value, text]) => new Option(text, value)));
  const field = oneControl(about, control, () => control.value || undefined);
  return { ...field, write: (value) => {
    if (typeof value === "string" && ![...control.options].some((one) => one.value === value)) control.append(new Option(options.find(([one]) => one === value)?.[1] ?? value, value));
    field.write(value);
  } };
}

/** Yes, no (left out), as a box to tick. */
export function boxField({ label, hint }: About): Field {
  const control = element("input", "form-box");
  control.type = "checkbox";
  const { place, say } = framed({ label: "", hint, control, inner: [element("label", "form-tick", control, label)] });
  place.querySelector(".form-label")?.remove();
  const field: Field = { place, control, say, at: () => field, read: () => control.checked || undefined, write: (value) => void (control.checked = value === true) };
  return field;
}

/** Several of several values, as boxes to tick. Values that are not among them are kept. */
export function boxesField(about: About, options: readonly (readonly [value: string, text: string])[]): Field {
  const boxes = options.map(([value, text]) => {
    const box = element("input", "form-box");
    box.type = "checkbox";
    box.value = value;
    return { box, place: element("label", "form-tick", box, text) };
  });
  let others: Json[] = [];
  const around = element("div", "form-ticks", ...boxes.map(({ place }) => place));
  const control = boxes[0]?.box ?? around;
  const { place, say } = framed({ ...about, control, isGroup: true, inner: [around] });
  const read = (): Json | undefined => {
    const chosen: Json[] = [...boxes.filter(({ box }) => box.checked).map(({ box }) => box.value), ...others];
    return chosen.length > 0 ? chosen : undefined;
  };
  const write = (value: Json | undefined): void => {
    const all = Array.isArray(value) ? value : [];
    for (const { box } of boxes) box.checked = all.includes(box.value);
    others = all.filter((one) => !boxes.some(({ box }) => box.value === one));
  };
  const field: Field = { place, control, say, read, write, at: () => field };
  return field;
}

function oneControl(about: About, control: Input, read: () => Json | undefined): Field {
  control.addEventListener("change", () => changed(control));
  const { place, say } = framed({ ...about, control });
  const write = (value: Json | undefined): void => void (control.value = value === undefined || value === null ? "" : String(value));
  const field: Field = { place, control, say, read, write, at: () => field };
  return field;
}
