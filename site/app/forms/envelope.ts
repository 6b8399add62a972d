// The largest work piece: length, width and height, or diameter and length of what turns.
import { element } from "../elements";
import type { Words } from "../words";
import type { Json } from "../yaml";
import { framed, freshId, isMapping, type Field } from "./field";
import { numberOf } from "./numbers";
import type { About } from "./simple";

const SIDES = ["size_length", "size_width", "size_height"] as const;
const TURNED = ["diameter", "length"] as const;

export function envelopeField(about: About, words: Words): Field {
  const shape = element("select", "form-control", new Option(words["box"] ?? "", "box"), new Option(words["turned"] ?? "", "turned"));
  shape.setAttribute("aria-label", words["shape"] ?? "");
  const sides = SIDES.map((key) => side(words[key] ?? ""));
  const turned = TURNED.map((key) => side(words[`turned_${key}`] ?? ""));
  const row = element("div", "form-sides", shape, ...[...sides, ...turned].map(({ place }) => place));
  const control = sides[0]?.input ?? shape;
  const { place, say } = framed({ ...about, control, isGroup: true, inner: [row] });
  const show = (): void => {
    for (const one of sides) one.place.hidden = shape.value !== "box";
    for (const one of turned) one.place.hidden = shape.value !== "turned";
  };
  shape.addEventListener("change", show);
  show();
  const read = (): Json | undefined => {
    if (shape.value === "turned") {
      const pairs = TURNED.map((key, at) => [key, numberOf(turned[at]?.input.value ?? "")] as const).filter(([, value]) => value !== undefined);
      return pairs.length > 0 ? (Object.fromEntries(pairs) as Json) : undefined;
    }
    const values = sides.map(({ input }) => numberOf(input.value)).filter((value) => value !== undefined);
    return values.length > 0 ? values : undefined;
  };
  const write = (value: Json | undefined): void => {
    const isTurned = isMapping(value);
    shape.value = isTurned ? "turned" : "box";
    sides.forEach(({ input }, at) => (input.value = Array.isArray(value) ? String(value[at] ?? "") : ""));
    turned.forEach(({ input }, at) => (input.value = isTurned ? String(value[TURNED[at] ?? ""] ?? "") : ""));
    show();
  };
  const field: Field = { place, control, say, read, write, at: () => field };
  return field;
}

function side(label: string): { place: HTMLElement; input: HTMLInputElement } {
  const input = element("input", "form-control form-number");
  input.inputMode = "decimal";
  input.autocomplete = "off";
  input.dir = "ltr";
  input.id = freshId();
  return { input, place: element("label", "", element("span", "", label), input) };
}
