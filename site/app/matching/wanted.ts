// What has to be done, how often, where and by when: a wish, as in generator/matching/wanted.py.

export type Feature = string | number | boolean;
export type Features = Readonly<Record<string, Feature>>;
/** Two or three sides in millimetres, or [0, diameter] with the length where it is known. */
export type Box = readonly number[];
export type Point = readonly [latitude: number, longitude: number];

/** One operation: what is done, of what, how large, how exact, by whom, and how often for one unit. */
export interface Step {
  readonly id: string;
  readonly process: string;
  readonly design?: string;
  readonly part?: string;
  readonly material?: string;
  readonly form?: string;
  readonly envelope?: Box;
  /** Whether the piece has to lie as its sides are given. */
  readonly is_fixed?: boolean;
  readonly thickness_mm?: number;
  /** Plus or minus. */
  readonly tolerance_mm?: number;
  /** As it is written; with no number behind it, nobody can tell. */
  readonly tolerance?: string;
  readonly features?: Features;
  readonly pieces?: number;
  readonly requires?: readonly (readonly [competence: string, level: number])[];
  readonly certifications?: readonly string[];
}

/** What a design asks for; `silent` are designs in it that state no operation. */
export interface Made {
  readonly id: string;
  readonly steps?: readonly Step[];
  readonly silent?: readonly string[];
  readonly licences?: readonly (readonly [design: string, licence: string])[];
  readonly invented?: boolean;
}

/** What somebody wants made. An empty or missing value asks for nothing; days are written as ISO 8601 has them. */
export interface Wish {
  readonly steps: readonly Step[];
  readonly silent: readonly string[];
  /** Words because of which nobody understands what a manifest states, where one is asked about. */
  readonly notUnderstood: readonly string[];
  readonly licences: readonly (readonly [design: string, licence: string])[];
  readonly quantity: number;
  readonly near: Point | undefined;
  readonly within: number | undefined;
  readonly start: string;
  readonly by: string;
  readonly countries: readonly string[];
  readonly networks: readonly string[];
  readonly contract: string;
  readonly isCommercial: boolean;
  readonly currency: string;
  readonly languages: readonly string[];
  readonly isInvented: boolean;
}

/** A wish that asks for nothing. */
export const NOTHING: Wish = {
  steps: [], silent: [], notUnderstood: [], licences: [], quantity: 1, near: undefined, within: undefined, start: "", by: "", countries: [], networks: [], contract: "",
  isCommercial: false, currency: "", languages: [], isInvented: false,
};

const FOR_EVER = 1_000_000;
const DAY = 86_400_000; // milliseconds

/** Return how many days are left; more than anybody can wait for when there is no last day. */
export function daysOf({ start, by }: Wish): number {
  return by === "" ? FOR_EVER : Math.round((Date.parse(by) - Date.parse(start)) / DAY);
}

/** Return how many pieces of a step the whole wish takes. */
export function piecesOf(wish: Wish, step: Step): number {
  return wish.quantity * (step.pieces ?? 1);
}
