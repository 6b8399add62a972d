// What site/forms.build.mjs makes of schemas/*.json when the app is bundled; imported as `karakana-forms`.
import type { Schemas } from "./schema";

export interface Fault {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Validate {
  (data: unknown): boolean;
  errors?: readonly Fault[] | null;
}

export declare const schemas: Schemas;
export declare const hub: Validate;
export declare const machine: Validate;
