// Facts that a schema does not name: a key and a value on each line, as `key: value`.
import { element } from "../elements";
import type { Json } from "../yaml";
import { changed, cleaned, framed, isMapping, type Field } from "./field";
import type { About } from "./simple";

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[-+]?\d+)?$/i;

export function featuresField(about: About): Field {
  const control = element("textarea", "form-control form-code");
  control.rows = 3;
  control.dir = "ltr";
  control.spellcheck = false;
  control.placeholder = "laser_type: co2";
  control.addEventListener("change", () => changed(control));
  const { place, say } = framed({ ...about, control });
  const write = (value: Json | undefined): void => {
    control.value = isMapping(value) ? Object.entries(value).map(([key, one]) => `${key}: ${String(one)}`).join("\n") : "";
  };
  const field: Field = { place, control, say, write, read: () => featuresOf(control.value), at: () => field };
  return field;
}

function featuresOf(text: string): Json | undefined {
  const lines = cleaned(text).split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const pairs = lines.map((line) => {
    const at = line.indexOf(":");
    return at < 0 ? [line, ""] : [line.slice(0, at).trim(), valueOf(line.slice(at + 1).trim())];
  });
  return pairs.length > 0 ? (Object.fromEntries(pairs) as Json) : undefined;
}

function valueOf(text: string): Json {
  if (text === "true" || text === "false") return text === "true";
  return NUMBER.test(text) && Number.isFinite(Number(text)) ? Number(text) : text;
}
