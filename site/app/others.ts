// Tables and words in; everything that can be found besides hubs and machines, with its page, out.
import { fold } from "./fold";
import type { World } from "./world";

export interface Other {
  kind: string;
  name: string;
  page: string;
  text: string;
  /** Other words for it, and of what it is a kind. */
  also: string;
  wider: string;
  /** What comes first among things that hold the words equally well. */
  bonus: number;
}

const KINDS = [
  "country", "process", "model", "material", "competence", "network", "design", "page", "guide", "contract", "request", "kind", "rule",
];
// Whoever types "machine" seldom looks for the rules about machines, or for what its users must have learnt: these come
// after what is made and who makes it.
const BEHIND: Record<string, number> = { competence: 4.5, kind: 4, rule: 4 };

/** Return countries, terms, models and what has no table. */
export function others(world: World): Other[] {
  const { tables, labels, aliases, widerProcesses } = world;
  const wider = (at: number): string => (widerProcesses[at] ?? []).map((one) => labels.processes[one] ?? "").join(" ");
  return [
    ...tables.countries.slice(0, world.manifest.countries.length).map((code, at) => other(world, "country", labels.countries[at] ?? code, `countries/${code}/`, "")),
    ...tables.processes.map(([id], at) => other(world, "process", labels.processes[at] ?? id, `processes/${id}/`, aliases.processes[at] ?? "", wider(at))),
    ...tables.models.map(([id, name, also]) => other(world, "model", name, `models/${id}/`, also || "")),
    ...tables.materials.map(([id], at) => other(world, "material", labels.materials[at] ?? id, `materials/${id}/`, aliases.materials[at] ?? "")),
    ...labels.others.map(([kind, name, page, also]) => other(world, kind, name, page || `${kind}s/${name}/`, also)),
  ];
}

function other(world: World, kind: string, name: string, page: string, also: string, wider = ""): Other {
  const bonus = 0.9 - KINDS.indexOf(kind) / KINDS.length - (BEHIND[kind] ?? 0);
  return { kind: world.labels.words[kind] ?? kind, name, page, text: ` ${fold(name)} `, also: ` ${fold(also)} `, wider: ` ${fold(wider)} `, bonus };
}
