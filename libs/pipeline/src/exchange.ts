import type { CacheUse } from './caching/cached.js';
import type { TemplateOverrides } from '@gatehouse/vtl';
import { epochAt } from './epoch-clock.js';
import { answerError } from './gateway-response/answer-error.js';
import { internalError, type GatewayError } from './gateway-response/gateway-error.js';
import type { ByteText } from './http/byte-text.js';
import type { GatewayRequest } from './http/gateway-request.js';
import { UnwritableAnswer, type GatewayResponse, type Responder } from './http/gateway-response.js';
import { EXPLAIN, METHOD_OVERRIDE, REQUEST_ID, TRACE_ID } from './http/header-info.js';
import { parseQuery, type QueryParameters } from './http/query-parameters.js';
import { RequestHeaders } from './http/request-headers.js';
import type { Explanation } from './explanation/explanation.js';
import type { ExecutionLog } from './logs/execution-log.js';
import type { AuthorizerOutput } from './method-request/authorization/authorizer-output.js';
import type { Caller } from './method-request/authorization/caller.js';
import { isUuid, newExtendedRequestId, newRequestId, REPLACED_REQUEST_ID } from './request-ids.js';
import { readTrace, type Trace } from './trace.js';
import type { UpstreamRequest } from './upstream/upstream.js';
import type { AnswerDraft, AnswerStep, Road } from './rest-pipeline.js';
import type { Consumer } from './stage/consumer.js';
import type { ServedRoute } from './stage/served-deployment.js';
import type { ServedStage } from './stage/served-stage.js';

const NO_VALUES: readonly string[] = [];

/** One request on its way: a group of members per phase, filled in when the request reaches it. */
export class Exchange {
  // Arrival.
  /** Milliseconds on the monotonic clock. */
  readonly startedAt = performance.now();
  /** Milliseconds since 1970. */
  readonly arrivedAt = epochAt(this.startedAt);
  /** Without what is for the gateway alone. */
  readonly headers: RequestHeaders;
  /** Of who wants to know why the request goes the way it goes; nobody has looked at it yet. */
  readonly explainToken: string | undefined;
  readonly requestId: string;
  readonly extendedRequestId = newExtendedRequestId();
  /** The verb to serve: the request's, or what X-HTTP-Method-Override puts in its place. */
  readonly httpMethod: string;
  private parsedQuery: QueryParameters | null = null;
  private readTrace: Trace | null = null;

  // Resolution: which API and stage, then which resource and method.
  /** The host, where it is that of a custom domain, which serves or refuses the request. */
  domainName: string | null = null;
  /** Base path of that domain which led to the stage; empty for the one that takes all other paths. */
  basePath: string | null = null;
  stage: ServedStage | null = null;
  route: ServedRoute | null = null;
  /** Where the path of the request's target goes on after the stage, or after what stands for it. */
  pathStart = 0;
  pathValues: readonly string[] = NO_VALUES;
  road: Road | null = null;
  /** Watches each step; null but for who may know why. */
  explanation: Explanation | null = null;
  /** Told what happens; null where nobody wants to know. */
  log: ExecutionLog | null = null;

  // Method request.
  /** Who signed the request, where its method asks for that. */
  caller: Caller | null = null;
  /** The API's resource policy allows it; only known where a Lambda authorizer has its say as well. */
  resourcePolicyAllows = false;
  /** Values of `$context` for identity sources, in place of its own; only of test invocations. */
  additionalContext: ReadonlyMap<string, ByteText> | null = null;
  /** What the method's authorizer said of it. */
  authorizer: AuthorizerOutput | null = null;
  consumer: Consumer | null = null;
  /** Value of the API key that it goes by. */
  apiKey: ByteText | null = null;

  /** How the request uses the stage's cache; null where it does not. */
  cacheUse: CacheUse | null = null;

  // Integration request.
  /** The body, where the integration looks into it. */
  wholeBody: Buffer | null = null;
  /** What templates have put in the place of what mappings and integration responses say; null where none has run. */
  overrides: TemplateOverrides | null = null;
  backendRequest: UpstreamRequest | null = null;

  // Integration; times in milliseconds on the monotonic clock.
  integrationStartedAt: number | null = null;
  /** When the head of the backend's answer was there, or its failure known. */
  integrationEndedAt: number | null = null;
  integrationStatus: number | null = null;
  /** Headers of the answer of a service of AWS: name, value, name, value ... */
  endpointHeaders: readonly string[] | null = null;

  // Outcome.
  /** 0 until there is an answer. */
  status = 0;
  /**
   * Milliseconds on the monotonic clock; when the head of the answer was given to the transport. Of an answer from a backend, when its head was there:
   * to take it through the rest of the road takes not much longer than to ask for the time.
   */
  answeredAt = 0;
  error: GatewayError | null = null;
  /** Bytes of the answer's body that went to the client; known when the connection is done with the request. */
  responseLength = 0;
  private end = 0;

  constructor(
    readonly request: GatewayRequest,
    private responder: Responder,
  ) {
    const headers = new RequestHeaders(request.headers);
    this.explainToken = headers.first(EXPLAIN);
    this.headers = this.explainToken === undefined ? headers : headers.without(EXPLAIN);
    const proposed = this.headers.first(REQUEST_ID);
    this.requestId = proposed === undefined ? newRequestId() : isUuid(proposed) ? proposed : REPLACED_REQUEST_ID;
    this.httpMethod = this.headers.first(METHOD_OVERRIDE) ?? request.method;
  }

  get query(): QueryParameters {
    return (this.parsedQuery ??= parseQuery(this.request.target?.query ?? ''));
  }

  /** The same toward the backend and the client. */
  get trace(): Trace {
    return (this.readTrace ??= readTrace(this.headers.first(TRACE_ID), this.arrivedAt));
  }

  /** Milliseconds on the monotonic clock; when this was first asked for, which is when the connection was done with the request. */
  get endedAt(): number {
    if (this.end === 0) this.end = performance.now();
    return this.end;
  }

  /** Has the request explained by what stands between it and its client from now on. */
  explainBy(explaining: (client: Responder) => Explanation): void {
    this.responder = this.explanation = explaining(this.responder);
  }

  /** Ends the request with an answer. Only the first ending counts: what comes after a failure or an abort finds nobody. */
  respond(response: GatewayResponse): void {
    if (this.status !== 0) return;
    this.status = response.status;
    this.answeredAt = this.integrationEndedAt ?? performance.now();
    try {
      this.responder.respond(response);
    } catch (error) {
      // An answer of the gateway's own that cannot be written is not tried again.
      if (!(error instanceof UnwritableAnswer) || this.error !== null) throw error;
      destroyBody(response);
      this.status = 0;
      this.fail(internalError(error));
    }
  }

  /** Takes the integration's answer through the rest of the road: integration response, method response. */
  conclude(draft: AnswerDraft): void {
    this.complete(draft, this.road === null ? [] : this.road.answer);
  }

  /** Takes an answer that was kept through the method response. */
  finish(draft: AnswerDraft): void {
    this.complete(draft, this.road === null ? [] : this.road.methodResponse);
  }

  private complete(draft: AnswerDraft, steps: readonly AnswerStep[]): void {
    for (let at = 0; at < steps.length; at++) {
      const error = (steps[at] as AnswerStep)(this, draft);
      if (error === undefined) continue;
      destroyBody(draft);
      return this.fail(error);
    }
    this.respond(draft);
  }

  /** Ends the request with the gateway response of `error`. */
  fail(error: GatewayError): void {
    if (this.status !== 0) return;
    this.error = error;
    const custom = this.stage?.deployment.gatewayResponses?.for(error);
    const answer = custom?.answer(error, this) ?? answerError(error, this.requestId, this.extendedRequestId);
    this.log?.failed(error, answer);
    this.respond(answer);
  }
}

function destroyBody({ body }: GatewayResponse): void {
  if (body !== null && 'destroy' in body) body.destroy();
}
