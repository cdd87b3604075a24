import { stringify } from 'yaml';

/** A document as text, laid out as Amazon API Gateway does: JSON with an indent of two, or YAML with quoted values. */
export function printDocument(document: unknown, mediaType: 'application/json' | 'application/yaml'): string {
  if (mediaType === 'application/json') return JSON.stringify(document, null, 2);
  return (
    '---\n' +
    stringify(document, {
      aliasDuplicateObjects: false,
      defaultKeyType: 'PLAIN',
      defaultStringType: 'QUOTE_DOUBLE',
      indentSeq: false,
      keepUndefined: false,
      lineWidth: 0,
    })
  );
}
