// What is written of a hub and its machines, and the records that are there, in; the files that are new or changed out.
import { schemas } from "karakana-forms";
import { commentsAfter } from "../comments";
import { write as yaml, type Mapping } from "../yaml";
import type { Asked } from "./asked";
import { machineSlugs } from "./machines";
import type { File } from "./sending";
import type { Standing } from "./store";

/** What is written so far: of a hub and new machines of its, or of one machine. */
export interface Written {
  readonly asked: Asked;
  /** The hub's id: `gh/x`. */
  readonly id: string;
  readonly prefix: string;
  readonly hub: Mapping | undefined;
  readonly machine: Mapping | undefined;
  readonly machines: readonly Mapping[];
}

/** Return the files as they are written now. */
export function filesOf({ asked, id, prefix, hub, machine, machines }: Written, standing: Standing): File[] {
  const file = (kind: string, path: string, data: Mapping): File => {
    const [old, noted] = [standing.records[path], standing.comments[path]];
    const comments = old === undefined || noted === undefined ? undefined : commentsAfter(noted, old, data);
    const text = yaml(schemas, kind, data, comments);
    const before = old === undefined ? "" : yaml(schemas, kind, old, noted === undefined ? undefined : commentsAfter(noted, old, old));
    return { path: `${prefix}${path}.yaml`, text, data, isNew: old === undefined, isSame: text === before };
  };
  const taken = Object.keys(standing.records).map((path) => path.split("/")[3] ?? "");
  if (machine !== undefined) {
    const slug = asked.kind === "machine" ? asked.slug : machineSlugs([machine], taken)[0];
    return [file("machine", `machines/${id}/${slug ?? ""}`, machine)];
  }
  const slugs = machineSlugs(machines, taken);
  const others = machines.map((data, at) => file("machine", `machines/${id}/${slugs[at] ?? ""}`, data));
  const first = file("hub", `hubs/${id}`, hub ?? {});
  return first.isSame && others.length > 0 ? others : [first, ...others];
}
