import type { ParameterSource } from '@gatehouse/snapshot';
import { compileBodyPath } from './body-path.js';
import { contextVariable } from '../context-variables.js';
import type { Exchange } from '../exchange.js';
import { utf8Bytes, type ByteText } from '../http/byte-text.js';
import { headerInfo } from '../http/header-info.js';

/** Opens a literal that travelled sealed. Throws when no key at hand opens it. */
export type OpenLiteral = (sealed: string) => string;

/** What mappings take from a backend's answer. */
export interface Answer {
  /** Name, value, name, value ... */
  readonly headers: readonly string[];
  /** Whole where a mapping takes something from it; else it may not be there. */
  readonly body: Buffer | null;
}

/** Where there is no answer yet, or none of a backend. */
export const NO_ANSWER: Answer = { headers: [], body: null };

/**
 * Values that a mapping takes from a request, or from its backend's answer: none when the source has no value, several only when the source
 * is of several values.
 */
export type ParameterValues = (exchange: Exchange, answer: Answer) => readonly ByteText[];

const NONE: readonly ByteText[] = [];
const nothing: ParameterValues = () => NONE;

/** Compiles the source of a mapping. */
export function compileValues(
  source: ParameterSource,
  parameterNames: readonly string[],
  openLiteral: OpenLiteral,
): ParameterValues {
  switch (source.from) {
    case 'literal': {
      const values = [utf8Bytes(openLiteral(source.value))];
      return () => values;
    }
    case 'stageVariables': {
      const { name } = source;
      return ({ stage }) => one(stage?.variables.get(name));
    }
    case 'context': {
      const variable = contextVariable(source.name);
      return variable ? (exchange) => one(variable(exchange)) : nothing;
    }
    case 'method.request':
      return compileRequestValues(source, parameterNames);
    case 'integration.response': {
      const name = source.name.toLowerCase();
      return source.multiValue ? (_, { headers }) => named(headers, name) : (_, { headers }) => named(headers, name).slice(-1);
    }
    case 'method.request.body': {
      const find = compileBodyPath(source.path);
      return ({ wholeBody }) => one(wholeBody === null ? undefined : find(wholeBody));
    }
    case 'integration.response.body': {
      const find = compileBodyPath(source.path);
      return (_, { body }) => one(body === null ? undefined : find(body));
    }
    default:
      return source satisfies never;
  }
}

function compileRequestValues(
  source: Extract<ParameterSource, { from: 'method.request' }>,
  parameterNames: readonly string[],
): ParameterValues {
  const { name, multiValue } = source;
  switch (source.in) {
    case 'path': {
      const place = parameterNames.indexOf(name);
      return place < 0 ? nothing : ({ pathValues }) => one(pathValues[place]);
    }
    case 'header':
      if (headerInfo(name).droppedOnArrival) return nothing;
      return multiValue ? ({ headers }) => headers.values(name) : ({ headers }) => headers.values(name).slice(-1);
    case 'querystring': {
      const bytes = utf8Bytes(name);
      const all = ({ query }: Exchange) => query.filter(([given]) => given === bytes).map(([, value]) => value);
      return multiValue ? all : (exchange) => all(exchange).slice(-1);
    }
    default:
      return source.in satisfies never;
  }
}

function one(value: string | undefined): readonly ByteText[] {
  return value === undefined ? NONE : [value];
}

function named(headers: Answer['headers'], lowerName: string): ByteText[] {
  const values: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    if ((headers[i] as string).toLowerCase() === lowerName) values.push(headers[i + 1] as string);
  }
  return values;
}
