import type { DocumentNode } from '../document/document-node.js';
import { schemasOfKeyword, treatmentOf } from './keywords.js';

type Schema = Readonly<Record<string, unknown>>;

/** Whether an import reads the schema, one of draft 4, as what it is: without keywords that it leaves out, and references into itself. */
export function isReadAsItIs(schema: Schema): boolean {
  if (typeof schema['$ref'] === 'string') return Object.keys(schema).length === 1 && !schema['$ref'].startsWith('#');
  return Object.entries(schema).every(([keyword, value]) => {
    switch (treatmentOf(keyword)) {
      case 'keep':
      case 'keep, warn':
        return true;
      case 'schema':
      case 'schemas':
        return schemasOf(value).every(isReadAsItIs);
      case 'named schemas':
        return schemasOf(Object.values(value as object)).every(isReadAsItIs);
      case 'translate':
        return keyword !== 'items' || schemasOf(value).every(isReadAsItIs);
      case 'drop':
      case 'drop, warn':
        return false;
    }
  });
}

/** Beside schemas there may be booleans, and lists of names. */
const schemasOf = (value: unknown) => [value].flat().filter((each) => typeof each === 'object' && each !== null) as Schema[];

/**
 * A schema as it stands, but for the extensions on it: references to others become what `addressOf` says, those into the schema itself
 * stay within it.
 */
export function verbatimSchema(
  members: ReadonlyMap<string, DocumentNode>,
  at: string,
  addressOf: (reference: DocumentNode) => string,
): unknown {
  const schemaOf = (node: DocumentNode): unknown => {
    if (Array.isArray(node.value)) return node.items().map(schemaOf);
    return node.isObject
      ? Object.fromEntries(node.entries().map(([keyword, each]) => [keyword, valueOf(keyword, each)]))
      : node.value;
  };
  const valueOf = (keyword: string, node: DocumentNode): unknown => {
    if (keyword === '$ref' && typeof node.value === 'string') return referenceAt(node, node.value);
    const held = schemasOfKeyword(keyword);
    if (held === 'schemas') return schemaOf(node);
    if (held === 'named schemas' && node.isObject) {
      return Object.fromEntries(node.entries().map(([name, each]) => [name, schemaOf(each)]));
    }
    return node.value;
  };
  const referenceAt = (node: DocumentNode, reference: string) =>
    reference === `#${at}` || reference.startsWith(`#${at}/`) ? `#${reference.slice(at.length + 1)}` : addressOf(node);
  const own = [...members].filter(([keyword]) => !keyword.startsWith('x-'));
  return Object.fromEntries(own.map(([keyword, node]) => [keyword, valueOf(keyword, node)]));
}
