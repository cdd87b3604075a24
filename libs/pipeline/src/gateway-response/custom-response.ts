import { DEFAULT_GATEWAY_RESPONSE_TEMPLATE } from '@gatehouse/api-model';
import type { GatewayResponseSnapshot, ParameterMapping, ParameterSource } from '@gatehouse/snapshot';
import { contextVariable } from '../context-variables.js';
import type { Exchange } from '../exchange.js';
import { mediaType } from '../http/binary-media-types.js';
import { isHeaderValue, type ByteText } from '../http/byte-text.js';
import type { GatewayResponse } from '../http/gateway-response.js';
import { ACCEPT, headerInfo, isHeaderName } from '../http/header-info.js';
import { compileValues, NO_ANSWER, type OpenLiteral, type ParameterValues } from '../integration-request/parameter-value.js';
import { parameterNames } from '../routing/route-tree.js';
import { splitReferences } from '../variable-text.js';
import { answerError } from './answer-error.js';
import type { GatewayError } from './gateway-error.js';

/** Most bytes that a template may make: what of a client stands in it often could make an answer of any size. Beyond it the body is AWS's. */
const MOST_BODY_BYTES = 307_200;
const JSON_TYPE = 'application/json';
const NO_VALUES: readonly string[] = [];
const METHOD_REQUEST = /^method\.request\.(header|path|querystring)\.(.+)$/;

interface MappedHeader {
  readonly name: string;
  readonly values: ParameterValues;
}

type Value = (exchange: Exchange) => ByteText | undefined;

/** A template's pieces; null where it says what AWS's own says, whose bytes are at hand. */
type Template = readonly (ByteText | Value)[] | null;

/** A gateway response that an API has changed, compiled. */
export class CustomResponse {
  private readonly status: number | null;
  private readonly headers: readonly MappedHeader[];
  private readonly templates: ReadonlyMap<string, Template>;
  /** What answers whoever accepts something for which there is no template. */
  private readonly fallback: string;

  /** Throws where a literal does not open, or a mapping leads to what is no header. */
  constructor({ responseType, statusCode, headers, templates }: GatewayResponseSnapshot, openLiteral: OpenLiteral) {
    this.status = statusCode;
    try {
      if (statusCode !== null && statusCode < 200) throw new TypeError(`status ${statusCode} ends no exchange`);
      this.headers = compileHeaders(headers, openLiteral);
      this.templates = new Map(templates.map(([type, sealed]) => [type, compileTemplate(openLiteral(sealed), openLiteral)]));
    } catch (error) {
      throw new Error(`gateway response ${responseType}: ${(error as Error).message}`, { cause: error });
    }
    const [first = JSON_TYPE] = this.templates.keys();
    this.fallback = this.templates.has(JSON_TYPE) ? JSON_TYPE : first;
  }

  /** The answer to a request that failed. No value of a client's can end a header of it: one that could is left out. */
  answer(error: GatewayError, exchange: Exchange): GatewayResponse {
    const { headers, body } = answerError(error, exchange.requestId, exchange.extendedRequestId);
    const type = this.contentType(exchange);
    const bytes = this.render(type, exchange) ?? body;
    return {
      status: this.status ?? error.status,
      headers: this.withMapped(bytes === body ? headers : replaced(headers, 'Content-Type', type), exchange),
      body: bytes,
      length: bytes.length,
    };
  }

  /** Only the first media type that an Accept names counts, as for integration responses. */
  private contentType({ headers }: Exchange): string {
    const accepted = mediaType(headers.first(ACCEPT)?.split(',', 1)[0]);
    return this.templates.has(accepted) ? accepted : this.fallback;
  }

  /** Null for AWS's own body. */
  private render(type: string, exchange: Exchange): Buffer | null {
    const template = this.templates.get(type);
    if (!template) return null;
    let text = '';
    for (const piece of template) {
      text += typeof piece === 'string' ? piece : (piece(exchange) ?? '');
      if (text.length > MOST_BODY_BYTES) return null;
    }
    return Buffer.from(text, 'latin1');
  }

  private withMapped(own: readonly string[], exchange: Exchange): readonly string[] {
    let all = own;
    for (const { name, values } of this.headers) {
      const given = values(exchange, NO_ANSWER);
      const value = given.length === 1 ? (given[0] as string) : given.join(',');
      if (given.length > 0 && isHeaderValue(value)) all = replaced(all, name, value);
    }
    return all;
  }
}

/** The headers with one of them set: in the place that it has, else behind them. */
function replaced(headers: readonly string[], name: string, value: string): readonly string[] {
  const place = headers.findIndex((given, index) => index % 2 === 0 && given.toLowerCase() === name.toLowerCase());
  return place < 0 ? [...headers, name, value] : headers.with(place, name).with(place + 1, value);
}

function compileHeaders(mappings: readonly ParameterMapping[], openLiteral: OpenLiteral): MappedHeader[] {
  return mappings.flatMap(({ target, source }) => {
    if (!isHeaderName(target.name)) throw new TypeError(`a mapping to ${JSON.stringify(target.name)}, which is no header`);
    const name = headerInfo(target.name).mappedAs;
    return name === null ? [] : [{ name, values: compileSource(source, openLiteral) }];
  });
}

/** An error may come of any method: which of the path's values goes by a name is looked up when it is needed. */
function compileSource(source: ParameterSource, openLiteral: OpenLiteral): ParameterValues {
  if (source.from !== 'method.request' || source.in !== 'path') return compileValues(source, [], openLiteral);
  return ({ route, pathValues }) => {
    const place = route === null ? -1 : parameterNames(route.path).indexOf(source.name);
    return place < 0 ? NO_VALUES : [pathValues[place] as string];
  };
}

/** Templates of gateway responses are no Velocity: references are replaced, and nothing else happens. Source: AWS, "Set up gateway responses". */
function compileTemplate(text: string, openLiteral: OpenLiteral): Template {
  if (text === DEFAULT_GATEWAY_RESPONSE_TEMPLATE) return null;
  return splitReferences<Value>(text, (reference) => compileReference(reference, openLiteral));
}

function compileReference(reference: string, openLiteral: OpenLiteral): Value | undefined {
  const [, place, parameter] = METHOD_REQUEST.exec(reference) ?? [];
  if (place && parameter) {
    const source = {
      from: 'method.request' as const,
      in: place as 'header' | 'path' | 'querystring',
      name: parameter,
      multiValue: false,
    };
    const values = compileSource(source, openLiteral);
    return (exchange) => values(exchange, NO_ANSWER)[0];
  }
  const [, kind, name] = /^(context|stageVariables)\.(.+)$/s.exec(reference) ?? [];
  if (!kind || !name) return undefined;
  if (kind === 'stageVariables') return ({ stage }) => stage?.variables.get(name);
  return contextVariable(name) ?? (() => undefined);
}
