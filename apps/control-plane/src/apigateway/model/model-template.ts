import { isObject, parseSchema, type JsonSchema } from './json-schema.js';

/** Values that a template writes out at most: schemas that refer to each other could describe any number. */
const MAXIMUM_VALUES = 2_000;
/** Levels of nesting that a template has at most: each takes some of the stack, also where references make them. */
const MAXIMUM_DEPTH = 200;
/** Characters of a template, about: AWS takes none that has more. */
const MAXIMUM_LENGTH = 300_000;
/** References that lead to one another in a row. */
const MAXIMUM_HOPS = 50;
/** Characters around the texts of a member or a loop, about. */
const FRAME = 20;

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
  private length = 0;

  constructor(private readonly root: JsonSchema) {}

  /** `within` are the schemas around this one: one that contains itself is not written out again. */
  write(described: unknown, source: string, indent: string, within: readonly JsonSchema[]): string {
    const schema = this.resolved(described);
    const type = typeOf(schema) ?? (within.length === 0 ? 'object' : undefined);
    this.values += 1;
    if (type !== 'object' && type !== 'array') return type === 'string' ? `"${source}"` : source;
    if (within.includes(schema) || within.length >= MAXIMUM_DEPTH || this.values > MAXIMUM_VALUES || !this.fits(source, indent)) {
      return type === 'object' ? '{ }' : '[ ]';
    }
    const around = [...within, schema];
    return type === 'object' ? this.object(schema, source, indent, around) : this.array(schema, source, indent, around);
  }

  private object(schema: JsonSchema, source: string, indent: string, within: readonly JsonSchema[]): string {
    const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
    if (properties.length === 0) return '{ }';
    const members: string[] = [];
    for (const [name, each] of properties) {
      const member = memberOf(source, name);
      // What there is no room for is left out.
      if (!this.fits(name, member, indent)) break;
      members.push(`${indent}  ${JSON.stringify(name)}: ${this.write(each, member, `${indent}  `, within)}`);
    }
    return members.length === 0 ? '{ }' : `{\n${members.join(',\n')}\n${indent}}`;
  }

  private array(schema: JsonSchema, source: string, indent: string, within: readonly JsonSchema[]): string {
    if (!this.fits(source, indent, indent, indent)) return '[ ]';
    this.loops += 1;
    const element = this.loops === 1 ? '$elem' : `$elem${this.loops}`;
    const items: unknown = Array.isArray(schema.items) ? schema.items[0] : schema.items;
    const inner = this.write(items, element, `${indent}  `, within);
    return `[\n#foreach(${element} in ${source})\n${indent}  ${inner}#if($foreach.hasNext),#end\n\n#end\n${indent}]`;
  }

  /** Takes the room for a piece of the template with these texts in it, if there is so much left. */
  private fits(...texts: string[]): boolean {
    this.length += texts.reduce((sum, text) => sum + text.length, FRAME);
    return this.length <= MAXIMUM_LENGTH;
  }

  /** What references within the document lead to; an empty schema where they lead nowhere, round in a circle, or on and on. */
  private resolved(described: unknown): JsonSchema {
    const met = new Set<unknown>();
    let at = described;
    while (isObject(at) && typeof at.$ref === 'string' && !met.has(at) && met.size < MAXIMUM_HOPS) {
      met.add(at);
      at = this.at(at.$ref);
    }
    return isObject(at) && typeof at.$ref !== 'string' ? at : {};
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
