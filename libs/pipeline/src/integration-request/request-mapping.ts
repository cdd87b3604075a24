import type { ParameterMapping } from '@gatehouse/snapshot';
import type { Exchange } from '../exchange.js';
import { ERRORS, type GatewayError } from '../gateway-response/gateway-error.js';
import { encodeComponent, isHeaderValue, utf8Bytes } from '../http/byte-text.js';
import type { PlaceholderValue } from './endpoint-uri.js';
import { isHeaderName } from '../http/header-info.js';
import { compileValues, type OpenLiteral, type ParameterValues } from './parameter-value.js';

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

const NO_ANSWER: readonly string[] = [];

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
  private readonly queries: readonly Mapped[];

  constructor(mappings: readonly ParameterMapping[], parameterNames: readonly string[], openLiteral: OpenLiteral) {
    const targets = (place: ParameterMapping['target']['in']): Mapped[] =>
      mappings
        .filter(({ target }) => target.in === place)
        .map(({ target, source }) => ({
          name: target.name,
          values: compileValues(source, parameterNames, openLiteral),
          blame: source.from === 'method.request' ? ERRORS.unmappableValue : ERRORS.misconfigured,
          encoded: source.from === 'method.request' && source.in === 'path',
        }));
    const headers = targets('header').map((mapped) => ({ ...mapped, lower: mapped.name.toLowerCase() }));
    for (const { name } of headers)
      if (!isHeaderName(name)) throw new TypeError(`a mapping to ${JSON.stringify(name)}, which is no header`);
    this.forbidden = headers.some(({ lower }) => FORBIDDEN.has(lower));
    this.headers = headers.filter(({ lower }) => !IGNORED.has(lower));
    this.paths = targets('path');
    this.placeholders = this.paths.map(({ name }) => name);
    this.queries = targets('querystring').map((mapped) => ({ ...mapped, name: encodeComponent(utf8Bytes(mapped.name)) }));
  }

  /** Whether `addHeaders` can add any. */
  get hasHeaders(): boolean {
    return this.headers.length > 0;
  }

  /** Appends the mapped headers to `out` and their names, lower case, to `names`. Several values are joined with a comma. */
  addHeaders(exchange: Exchange, out: string[], names: string[]): GatewayError | undefined {
    for (const { name, lower, values, blame } of this.headers) {
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
    for (const { values, encoded } of this.paths) {
      const given = values(exchange, NO_ANSWER);
      all.push(given.length === 0 ? undefined : { bytes: joined(given), encoded });
    }
    return all;
  }

  /** The mapped query parameters, encoded, appended to `query`; repeats stay repeats. */
  addQuery(exchange: Exchange, query: string): string {
    for (const { name, values } of this.queries) {
      for (const value of values(exchange, NO_ANSWER)) query += `${query === '' ? '' : '&'}${name}=${encodeComponent(value)}`;
    }
    return query;
  }
}

function joined(values: readonly string[]): string {
  return values.length === 1 ? (values[0] as string) : values.join(',');
}
