import type { ParameterMapping } from '@gatehouse/snapshot';
import type { Exchange } from '../exchange.js';
import { ERRORS, type GatewayError } from '../gateway-response/gateway-error.js';
import { encodeComponent, isHeaderValue, utf8Bytes } from '../http/byte-text.js';
import type { PlaceholderValue } from './endpoint-uri.js';
import { isHeaderName } from '../http/header-info.js';
import { compileValues, NO_ANSWER, type OpenLiteral, type ParameterValues } from './parameter-value.js';
import type { OverriddenTexts } from '@gatehouse/vtl';

/** Mappings to these are answered 500 by AWS; the compiler refuses them, so they are met only in documents of another origin. */
const FORBIDDEN = new Set(['content-length', 'transfer-encoding', 'x-amzn-trace-id', 'x-amzn-apigateway-api-id']);
/** Mappings to these set nothing (AWS), or would steer the connection to the backend. */
const IGNORED = new Set([
  'expect',
  'proxy-authenticate',
  'te',
  'via',
  'connection',
  'keep-alive',
  'proxy-connection',
  'upgrade',
  'trailer',
  'http2-settings',
]);

interface Mapped {
  name: string;
  values: ParameterValues;
  /** What a request fails of when the value cannot stand there: a client's values are its own fault. */
  blame: GatewayError;
  /** The value comes from the request's path. */
  encoded: boolean;
}

/** The parameter mappings of one integration request. */
export class RequestMapping {
  /** Names of the placeholders that get values, in the order of `pathValues`. */
  readonly placeholders: readonly string[];
  /** True when a mapping goes to a header that AWS answers 500 for. */
  readonly forbidden: boolean;
  private readonly headers: readonly (Mapped & { lower: string })[];
  private readonly paths: readonly Mapped[];
  private readonly queries: readonly (Mapped & { override: string })[];
  /** A mapping takes from the request's body, which has to be there whole. */
  readonly readsBody: boolean;

  constructor(mappings: readonly ParameterMapping[], parameterNames: readonly string[], openLiteral: OpenLiteral) {
    const targets = (place: ParameterMapping['target']['in']): Mapped[] =>
      mappings
        .filter(({ target }) => target.in === place)
        .map(({ target, source }) => ({
          name: target.name,
          values: compileValues(source, parameterNames, openLiteral),
          blame:
            source.from === 'method.request' || source.from === 'method.request.body'
              ? ERRORS.unmappableValue
              : ERRORS.misconfigured,
          encoded: source.from === 'method.request' && source.in === 'path',
        }));
    const headers = targets('header').map((mapped) => ({ ...mapped, lower: mapped.name.toLowerCase() }));
    for (const { name } of headers)
      if (!isHeaderName(name)) throw new TypeError(`a mapping to ${JSON.stringify(name)}, which is no header`);
    this.forbidden = headers.some(({ lower }) => FORBIDDEN.has(lower));
    this.headers = headers.filter(({ lower }) => !IGNORED.has(lower));
    this.paths = targets('path');
    this.placeholders = this.paths.map(({ name }) => name);
    this.queries = targets('querystring').map((mapped) => ({
      ...mapped,
      name: encodeComponent(utf8Bytes(mapped.name)),
      override: mapped.name,
    }));
    this.readsBody = mappings.some(({ source }) => source.from === 'method.request.body');
  }

  /** Whether `addHeaders` can add any but those that a template sets. */
  get hasHeaders(): boolean {
    return this.headers.length > 0;
  }

  /**
   * Appends the mapped headers to `out` and their names, lower case, to `names`: those that a template has set, and those of the mappings that it has not. Several values
   * are joined with a comma.
   */
  addHeaders(exchange: Exchange, out: string[], names: string[]): GatewayError | undefined {
    const refusal = addOverriddenHeaders(exchange.overrides?.requestHeaders ?? NOTHING_OVERRIDDEN, out, names);
    if (refusal !== undefined) return refusal;
    const overridden = names.length;
    for (const { name, lower, values, blame } of this.headers) {
      if (overridden > 0 && names.includes(lower)) continue;
      const given = values(exchange, NO_ANSWER);
      if (given.length === 0) continue;
      const value = joined(given);
      if (!isHeaderValue(value)) return blame;
      out.push(name, value);
      names.push(lower);
    }
    return undefined;
  }

  /** Values of the URI's placeholders. */
  pathValues(exchange: Exchange): (PlaceholderValue | undefined)[] {
    const all: (PlaceholderValue | undefined)[] = [];
    const overridden = exchange.overrides?.requestPath ?? NOTHING_OVERRIDDEN;
    for (const { name, values, encoded } of this.paths) {
      const instead = overridden.get(name);
      if (instead !== undefined) {
        all.push({ bytes: utf8Bytes(joined(instead)), encoded: false });
        continue;
      }
      const given = values(exchange, NO_ANSWER);
      all.push(given.length === 0 ? undefined : { bytes: joined(given), encoded });
    }
    return all;
  }

  /** The mapped query parameters, encoded, appended to `query`; repeats stay repeats. */
  addQuery(exchange: Exchange, query: string): string {
    const overridden = exchange.overrides?.requestQuery ?? NOTHING_OVERRIDDEN;
    for (const { name, values, override } of this.queries) {
      if (overridden.has(override)) continue;
      for (const value of values(exchange, NO_ANSWER)) query = withParameter(query, name, value);
    }
    for (const [name, values] of overridden) {
      for (const value of values) query = withParameter(query, encodeComponent(utf8Bytes(name)), utf8Bytes(value));
    }
    return query;
  }
}

const NOTHING_OVERRIDDEN: OverriddenTexts = new Map();

/** What templates set is the API's own: a value that cannot stand in a header is a fault of the API. */
function addOverriddenHeaders(overridden: OverriddenTexts, out: string[], names: string[]): GatewayError | undefined {
  for (const [name, given] of overridden) {
    const lower = name.toLowerCase();
    if (FORBIDDEN.has(lower)) return ERRORS.forbiddenMapping;
    const value = utf8Bytes(joined(given));
    if (!isHeaderName(name) || !isHeaderValue(value)) return ERRORS.misconfigured;
    if (IGNORED.has(lower)) continue;
    out.push(name, value);
    names.push(lower);
  }
  return undefined;
}

function withParameter(query: string, name: string, value: string): string {
  return `${query}${query === '' ? '' : '&'}${name}=${encodeComponent(value)}`;
}

function joined(values: readonly string[]): string {
  return values.length === 1 ? (values[0] as string) : values.join(',');
}
