// The credentials of one holder in; all machines that they open, or would with one more step, out.
// As generator/passports/opening.py: machines of a hub that ask for the same are judged together, and each requirement at a hub once.
import { blocksOf, inOrder, ORDER, rankOf, reasonsFor, walletOf, worst, type Evidence, type Need, type Reason, type Wallet } from "./decision";
import { ruleKey, type Door, type Facts, type Result } from "./facts";

/** Machines of a hub for which every answer is the same; the door is that of any of them. */
export interface Group {
  readonly door: Door;
  readonly machines: readonly string[];
}

/** The groups that ask for each competence. */
export type Groups = ReadonlyMap<string, readonly Group[]>;

/** Machines of a hub that a passport opens, opens on a condition, or opens with one more step; each requirement with its best reason. */
export interface Opening {
  readonly hub: string;
  readonly machines: readonly string[];
  readonly result: Result;
  readonly reasons: readonly Reason[];
  /** Kilometres; undefined when it was not asked or is not known. */
  readonly distance: number | undefined;
}

/** Return how far away a hub is in kilometres, or undefined. */
export type Away = (hub: string) => number | undefined;

/** Return the one requirement that is left, or nothing. */
export function missing({ reasons }: Opening): readonly Reason[] {
  return reasons.filter(({ result }) => result === "deny");
}

/** Return all machines that anybody may use, grouped; only those that ask for one of some competences, where these are given. */
export function groupsOf(facts: Facts, competences?: ReadonlySet<string>): Groups {
  const excluded = new Set([...facts.rules.values()].flatMap(({ accepting }) => accepting.flatMap((rule) => rule.excludes)));
  const found = new Map<string, Door[]>();
  for (const door of facts.doors.values()) {
    if (competences !== undefined && !door.needs.some(([one]) => competences.has(one))) continue;
    if (blocksOf(facts, door).length > 0) continue;
    const key = JSON.stringify([door.hub, door.needs, excluded.has(door.machine) ? door.machine : ""]);
    const doors = found.get(key);
    if (doors === undefined) found.set(key, [door]);
    else doors.push(door);
  }
  const asking = new Map<string, Group[]>();
  for (const doors of found.values()) {
    const group: Group = { door: doors[0] as Door, machines: doors.map(({ machine }) => machine) };
    for (const competence of new Set(group.door.needs.map(([one]) => one))) {
      const groups = asking.get(competence);
      if (groups === undefined) asking.set(competence, [group]);
      else groups.push(group);
    }
  }
  return asking;
}

/**
 * Return what a passport opens on a day: permit, conditional, then one step away; the nearest first of each.
 *
 * Left out is what the passport has nothing to do with: machines that state no requirement, and those that ask only for
 * what no credential is about, which are as far away for anybody.
 */
export function where(facts: Facts, groups: Groups, day: string, evidences: readonly Evidence[], away: Away = () => undefined): readonly Opening[] {
  const wallet = walletOf(facts, day, evidences);
  const asking = new Set([...wallet.held.keys()].flatMap((competence) => groups.get(competence) ?? []));
  const judge = judging(facts, wallet);
  const found: Opening[] = [];
  for (const { door, machines } of asking) {
    const reasons = door.needs.map(([competence, level]) => judge({ machine: door.machine, hub: door.hub, competence, level }));
    if (reasons.filter(({ result }) => result === "deny").length > 1) continue;
    found.push({ hub: door.hub, machines, result: worst(reasons), reasons, distance: away(door.hub) });
  }
  return found.sort((one, other) => inTurn(facts, one, other));
}

/** Return what gives the best reason for a requirement. Hubs that say nothing of the issuers all say the same. */
function judging(facts: Facts, wallet: Wallet): (need: Need) => Reason {
  const elsewhere = new Map<string, Reason>();
  const issuers = new Map([...wallet.held].map(([competence, held]) => [competence, new Set(held.filter(({ fault }) => fault === "").map(({ claim }) => claim.issuer))]));
  return (need) => {
    const { hub, competence, level } = need;
    const known = issuers.get(competence);
    const isSilent = known === undefined || (!known.has(hub) && !facts.unreadable.has(hub) && !facts.rules.has(ruleKey(hub, competence)));
    if (!isSilent) return reasonsFor(facts, wallet, need)[0] as Reason;
    const key = `${competence} ${level}`;
    const found = elsewhere.get(key) ?? (reasonsFor(facts, wallet, { machine: "", hub: "", competence, level })[0] as Reason);
    elsewhere.set(key, found);
    return found;
  };
}

function inTurn(facts: Facts, one: Opening, other: Opening): number {
  const away = ({ distance }: Opening): number => distance ?? Number.MAX_VALUE;
  const rank = ({ reasons }: Opening): number => Math.max(...reasons.map(({ code }) => rankOf(facts, code)));
  return ORDER.indexOf(one.result) - ORDER.indexOf(other.result) || away(one) - away(other) || rank(one) - rank(other)
    || inOrder(one.hub, other.hub) || listsInOrder(one.machines, other.machines);
}

function listsInOrder(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((value, place) => value !== other[place]);
  return at < 0 ? one.length - other.length : at >= other.length ? 1 : inOrder(one[at] ?? "", other[at] ?? "");
}
