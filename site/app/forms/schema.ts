// The schemas of hubs and machines, as the build trims them, in; the schema of a place in a record out.

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly examples?: readonly unknown[];
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly format?: string;
}

/** By the name of a kind; `$defs` holds what they share. */
export type Schemas = Readonly<Record<string, Schema>> & { readonly $defs: Readonly<Record<string, Schema>> };
export type Key = string | number;
export type Keys = readonly Key[];

const DEFINITION = /#\/\$defs\/(.+)$/;

/** Return the name of the definition that a schema refers to; "" when it stands by itself. */
export function definitionOf(schema: Schema): string {
  return DEFINITION.exec(schema.$ref ?? "")?.[1] ?? "";
}

/** Return all names of definitions that a schema goes back to, the nearest first. */
export function definitionsOf(schemas: Schemas, schema: Schema): string[] {
  const name = definitionOf(schema);
  return name === "" ? [] : [name, ...definitionsOf(schemas, schemas.$defs[name] ?? {})];
}

/** Follow `$ref`; what stands beside it wins. */
export function followed(schemas: Schemas, schema: Schema): Schema {
  const name = definitionOf(schema);
  return name === "" ? schema : { ...followed(schemas, schemas.$defs[name] ?? {}), ...schema };
}

/** Follow `$ref`, and of several forms take the one for mappings. */
function resolved(schemas: Schemas, schema: Schema): Schema {
  const whole = followed(schemas, schema);
  const forms = (whole.oneOf ?? []).filter((form) => form.type === "object");
  return forms.length === 1 && forms[0] !== undefined ? resolved(schemas, forms[0]) : whole;
}

/** Return the schema of the value that stands at `keys` in records of a kind; {} when nothing may. */
export function schemaAt(schemas: Schemas, kind: string, keys: Keys): Schema {
  let schema: Schema = schemas[kind] ?? {};
  for (const key of keys) {
    const { items, properties, additionalProperties } = resolved(schemas, schema);
    const inner = typeof key === "number" ? items : properties?.[key];
    schema = inner ?? (typeof additionalProperties === "object" ? additionalProperties : {});
  }
  return schema;
}

/** Return the properties, in order, of the mapping that stands at `keys` in records of a kind. */
export function propertiesAt(schemas: Schemas, kind: string, keys: Keys): Readonly<Record<string, Schema>> {
  return resolved(schemas, schemaAt(schemas, kind, keys)).properties ?? {};
}
