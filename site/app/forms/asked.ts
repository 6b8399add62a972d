// The address of the page in; which record it asks for out.

/** A new hub, a hub or machine that is there, or a new machine at a hub. */
export type Asked =
  | { readonly kind: "new" }
  | { readonly kind: "hub"; readonly hub: string }
  | { readonly kind: "machine"; readonly hub: string; readonly slug: string }
  | { readonly kind: "add"; readonly hub: string };

const HUB = /^[a-z]{2}\/[a-z0-9]+(?:-[a-z0-9]+)*$/;
const EDIT = /^(hubs|machines)\/([a-z]{2}\/[a-z0-9-]+)(?:\/([a-z0-9-]+))?\/?$/;

/** Return what `?edit=hubs/gh/x`, `?edit=machines/gh/x/y` or `?machine=gh/x` asks for; a new hub for all else. */
export function askedFor(search: string): Asked {
  const parameters = new URLSearchParams(search);
  const machine = parameters.get("machine") ?? "";
  if (HUB.test(machine)) return { kind: "add", hub: machine };
  const [, folder, hub = "", slug] = EDIT.exec(parameters.get("edit") ?? "") ?? [];
  if (folder === "hubs" && slug === undefined) return { kind: "hub", hub };
  if (folder === "machines" && slug !== undefined) return { kind: "machine", hub, slug };
  return { kind: "new" };
}

/** Return the name under which a draft is kept. */
export function draftName(asked: Asked): string {
  if (asked.kind === "new") return "hub";
  if (asked.kind === "add") return `machine ${asked.hub}`;
  return asked.kind === "hub" ? `hubs/${asked.hub}` : `machines/${asked.hub}/${asked.slug}`;
}
