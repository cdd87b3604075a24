import { isObject, parseSchema, type JsonSchema } from './json-schema.js';

/** Values that a template writes out at most: schemas that refer to each other could describe any number. */
const MAXIMUM_VALUES = 2_000;

/**
 * A mapping template that writes out again what a schema describes, to start from: every property of an object, every element of an
 * array, strings quoted. `schema` must stand alone (see `flattenSchema`); one that is no JSON schema gives an empty object.
 */
export function modelTemplate(schema: string | null): string {
  const root = parseSchema(schema ?? '') ?? {};
  return `#set($inputRoot = $input.path('$'))\n${new TemplateWriter(root).write(root, '$inputRoot', '', [])}`;
}

class TemplateWriter {
  private values = 0;
  private loops = 0;

  constructor(private readonly root: JsonSchema) {}

  /** `within` are the schemas around this one: one that contains itself is not written out again. */
  write(described: unknown, source: string, indent: string, within: readonly JsonSchema[]): string {
    const schema = this.resolved(described);
    const type = typeOf(schema) ?? (within.length === 0 ? 'object' : undefined);
    this.values += 1;
    if (type !== 'object' && type !== 'array') return type === 'string' ? `"${source}"` : source;
    if (within.includes(schema) || this.values > MAXIMUM_VALUES) return type === 'object' ? '{ }' : '[ ]';
    const around = [...within, schema];
    return type === 'object' ? this.object(schema, source, indent, around) : this.array(schema, source, indent, around);
  }

  private object(schema: JsonSchema, source: string, indent: string, within: readonly JsonSchema[]): string {
    const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
    if (properties.length === 0) return '{ }';
    const members = properties.map(([name, each]) => {
      return `${indent}  ${JSON.stringify(name)}: ${this.write(each, memberOf(source, name), `${indent}  `, within)}`;
    });
    return `{\n${members.join(',\n')}\n${indent}}`;
  }

  private array(schema: JsonSchema, source: string, indent: string, within: readonly JsonSchema[]): string {
    this.loops += 1;
    const element = this.loops === 1 ? '$elem' : `$elem${this.loops}`;
    const items: unknown = Array.isArray(schema.items) ? schema.items[0] : schema.items;
    const inner = this.write(items, element, `${indent}  `, within);
    return `[\n#foreach(${element} in ${source})\n${indent}  ${inner}#if($foreach.hasNext),#end\n\n#end\n${indent}]`;
  }

  /** What references within the document lead to; an empty schema where they lead nowhere, or round in a circle. */
  private resolved(described: unknown): JsonSchema {
    const met = new Set<unknown>();
    let at = described;
    while (isObject(at) && typeof at.$ref === 'string' && !met.has(at)) {
      met.add(at);
      at = this.at(at.$ref);
    }
    return isObject(at) && !met.has(at) ? at : {};
  }

  private at(pointer: string): unknown {
    const steps = pointer.replace(/^#\/?/, '').split('/').filter(Boolean);
    return steps.reduce<unknown>((at, step) => (isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined), this.root);
  }
}

/** Where a schema names no type, what it says of members or items tells. */
function typeOf(schema: JsonSchema): unknown {
  const { type } = schema;
  if (type !== undefined) return Array.isArray(type) ? type.find((each) => each !== 'null') : type;
  if (schema.properties !== undefined) return 'object';
  return schema.items === undefined ? undefined : 'array';
}

/** A member as a template reads it: `$inputRoot.name`, or by `get` where the name is no identifier. */
function memberOf(source: string, name: string): string {
  return /^[a-zA-Z][\w-]*$/.test(name) ? `${source}.${name}` : `${source}.get('${name.replaceAll("'", "''")}')`;
}
