// The schemas of records (JSON, by name, on stdin) and a folder in; `forms.js` with compiled validators and what the form needs of the schemas out.
//
// The site's policy forbids `eval`, so that validators cannot be compiled in the browser. `generator/publish/assembly.py` runs this before esbuild.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";

const KINDS = ["hub", "machine"];
const [folder] = process.argv.slice(2);
const schemas = JSON.parse(readFileSync(0, "utf-8"));
// RFC 3339, full-date, with the days of each month.
const DATE = /^(?:\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$/;

const ajv = new Ajv2020({ allErrors: true, strict: false, messages: false, code: { source: true, esm: true, lines: false, optimize: 2 } });
ajv.addFormat("date", DATE);
ajv.addSchema(bare(schemas.common), "common.json");
for (const kind of KINDS) ajv.addSchema(bare(schemas[kind]), `${kind}.json`);
const code = standaloneCode.default(ajv, Object.fromEntries(KINDS.map((kind) => [kind, `${kind}.json`])));
writeFileSync(join(folder, "forms.js"), `${code}\nexport const schemas = ${JSON.stringify(trimmed())};\n`);

/** Without what tells people about it. */
function bare(schema) {
  return mapped(schema, (key) => key !== "description" && key !== "examples" && key !== "$schema" && key !== "title");
}

/** What the form is made from: the kinds, and the definitions that they use. */
function trimmed() {
  const kept = Object.fromEntries(KINDS.map((kind) => [kind, example(schemas[kind])]));
  const used = new Set();
  const find = (text) => {
    for (const [, name] of text.matchAll(/common\.json#\/\$defs\/(\w+)/g)) {
      if (used.has(name)) continue;
      used.add(name);
      find(JSON.stringify(schemas.common.$defs[name]));
    }
  };
  find(JSON.stringify(kept));
  return { ...kept, $defs: Object.fromEntries([...used].sort().map((name) => [name, example(schemas.common.$defs[name])])) };
}

/** Without words and rules that only validators read; of the examples the first stays, when it is short. */
function example(schema) {
  const dropped = new Set(["description", "$schema", "title", "anyOf", "pattern", "uniqueItems", "minItems", "minProperties", "propertyNames", "dependentRequired", "minLength"]);
  return mapped(schema, (key) => !dropped.has(key));
}

/** Return a schema with only the keywords that are wanted; names of properties are no keywords. */
function mapped(value, wanted, areNames = false) {
  if (Array.isArray(value)) return value.map((one) => mapped(one, wanted));
  if (typeof value !== "object" || value === null) return value;
  const pairs = Object.entries(value).filter(([key]) => areNames || wanted(key));
  return Object.fromEntries(pairs.map(([key, one]) => [key, shortened(key, one, areNames) ?? mapped(one, wanted, !areNames && (key === "properties" || key === "$defs"))]));
}

function shortened(key, value, areNames) {
  if (areNames || key !== "examples") return undefined;
  return value.slice(0, 1).filter((one) => typeof one !== "object");
}
