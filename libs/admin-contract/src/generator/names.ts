import type { ModelMember, ModelOperation } from './model.js';

export const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** `rest-apis` -> `RestApis` */
export const pascalCase = (group: string) => group.replace(/(^|-)(\w)/g, (_match, _dash, letter: string) => letter.toUpperCase());

/** What is no request is named as on the wire, so that a view needs no translation. */
export const wireProperty = (member: ModelMember) => member.wire ?? member.name;

export const inputClass = (operation: string) => `${operation}Request`;

/** Null for an operation that answers without a body. */
export function outputClass(name: string, operation: ModelOperation): string | null {
  if (operation.outputShape) return operation.outputShape;
  return operation.output.length > 0 ? `${name}Response` : null;
}

/** Path template with its placeholders named as the input's properties, and the fixed `mode` of the query if there is one. */
export function pathAndMode(operation: ModelOperation): { path: string; mode?: string } {
  const [template = '', query] = operation.uri.split('?');
  const path = template.replace(/\{([^}]+)\}/g, (placeholder, wire: string) => {
    const member = operation.input.find((each) => each.in === 'uri' && wireProperty(each) === wire);
    if (!member) throw new Error(`${operation.uri}: no member for ${placeholder}`);
    return `{${member.name}}`;
  });
  if (query === undefined) return { path };
  const [key, mode] = query.split('=');
  if (key !== 'mode' || mode === undefined) throw new Error(`${operation.uri}: a fixed query that is not understood`);
  return { path, mode };
}
