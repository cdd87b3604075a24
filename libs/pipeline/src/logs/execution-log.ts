import type { Exchange } from '../exchange.js';
import type { GatewayError } from '../gateway-response/gateway-error.js';
import { textOf } from '../http/byte-text.js';
import type { GatewayResponse } from '../http/gateway-response.js';
import type { AnswerDraft } from '../rest-pipeline.js';
import { BodyCapture, utf8Start } from './body-capture.js';
import { failureSentence } from './failure-sentence.js';
import { withoutSecrets, type Redaction } from './redacted.js';
import { toldKey } from './told-key.js';

/** Bytes of a body that are told. Source: AWS, "Set up CloudWatch logging for REST APIs". */
const TOLD_OF_A_BODY = 1024;
/** Longest secret that is looked for in what is told of bodies. */
const LONGEST_SECRET = 8192;

/** What the execution log of a method is: the same for all its requests. */
export interface ExecutionLogSettings {
  readonly logGroup: string;
  /** `ERROR`: what went wrong, and nothing else. */
  readonly level: 'ERROR' | 'INFO';
  /** Headers, parameters and bodies too. */
  readonly dataTrace: boolean;
  readonly redaction: Redaction;
}

interface Entry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
  /** What follows the text: more of it may still go by. */
  readonly body: BodyCapture | null;
  readonly isError: boolean;
}

/** A sentence of an execution log. */
export interface ExecutionSentence {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** As AWS says it, in any number of lines. */
  readonly text: string;
}

/**
 * What happens to one request, in AWS's sentences and in their order. There is one only where its stage wants it, or a test invocation. Bodies are seen as they go by,
 * so that the sentences are whole when the connection is done with the request.
 */
export class ExecutionLog {
  private readonly entries: Entry[] = [];
  private readonly requestBody: BodyCapture | null;

  constructor(
    readonly settings: ExecutionLogSettings,
    private readonly exchange: Exchange,
  ) {
    this.note(`Extended Request Id: ${exchange.extendedRequestId}`);
    const capture = (this.requestBody = settings.dataTrace ? newCapture() : null);
    if (capture !== null) exchange.request.body.through((body) => capture.watch(body));
  }

  /** Tells anything that goes well. */
  note(text: string): void {
    this.add(text, null, false);
  }

  private add(text: string, body: BodyCapture | null, isError: boolean): void {
    this.entries.push({ at: Date.now(), text, body, isError });
  }

  /** Tells what is told of data only. */
  trace(text: string): void {
    if (this.settings.dataTrace) this.note(text);
  }

  /** Tells of a body, which goes on being the same. */
  traceBody<Body extends AnswerDraft['body']>(text: string, body: Body): Body | AnswerDraft['body'] {
    if (!this.settings.dataTrace) return body;
    const capture = newCapture();
    this.add(text, capture, false);
    return capture.watch(body);
  }

  /** The request's API key is about to be looked at. */
  verifying(): undefined {
    const { stage, requestId } = this.exchange;
    this.note(`Verifying Usage Plan for request: ${requestId}. API Key: ${toldKey(this.exchange)} API Stage: ${stage?.key}`);
  }

  /** Nothing stands in the way of the request any more but itself. */
  started(): undefined {
    const { exchange } = this;
    const { stage, route, requestId, httpMethod, headers } = exchange;
    const key = toldKey(exchange);
    if (route?.apiKeyRequired === false) {
      const told = `API Key ${key} authorized because method '${httpMethod} ${route.path}' does not require API Key.`;
      this.note(`${told} Request will not contribute to throttle or quota limits`);
    }
    this.note(`Usage Plan check succeeded for API Key ${key} and API Stage ${stage?.key}`);
    this.note(`Starting execution for request: ${requestId}`);
    this.note(`HTTP Method: ${textOf(httpMethod)}, Resource Path: ${route?.path}`);
    const names = route?.parameterNames ?? [];
    this.trace(`Method request path: ${this.map(names.flatMap((name, i) => [name, exchange.pathValues[i] ?? '']))}`);
    this.trace(`Method request query string: ${this.map(exchange.query.flat())}`);
    this.trace(`Method request headers: ${this.map(headers.raw)}`);
    if (this.requestBody !== null) this.add('Method request body before transformations: ', this.requestBody, false);
  }

  /** The request to the backend is made; MOCK makes none. */
  sending(): undefined {
    const { exchange } = this;
    const { backendRequest } = exchange;
    if (backendRequest === null) return undefined;
    const { origin, path, headers, lines, body } = backendRequest;
    const uri = this.settings.redaction.uri(origin + path);
    this.trace(`Endpoint request URI: ${uri}`);
    this.trace(`Endpoint request headers: ${this.map([...headers, ...pairsOf(lines)])}`);
    const watched = this.traceBody('Endpoint request body after transformations: ', body);
    if (watched !== body) exchange.backendRequest = { ...backendRequest, body: watched as typeof body };
    this.note(`Sending request to ${uri}`);
  }

  /** A backend has answered. */
  received(draft: AnswerDraft): undefined {
    const { backendRequest, integrationStartedAt: from, integrationEndedAt: to } = this.exchange;
    if (backendRequest === null) return undefined;
    const latency = from === null || to === null ? 0 : Math.round(to - from);
    this.note(`Received response. Status: ${draft.status}, Integration latency: ${latency} ms`);
    this.trace(`Endpoint response headers: ${this.map(draft.headers)}`);
    draft.body = this.traceBody('Endpoint response body before transformations: ', draft.body);
  }

  /** The answer to the client is made. */
  completed(draft: AnswerDraft): undefined {
    draft.body = this.traceBody('Method response body after transformations: ', draft.body);
    this.trace(`Method response headers: ${this.map(draft.headers)}`);
    this.note('Successfully completed execution');
    this.note(`Method completed with status: ${draft.status}`);
  }

  /** The request ends with an error, which is answered so. */
  failed(error: GatewayError, { status, headers, body }: GatewayResponse): void {
    this.add(failureSentence(error, this.exchange), null, true);
    this.add(`Gateway response type: ${error.responseType} with status code: ${status}`, null, true);
    this.traceBody('Gateway response body: ', body);
    this.trace(`Gateway response headers: ${this.map(headers)}`);
    this.add(`Method completed with status: ${status}`, null, true);
  }

  /** All that was told at the log's level, without the secrets that the request brought. */
  sentences(): ExecutionSentence[] {
    const { exchange, settings } = this;
    const { headers, authorizer, query } = exchange;
    const key = authorizer?.usageIdentifierKey;
    const secrets = settings.redaction.secretsOf([...headers.raw, ...query.flat(), ...(key ? ['x-api-key', key] : [])]);
    const told = settings.level === 'INFO' ? this.entries : this.entries.filter(({ isError }) => isError);
    return told.map(({ at, text, body }) => ({
      at,
      text: withoutSecrets(secrets, text) + (body === null ? '' : bodyText(body, secrets)),
    }));
  }

  /** `{Name=value, Name=value}`, as Java prints a map. */
  private map(pairs: readonly string[]): string {
    const { redaction } = this.settings;
    const members: string[] = [];
    for (let i = 0; i < pairs.length; i += 2) {
      const name = pairs[i] as string;
      members.push(textOf(`${name}=${redaction.value(name, pairs[i + 1] as string)}`));
    }
    return `{${members.join(', ')}}`;
  }
}

/** More than is told, so that no secret is cut at the end of it before it is found. */
function newCapture(): BodyCapture {
  return new BodyCapture(TOLD_OF_A_BODY + LONGEST_SECRET);
}

/** Lines of a head as name, value, name, value ... */
function pairsOf(lines: string): string[] {
  return lines
    .split('\r\n')
    .filter((line) => line !== '')
    .flatMap((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]);
}

function bodyText(body: BodyCapture, secrets: readonly string[]): string {
  const text = body.text();
  if (text === undefined) return '[Binary Data]';
  const bytes = Buffer.from(withoutSecrets(secrets, text));
  if (bytes.length <= TOLD_OF_A_BODY) return bytes.toString();
  return `${utf8Start(bytes.subarray(0, TOLD_OF_A_BODY))} [TRUNCATED]`;
}
