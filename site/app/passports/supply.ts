// A hub in; the lists of those whose credentials it accepts, kept on this device for work without a network, out.
import { button, element } from "../elements";
import type { Facts, KeysFile } from "./facts";
import type { Lists } from "./lists";
import type { Telling } from "./telling";

const AT_ONCE = 4;

/** Return the hubs with a key whose credentials may count at a hub: itself, and those that a rule of it accepts. */
export function issuersFor(facts: Facts, hub: string, { hubs }: KeysFile): string[] {
  const rules = [...facts.rules].filter(([key]) => key.startsWith(`${hub} `)).flatMap(([, { accepting }]) => accepting);
  const named = new Set([hub, ...rules.flatMap(({ issuers }) => issuers)]);
  const networks = new Set(rules.flatMap((rule) => rule.networks));
  const isWanted = (id: string, of: readonly string[]): boolean => named.has(id) || of.some((one) => networks.has(one));
  return Object.entries(hubs).filter(([id, one]) => one.keys.length > 0 && isWanted(id, one.networks)).map(([id]) => id).sort();
}

/** Return a button that fetches the lists of hubs, which are asked for first, and says how many are kept then. */
export function supply(issuers: () => Promise<readonly string[]>, lists: Lists, telling: Telling): HTMLElement {
  const said = element("span", "verify-note");
  said.setAttribute("role", "status");
  const fetch = button("karakana-button", () => {
    said.textContent = telling.say("lists_fetching");
    void issuers().then(async (all) => [await fetched(all, lists), all.length] as const).then(
      ([kept, all]) => (said.textContent = telling.say("lists_kept", { kept: String(kept), all: String(all) })),
      () => (said.textContent = telling.say("failed")),
    );
  }, telling.say("lists"));
  return element("div", "verify-actions", fetch, said);
}

async function fetched(issuers: readonly string[], lists: Lists): Promise<number> {
  const queue = [...issuers];
  let kept = 0;
  const take = async (): Promise<void> => {
    for (let hub = queue.shift(); hub !== undefined; hub = queue.shift()) {
      const { bytes } = await lists.of(hub);
      if (bytes !== null) kept += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  return kept;
}
