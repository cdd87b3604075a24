import { decodeQueryComponent, type ByteText } from './byte-text.js';

/** The parameters of a canonical query in their order, repeats kept, names and values decoded. */
export type QueryParameters = readonly (readonly [name: ByteText, value: ByteText])[];

/** Parses a canonical query; empty parts (`a=1&&b=2`) are skipped. */
export function parseQuery(query: string): QueryParameters {
  if (query === '') return [];
  const parameters: [string, string][] = [];
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    const value = equals < 0 ? '' : part.slice(equals + 1);
    parameters.push([decodeQueryComponent(name), decodeQueryComponent(value)]);
  }
  return parameters;
}
