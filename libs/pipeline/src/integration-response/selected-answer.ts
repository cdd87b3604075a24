import type { ParameterMapping } from '@gatehouse/snapshot';
import { ERRORS } from '../gateway-response/gateway-error.js';
import { isHeaderValue } from '../http/byte-text.js';
import { headerInfo, isHeaderName } from '../http/header-info.js';
import type { IntegrationContext } from '../integration/compile-integration.js';
import { compileValues, type ParameterValues } from '../integration-request/parameter-value.js';
import type { AnswerDraft, AnswerStep } from '../rest-pipeline.js';
import { traceTowardClient } from '../trace.js';
import { undoCoding } from './decoded-body.js';

interface MappedHeader {
  name: string;
  lower: string;
  values: ParameterValues;
}

/** An integration response, compiled. */
export interface SelectedResponse {
  readonly status: number;
  readonly headers: readonly MappedHeader[];
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
    const headers: string[] = [];
    let hasContentType = false;
    let hasCoding = false;
    for (const { name, lower, values } of selected.headers) {
      const given = values(exchange, draft.headers);
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
    draft.status = selected.status;
    draft.headers = headers;
    return undefined;
  };
}

/** Throws for a mapping to what is no header. */
export function compileSelected(
  { statusCode, headers }: { statusCode: number; headers: readonly ParameterMapping[] },
  context: IntegrationContext,
): SelectedResponse {
  return { status: statusCode, headers: headers.flatMap((mapping) => compileHeader(mapping, context)) };
}

function compileHeader({ target, source }: ParameterMapping, context: IntegrationContext): MappedHeader[] {
  if (!isHeaderName(target.name)) throw new TypeError(`a mapping to ${JSON.stringify(target.name)}, which is no header`);
  const name = headerInfo(target.name).mappedAs;
  if (name === null) return [];
  return [{ name, lower: name.toLowerCase(), values: compileValues(source, context.parameterNames, context.openLiteral) }];
}
