// What filling a contract template gives: its text in parts, its values, what is wrong with them; and what it is made from.
import type { Json, Mapping } from "../yaml";

export type Texts = Readonly<Record<string, string>>;

/** As generator/publish/contract_form_tree.py writes it. */
export type Node = string | readonly [what: "value", name: string, filter: string] | readonly [what: "if" | "not", name: string, nodes: Nodes] | readonly [what: "for", item: string, name: string, nodes: Nodes];
export type Nodes = readonly Node[];

export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly label: Texts;
  readonly about?: Texts;
  readonly many?: boolean;
  readonly optional?: boolean;
  readonly choices?: readonly string[];
  readonly labels?: Readonly<Record<string, Texts>>;
  readonly countries?: boolean;
  readonly role?: string;
  readonly maker?: boolean;
  readonly said?: boolean;
  readonly per?: string;
  readonly sum_of?: readonly string[];
  readonly not_before?: readonly string[];
  readonly apart_from?: readonly string[];
  readonly at_most?: string;
  readonly below?: string;
  /** The number, and as it is told. */
  readonly minimum?: readonly [string, string];
  readonly maximum?: readonly [string, string];
}

export interface Milestone {
  readonly id: string;
  readonly after: readonly string[];
  readonly due: string;
  readonly payment: string;
}

export interface TemplateClause {
  readonly id: string;
  readonly when?: Mapping;
  readonly heading: Readonly<Record<string, Nodes>>;
  readonly text?: Readonly<Record<string, Nodes>>;
  readonly variants?: readonly { readonly where: readonly string[]; readonly text: Readonly<Record<string, Nodes>> }[];
}

/** As generator/publish/contract_form.py writes it. */
export interface Template {
  readonly id: string;
  readonly sha256: string;
  readonly prevailing: string;
  readonly reviewed: boolean;
  readonly languages: readonly string[];
  readonly title: Texts;
  readonly roles: Readonly<Record<string, Texts>>;
  readonly parameters: readonly Parameter[];
  readonly milestones: readonly Milestone[];
  readonly clauses: readonly TemplateClause[];
  readonly example?: Mapping;
}

/** What all templates share. */
export interface Common {
  readonly currencies: string;
  readonly places: Readonly<Record<string, number>>;
  readonly designs: Readonly<Record<string, readonly [name: string, version: string, url: string]>>;
  readonly style: string;
  readonly policy: string;
}

/** What is known of a hub. */
export interface Hub {
  readonly name: string;
  readonly address: string;
  readonly country: string;
  readonly accepts: readonly string[];
  /** Its public keys. */
  readonly keys?: readonly string[];
}

/** What is known outside a contract. `doubts` returns why hubs cannot make a design; the hub is "" for all of them. */
export interface World {
  readonly common: Common;
  hub(id: string): Hub | undefined;
  hubIds(): readonly string[];
  doubts(hubs: readonly string[], design: string): readonly (readonly [hub: string, reason: string])[];
}

export type Told = Readonly<Record<string, string | readonly string[]>>;

/** What is wrong with one value: a key of the words that say it, and what stands in them. */
export class Fault {
  constructor(readonly key: string, readonly values: Told = {}) {}
}

/** What is wrong with the value of a parameter; "" for the whole. */
export interface Problem {
  readonly parameter: string;
  readonly key: string;
  readonly values: Told;
}

export type Shape = "paragraph" | "numbers" | "bullets";

export interface Block {
  readonly shape: Shape;
  readonly lines: readonly string[];
}

export interface Clause {
  readonly id: string;
  readonly number: number;
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export interface Variable {
  readonly label: string;
  readonly printed: readonly string[];
}

export interface Party {
  readonly role: string;
  readonly printed: string;
}

export interface Filled {
  readonly template: string;
  readonly language: string;
  readonly prevailing: string;
  readonly title: string;
  readonly reviewed: boolean;
  readonly cover: readonly Variable[];
  readonly clauses: readonly Clause[];
  readonly parties: readonly Party[];
  readonly parameters: Mapping;
  readonly problems: readonly Problem[];
}

/** Return the items of a list; a single value is the only one. */
export function items(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

export function isMapping(value: Json | undefined): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
