import type { ParameterMapping, ResponseBodySnapshot } from '@gatehouse/snapshot';
import type { OverriddenTexts } from '@gatehouse/vtl';
import type { Exchange } from '../exchange.js';
import { ERRORS, type GatewayError } from '../gateway-response/gateway-error.js';
import { isHeaderValue, utf8Bytes } from '../http/byte-text.js';
import { headerInfo, isHeaderName } from '../http/header-info.js';
import type { IntegrationContext } from '../integration/compile-integration.js';
import { NoJsonBody } from '../integration-request/body-path.js';
import { compileValues, type Answer, type ParameterValues } from '../integration-request/parameter-value.js';
import type { AnswerDraft, AnswerStep } from '../rest-pipeline.js';
import { traceTowardClient } from '../trace.js';
import { undoCoding } from './decoded-body.js';
import { contentTypeOf, ResponseTransform } from './response-transform.js';

interface MappedHeader {
  name: string;
  lower: string;
  values: ParameterValues;
}

/** An integration response, compiled. */
export interface SelectedResponse {
  readonly status: number;
  readonly headers: readonly MappedHeader[];
  readonly transform: ResponseTransform;
  /** Something looks into the body, so that it has to be there whole. */
  readonly readsBody: boolean;
}

/**
 * Integration response of what is no proxy: the response that is selected gives the status and, by its mappings alone, the headers. Without one that fits, 500.
 */
export function selectedAnswer(
  select: (draft: AnswerDraft) => SelectedResponse | undefined,
  { traced }: { traced: boolean },
): AnswerStep {
  return (exchange, draft) => {
    const selected = select(draft);
    // A status below 200 would not end the exchange: the client takes what follows for its answer (RFC 9110, 15.2).
    if (selected === undefined || selected.status < 200) return ERRORS.misconfigured;
    const whole = selected.readsBody ? wholeBodyOf(draft) : null;
    const answer: Answer = { headers: draft.headers, body: whole };
    if (whole !== null && !selected.transform.passesAll) {
      const body = selected.transform.apply(exchange, whole, contentTypeOf(draft.headers));
      if (!Buffer.isBuffer(body)) return body;
      draft.body = body;
      draft.length = body.length;
    }
    const { overrides } = exchange;
    const headers: string[] = [];
    let hasContentType = false;
    let hasCoding = false;
    if (overrides !== null) {
      const refusal = addOverridden(overrides.responseHeaders, headers);
      if (refusal !== undefined) return refusal;
    }
    const overridden = headers.length;
    for (let i = 0; i < overridden; i += 2) {
      const lower = (headers[i] as string).toLowerCase();
      if (lower === 'content-type') hasContentType = true;
      if (lower === 'content-encoding') hasCoding = true;
    }
    for (const { name, lower, values } of selected.headers) {
      if (overridden > 0 && isAmong(headers, overridden, lower)) continue;
      const given = mappedValues(values, exchange, answer);
      if (given === undefined) return ERRORS.misconfigured;
      if (given.length === 0) continue;
      const value = given.length === 1 ? (given[0] as string) : given.join(',');
      if (!isHeaderValue(value)) return ERRORS.misconfigured;
      headers.push(name, value);
      if (lower === 'content-type') hasContentType = true;
      if (lower === 'content-encoding') hasCoding = true;
    }
    if (!hasContentType) headers.push('Content-Type', 'application/json');
    if (traced) headers.push('X-Amzn-Trace-Id', traceTowardClient(exchange.trace));
    // Without its Content-Encoding a body must not stay encoded; one that cannot be decoded keeps the header, mapped or not.
    if (!hasCoding) {
      for (let i = 0; i < draft.headers.length; i += 2) {
        const value = draft.headers[i + 1] as string;
        if (headerInfo(draft.headers[i] as string).lower !== 'content-encoding') continue;
        if (!undoCoding(exchange, draft, value)) headers.push('Content-Encoding', value);
      }
    }
    draft.status = overrides?.responseStatus ?? selected.status;
    if (draft.status < 200) return ERRORS.misconfigured;
    draft.headers = headers;
    return undefined;
  };
}

const NO_BYTES = Buffer.alloc(0);

/** What needs the body of an answer takes it whole before this step. */
function wholeBodyOf({ body }: AnswerDraft): Buffer {
  if (body !== null && !Buffer.isBuffer(body)) throw new Error('the body of the answer is not there whole');
  return body ?? NO_BYTES;
}

/** Undefined where a mapping looks into a body that is no JSON. */
function mappedValues(values: ParameterValues, exchange: Exchange, answer: Answer): readonly string[] | undefined {
  try {
    return values(exchange, answer);
  } catch (error) {
    if (error instanceof NoJsonBody) return undefined;
    throw error;
  }
}

/** What templates have set, under the names that reach clients. */
function addOverridden(overridden: OverriddenTexts, out: string[]): GatewayError | undefined {
  for (const [given, values] of overridden) {
    const value = utf8Bytes(values.join(','));
    if (!isHeaderName(given) || !isHeaderValue(value)) return ERRORS.misconfigured;
    const name = headerInfo(given).mappedAs;
    if (name !== null) out.push(name, value);
  }
  return undefined;
}

function isAmong(headers: readonly string[], end: number, lower: string): boolean {
  for (let i = 0; i < end; i += 2) if ((headers[i] as string).toLowerCase() === lower) return true;
  return false;
}

/** Throws for a mapping to what is no header, and for a template that does not open. */
export function compileSelected(
  response: { statusCode: number; headers: readonly ParameterMapping[] } & ResponseBodySnapshot,
  context: IntegrationContext,
): SelectedResponse {
  const { statusCode, headers } = response;
  const transform = new ResponseTransform(response, context);
  return {
    status: statusCode,
    headers: headers.flatMap((mapping) => compileHeader(mapping, context)),
    transform,
    readsBody: !transform.passesAll || headers.some(({ source }) => source.from === 'integration.response.body'),
  };
}

function compileHeader({ target, source }: ParameterMapping, context: IntegrationContext): MappedHeader[] {
  if (!isHeaderName(target.name)) throw new TypeError(`a mapping to ${JSON.stringify(target.name)}, which is no header`);
  const name = headerInfo(target.name).mappedAs;
  if (name === null) return [];
  return [{ name, lower: name.toLowerCase(), values: compileValues(source, context.parameterNames, context.openLiteral) }];
}
