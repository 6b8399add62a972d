// A record as it is written so far in; what may be a person's own or lead nowhere out. Nothing here is a fault: somebody may know better.
import { element } from "../elements";
import { say as fill, type Words } from "../words";
import type { Json, Mapping } from "../yaml";
import { isMapping, valueAt, type Field } from "./field";
import { hostFault } from "./hosts";
import type { Land } from "./land";
import { isMobile, isPrivate, personal, type Rules } from "./private";
import type { RecordForm } from "./record";
import type { Keys } from "./schema";
import type { Shown } from "./summary";

/** What has arrived of the rules; without them only addresses are looked at. */
export interface Known {
  readonly rules: Rules | undefined;
  readonly land: Land | undefined;
}

interface Caution {
  readonly keys: Keys;
  readonly key: string;
  readonly what: string;
}

// Free texts, as generator/checks/contacts.py looks through them.
const TEXTS: Readonly<Record<string, readonly Keys[]>> = {
  hub: [["name"], ["summary"], ["location", "address"], ["accessibility", "note"], ["verified", "by"]],
  machine: [["name"], ["verified", "by"], ["throughput", "of"]],
};
const ADDRESSES: readonly Keys[] = [["website"], ["same_as"], ["sources"], ["certifications"]];

/** Shows cautions below the fields that they are about. */
export class Cautions {
  private shown = new Map<Field, HTMLElement>();

  constructor(private readonly words: Words) {}

  /** Look through forms; `id` is the hub's. Returns what was found, for the end of the page. */
  show(forms: readonly RecordForm[], known: Known, id: string): readonly Shown[] {
    const all = forms.flatMap((form) => cautionsOf(form.told.kind, form.read(), known, id).map(({ keys, key, what }) => ({ field: form.parts.at(keys), text: fill(this.words, `caution.${key}`, { what }) })));
    const found = all.filter((one): one is Shown => one.field !== undefined);
    for (const [field, note] of this.shown) if (!found.some((one) => one.field === field)) note.textContent = "";
    for (const { field, text } of found) this.say(field, text);
    return found;
  }

  private say(field: Field, text: string): void {
    const note = this.shown.get(field) ?? element("p", "form-caution form-note form-warning");
    if (!this.shown.has(field)) {
      note.setAttribute("role", "status");
      field.place.append(note);
      this.shown.set(field, note);
    }
    if (note.textContent !== text) note.textContent = text; // a screen reader would say it again
  }
}

function cautionsOf(kind: string, data: Mapping, { rules, land }: Known, id: string): Caution[] {
  const isInvented = data["demonstration"] === true;
  const found = ADDRESSES.flatMap((keys) => hollow(valueAt(data, keys), keys, isInvented));
  if (rules === undefined) return found;
  const texts = (TEXTS[kind] ?? []).flatMap((keys) => textsOf(valueAt(data, keys)).flatMap((text) => personal(rules, land, text).map(([, what]) => ({ keys, key: "text", what }))));
  const contact = kind === "hub" && isMapping(data["contact"]) ? data["contact"] : {};
  const [email, phone] = [contact["email"], contact["phone"]].map((one) => (typeof one === "string" ? one : ""));
  const name = [...textsOf(data["name"]), id.split("/")[1] ?? ""].join(" ");
  if (email !== undefined && email !== "" && isPrivate(rules, email, name)) found.push({ keys: ["contact", "email"], key: "email", what: email });
  if (phone !== undefined && phone !== "" && land !== undefined && isMobile(land, phone)) found.push({ keys: ["contact", "phone"], key: "phone", what: phone });
  return [...found, ...texts];
}

function textsOf(value: Json | undefined): string[] {
  return typeof value === "string" ? [value] : isMapping(value) ? Object.values(value).map(String) : [];
}

/** Return the addresses in a value that lead nowhere; those for examples may stand in what is invented. */
function hollow(value: Json | undefined, keys: Keys, isInvented: boolean): Caution[] {
  if (Array.isArray(value)) return value.flatMap((one, at) => hollow(one, [...keys, at], isInvented));
  if (isMapping(value)) return hollow(value["url"], [...keys, "url"], isInvented);
  const fault = typeof value === "string" ? hostFault(value) : "";
  return fault === "" || (fault === "example" && isInvented) ? [] : [{ keys, key: "address", what: String(value) }];
}
