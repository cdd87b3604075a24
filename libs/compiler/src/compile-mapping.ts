import { compileJsonPath, JsonPathSyntaxError } from '@gatehouse/json-path';
import type { ParameterMapping, ParameterSource } from '@gatehouse/snapshot';
import { sealLiteral, type CompileContext } from './sealed-literal.js';
import type { SelectionPatterns } from './selection-pattern.js';
import type { Refusals } from './unenforceable-settings.js';

/**
 * AWS accepts mappings to these and then answers every call of the method with 500, so such a deployment could serve nothing: it is refused
 * instead. Source: recorded behaviour ("parameter mapping to a forbidden integration header").
 */
const ANSWERED_500_BY_AWS = new Set(['content-length', 'transfer-encoding', 'x-amzn-trace-id', 'x-amzn-apigateway-api-id']);

/** These steer the connection to the backend, which is the gateway's own and shared by clients: no mapping may reach it. */
const CONNECTION_HEADERS = new Set(['connection', 'keep-alive', 'proxy-connection', 'upgrade', 'http2-settings', 'trailer']);

/** AWS takes mappings to these and drops the headers on the way to the backend. */
const DROPPED_SILENTLY = new Set(['expect', 'proxy-authenticate', 'te']);

/** RFC 9110, 5.6.2. */
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What may not stand in a header's value (RFC 9110, 5.5): everything below a blank but the tab, and DEL. */
const CONTROL_CHARACTER = /[\x00-\x08\x0a-\x1f\x7f]/;

const REQUEST_TARGET = /^integration\.request\.(header|path|querystring)\.(.+)$/;
const RESPONSE_TARGET = /^method\.response\.(header)\.(.+)$/;
const GATEWAY_RESPONSE_TARGET = /^gatewayresponse\.(header|path|querystring)\.(.+)$/;
const METHOD_REQUEST = /^method\.request\.(header|path|querystring|multivalueheader|multivaluequerystring)\.(.+)$/;
const INTEGRATION_RESPONSE = /^integration\.response\.(header|multivalueheader)\.(.+)$/;
const LITERAL = /^'(.*)'$/s;

export interface MappingContext extends CompileContext {
  apiId: string;
  refusals: Refusals;
  patterns: SelectionPatterns;
}

/** Compiles `integration.request...` -> expression; what no gateway can map is added to the refusals. */
export function compileRequestMappings(parameters: Record<string, string>, context: MappingContext): ParameterMapping[] {
  return compileMappings(parameters, REQUEST_TARGET, isRequestHeader, requestSource, context).filter(
    ({ target }) => target.in !== 'header' || !DROPPED_SILENTLY.has(target.name.toLowerCase()),
  );
}

/**
 * Compiles `method.response.header...` -> expression; what no gateway can map is added to the refusals. Any header may be a target: those that
 * speak of the connection reach the client under another name or not at all, as on AWS.
 */
export function compileResponseMappings(parameters: Record<string, string>, context: MappingContext): ParameterMapping[] {
  return compileMappings(parameters, RESPONSE_TARGET, (name) => HEADER_NAME.test(name), responseSource, context);
}

/**
 * Compiles `gatewayresponse.header...` -> expression. AWS takes paths and query strings as targets too; an answer has neither, so that they set nothing.
 */
export function compileGatewayResponseMappings(parameters: Record<string, string>, context: MappingContext): ParameterMapping[] {
  return compileMappings(parameters, GATEWAY_RESPONSE_TARGET, (name) => HEADER_NAME.test(name), parameterSource, context).filter(
    ({ target }) => target.in === 'header',
  );
}

type ReadSource = (expression: string) => ParameterSource | undefined;

function compileMappings(
  parameters: Record<string, string>,
  targetPattern: RegExp,
  isHeader: (name: string) => boolean,
  readSource: ReadSource,
  context: MappingContext,
): ParameterMapping[] {
  const mappings: ParameterMapping[] = [];
  for (const [key, expression] of Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const target = readTarget(key, targetPattern, isHeader);
    const literal = LITERAL.exec(expression)?.[1];
    const source =
      literal === undefined
        ? (readSource(expression) ?? sharedSource(expression))
        : ({ from: 'literal', value: sealLiteral(context, context.apiId, literal) } as const);
    if (!target) context.refusals.add(`mapping to ${key}`);
    else if (!source) context.refusals.add(`mapping of ${key} from ${describeSource(expression)}`);
    else if (target.in === 'header' && literal !== undefined && CONTROL_CHARACTER.test(literal)) {
      context.refusals.add(`control characters in the literal mapped to ${key}`);
    } else mappings.push({ target, source });
  }
  return mappings;
}

/** Names a source that cannot be mapped, but not one that may be a secret written without its quotes. */
function describeSource(expression: string): string {
  return /^(?:method\.request|integration\.response|context|stageVariables)\b/.test(expression)
    ? expression
    : 'an unknown source';
}

function readTarget(key: string, pattern: RegExp, isHeader: (name: string) => boolean): ParameterMapping['target'] | undefined {
  const [, place, name] = pattern.exec(key) ?? [];
  if (!place || !name) return undefined;
  const target = { in: place as ParameterMapping['target']['in'], name };
  return target.in === 'header' && !isHeader(name) ? undefined : target;
}

function isRequestHeader(name: string): boolean {
  const lowered = name.toLowerCase();
  return HEADER_NAME.test(name) && !ANSWERED_500_BY_AWS.has(lowered) && !CONNECTION_HEADERS.has(lowered);
}

const REQUEST_BODY = /^method\.request\.body(?:\.(.+))?$/s;
const RESPONSE_BODY = /^integration\.response\.body(?:\.(.+))?$/s;

/** Undefined for what names no body, and for what is no JSONPath. */
function bodySource(expression: string, pattern: RegExp, from: 'method.request.body' | 'integration.response.body') {
  const found = pattern.exec(expression);
  if (found === null) return undefined;
  const path = found[1] === undefined ? null : `$.${found[1]}`;
  return path === null || isJsonPath(path) ? { from, path } : undefined;
}

function isJsonPath(path: string): boolean {
  try {
    compileJsonPath(path);
    return true;
  } catch (error) {
    if (!(error instanceof JsonPathSyntaxError)) throw error;
    return false;
  }
}

const requestSource: ReadSource = (expression) =>
  bodySource(expression, REQUEST_BODY, 'method.request.body') ?? parameterSource(expression);

const parameterSource: ReadSource = (expression) => {
  const [, place, name] = METHOD_REQUEST.exec(expression) ?? [];
  if (!place || !name) return undefined;
  const multiValue = place.startsWith('multivalue');
  return { from: 'method.request', in: place.replace('multivalue', '') as 'header' | 'path' | 'querystring', name, multiValue };
};

const responseSource: ReadSource = (expression) => {
  const body = bodySource(expression, RESPONSE_BODY, 'integration.response.body');
  if (body) return body;
  const [, place, name] = INTEGRATION_RESPONSE.exec(expression) ?? [];
  if (!place || !name) return undefined;
  return { from: 'integration.response', in: 'header', name, multiValue: place === 'multivalueheader' };
};

function sharedSource(expression: string): ParameterSource | undefined {
  const [, from, name] = /^(context|stageVariables)\.(.+)$/.exec(expression) ?? [];
  if (!from || !name) return undefined;
  return { from: from as 'context' | 'stageVariables', name };
}
