// Lists of materials that machines work in; what each comes to for a step, in numbers, out: the same as `judging` tells of
// one machine in words. There are tens of thousands of different lists in a large registry.
import type { Working } from "./capabilities";
import { between, standsTo, takes } from "./judging";
import type { Taxonomy } from "./terms";
import { FAIL, UNKNOWN, type Result } from "./values";
import type { Step } from "./wanted";

const SILENT: readonly Working[] = [[]];

/** Return for each fact that is asked what the use comes to that comes closest, by list. */
export function factsOfMaterials(step: Step, terms: Taxonomy, lists: readonly (readonly Working[])[]): Map<string, Uint8Array> {
  const ofMaterial = remembered((found) => standsTo(step.material ?? "", found, terms)[0]);
  const ofForm = remembered((found) => takes(step.form ?? "", found)[0]);
  const asked: [fact: string, judge: (use: Working) => Result][] = [];
  if (step.material) asked.push([`material ${step.material}`, ([material = ""]) => ofMaterial(material)]);
  if (step.form) asked.push([`form ${step.form}`, ([, form = ""]) => ofForm(form)]);
  const { thickness_mm: thickness } = step;
  if (thickness !== undefined) asked.push(["thickness", ([, , least, most]) => between(thickness, least ?? undefined, most ?? undefined)[0]]);
  const found = asked.map(() => new Uint8Array(lists.length));
  const results = asked.map((): number => 0);
  lists.forEach((uses, row) => {
    let closest = Infinity;
    for (const use of uses.length > 0 ? uses : SILENT) {
      let [failed, unknown, severity] = [0, 0, 0];
      for (let at = 0; at < asked.length; at++) {
        const result = asked[at]?.[1](use) ?? 0;
        results[at] = result;
        if (result === FAIL) failed += 1;
        if (result === UNKNOWN) unknown += 1;
        severity = severity * 4 + result;
      }
      const cost = (failed * 4 + unknown) * 64 + severity;
      if (cost >= closest) continue;
      closest = cost;
      for (let at = 0; at < asked.length; at++) (found[at] as Uint8Array)[row] = results[at] ?? 0;
    }
  });
  return new Map(asked.map(([fact], at) => [fact, found[at] as Uint8Array]));
}

function remembered(judge: (found: string) => Result): (found: string) => Result {
  const known = new Map<string, Result>();
  return (found) => {
    let result = known.get(found);
    if (result === undefined) known.set(found, (result = judge(found)));
    return result;
  };
}
