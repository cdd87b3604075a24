import type { IdentitySource } from '@gatehouse/snapshot';
import { contextVariable } from '../../context-variables.js';
import type { Exchange } from '../../exchange.js';
import { utf8Bytes, type ByteText } from '../../http/byte-text.js';
import type { ServedStage } from '../../stage/served-stage.js';

/** The values that a request has in one source: several where it is repeated. */
export type SourceValues = (exchange: Exchange) => readonly ByteText[];

const NONE: readonly ByteText[] = [];

/** Compiles one identity source for a stage. Headers are the same in any case. */
export function sourceValues({ in: place, name }: IdentitySource, stage: ServedStage): SourceValues {
  switch (place) {
    case 'header':
      return headerValues(name);
    case 'querystring': {
      const bytes = utf8Bytes(name);
      return ({ query }) => {
        const values: ByteText[] = [];
        for (const parameter of query) if (parameter[0] === bytes) values.push(parameter[1]);
        return values;
      };
    }
    case 'stageVariables': {
      const value = stage.variables.get(name);
      const values = value === undefined ? NONE : [value];
      return () => values;
    }
    case 'context': {
      const variable = contextVariable(name);
      return (exchange) => {
        const value = exchange.additionalContext?.get(name) ?? variable?.(exchange);
        return value === undefined ? NONE : [value];
      };
    }
    default:
      return place satisfies never;
  }
}

/** Every value of a header, in order. @param name lower case */
export function headerValues(name: string): SourceValues {
  return ({ headers }) => {
    const { infos, raw } = headers;
    let values: ByteText[] | null = null;
    for (let i = 0; i < infos.length; i++) {
      const info = infos[i];
      if (info?.lower === name && !info.droppedOnArrival) (values ??= []).push(raw[2 * i + 1] as string);
    }
    return values ?? NONE;
  };
}

/**
 * What tells identities apart: all values of all sources, in the order of the sources, each with its length, and each source with the number of its values, so that no two lists of
 * values have the same text. Null where a source has no value, or an empty one.
 */
export function identityKey(sources: readonly SourceValues[], exchange: Exchange): string | null {
  let key = '';
  for (const source of sources) {
    const values = source(exchange);
    if (values.length === 0) return null;
    key += `${values.length};`;
    for (const value of values) {
      if (value === '') return null;
      key += `${value.length}:${value}`;
    }
  }
  return key;
}

/** The value of a header that has one value only; null where there is none, or several that differ: who reads the first and who reads the last would not agree. */
export function singleValue(source: SourceValues, exchange: Exchange): ByteText | null {
  const values = source(exchange);
  const first = values[0];
  return first === undefined || first === '' || (values.length > 1 && values.some((value) => value !== first)) ? null : first;
}
