// What every field of the form is: a label, a control, a hint, a fault; and how values are put at places in data.
import { element } from "../elements";
import type { Json, Mapping } from "../yaml";
import type { Key, Keys } from "./schema";
import { visible } from "./visible";

export interface Field {
  readonly place: HTMLElement;
  /** Where the focus goes. */
  readonly control: HTMLElement;
  /** Return what was filled in; undefined for nothing. */
  read(): Json | undefined;
  write(value: Json | undefined): void;
  /** Show what is wrong, "" for nothing. */
  say(fault: string): void;
  /** Return the innermost field for keys below this one. */
  at(keys: Keys): Field;
}

/** What is around a control. `isGroup` makes a group with a legend of it. */
export interface Frame {
  readonly label: string;
  readonly hint: string;
  readonly control: HTMLElement;
  readonly isGroup?: boolean;
  readonly inner?: readonly HTMLElement[];
  readonly mark?: string;
}

let last = 0;

/** Return an id that no other element has. */
export function freshId(): string {
  return `form-${++last}`;
}

/** Return a frame's element, and what shows a fault in it. */
export function framed({ label, hint, control, isGroup = false, inner = [control], mark = "" }: Frame): { place: HTMLElement; say: (fault: string) => void } {
  const note = element("p", "form-hint", hint);
  const fault = element("p", "form-fault");
  note.id = freshId();
  fault.id = freshId();
  note.hidden = hint === "";
  fault.hidden = true;
  if (control.id === "") control.id = freshId();
  const place = element(isGroup ? "fieldset" : "div", "form-field", heading(label, mark, control, isGroup), note, ...inner, fault);
  const describe = (): void => {
    const ids = [hint === "" ? "" : note.id, fault.hidden ? "" : fault.id].filter((id) => id !== "");
    if (ids.length > 0) control.setAttribute("aria-describedby", ids.join(" "));
    else control.removeAttribute("aria-describedby");
  };
  describe();
  const say = (text: string): void => {
    fault.textContent = text;
    fault.hidden = text === "";
    if (text === "") control.removeAttribute("aria-invalid");
    else if (!isGroup) control.setAttribute("aria-invalid", "true");
    place.toggleAttribute("data-wrong", text !== "");
    describe();
  };
  return { place, say };
}

function heading(label: string, mark: string, control: HTMLElement, isGroup: boolean): HTMLElement {
  const made = element(isGroup ? "legend" : "label", "form-label", label, ...(mark === "" ? [] : [" ", element("small", "", mark)]));
  if (made instanceof HTMLLabelElement) made.htmlFor = control.id;
  return made;
}

/** Tell the form that a field has changed without a key being pressed in it. */
export function changed(place: HTMLElement): void {
  place.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Return the value at a place in data; undefined when there is none. */
export function valueAt(data: Json | undefined, keys: Keys): Json | undefined {
  let here: Json | undefined = data;
  for (const key of keys) {
    if (typeof here !== "object" || here === null) return undefined;
    here = Array.isArray(here) ? here[Number(key)] : Object.hasOwn(here, key) ? here[key] : undefined;
  }
  return here;
}

/** Put a value at a place in data, or take it away; mappings that become empty go too. */
export function putAt(data: Mapping, keys: readonly Key[], value: Json | undefined): void {
  const [key = "", ...rest] = keys;
  if (rest.length === 0) {
    if (value === undefined) delete data[key];
    else data[key] = value;
    return;
  }
  const there = data[key];
  const inner: Mapping = isMapping(there) ? there : {};
  putAt(inner, rest, value);
  if (Object.keys(inner).length === 0) delete data[key];
  else data[key] = inner;
}

export function isMapping(value: Json | undefined): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// What no record may hold (generator/documents/scalars.py), and halves of characters.
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/gu;

/** Return text as a record may hold it: without control characters and what nobody can see, spaces at the ends of lines, or lines at its end. */
export function cleaned(text: string): string {
  const lines = visible(text.replace(/\r\n?/g, "\n").replace(FORBIDDEN, "")).split("\n");
  return lines.map((line) => line.trimEnd()).join("\n").trim();
}
