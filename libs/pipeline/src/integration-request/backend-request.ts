import type { HttpIntegration, HttpProxyIntegration } from '@gatehouse/snapshot';
import type { Exchange } from '../exchange.js';
import { ERRORS, type GatewayError } from '../gateway-response/gateway-error.js';
import { traceTowardBackend } from '../trace.js';
import type { IntegrationContext } from '../integration/compile-integration.js';
import type { RequestStep } from '../rest-pipeline.js';
import type { ServedStage } from '../stage/served-stage.js';
import { ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT, type HeaderInfo } from '../http/header-info.js';
import { BufferBody } from '../http/buffer-body.js';
import { withTransformedBody } from './collected-body.js';
import { RequestTransform } from './request-transform.js';
import { viaOnStage } from './vpc-link.js';
import { UriTemplate, type EndpointFault } from './endpoint-uri.js';
import { RequestMapping } from './request-mapping.js';

/** What a request fails of without an endpoint. */
export const FAULTS: Record<EndpointFault, GatewayError> = {
  invalid: ERRORS.invalidEndpoint,
  unmappable: ERRORS.unmappableValue,
};

/** Verbs for which a client's Content-Type is not a default. Source: AWS's defaults of integration requests. */
export const WITHOUT_CONTENT_TYPE = new Set(['GET', 'HEAD', 'OPTIONS']);

const SIGNATURE_V4 = 'AWS4-';

/** What a client says of the defaults. */
const SAYS_ACCEPT = 1;
const SAYS_USER_AGENT = 2;

/** Nothing is added to it. */
const NOTHING_MAPPED: string[] = [];

/** Makes the request to an HTTP backend: for HTTP_PROXY the client's with the mappings on top, for HTTP the mapped parameters alone. */
export class BackendRequestBuilder {
  private readonly uri: UriTemplate;
  private readonly mapping: RequestMapping;
  private readonly proxies: boolean;
  /** What becomes of bodies; null where they pass as they are. */
  private readonly transform: RequestTransform | null;
  /** The end of the line of the trace id, and what follows it. */
  private readonly apiIdLine: string;
  private readonly userAgent: string;

  constructor(
    private readonly integration: HttpIntegration | HttpProxyIntegration,
    context: IntegrationContext,
  ) {
    this.apiIdLine = `\r\nX-Amzn-Apigateway-Api-Id: ${context.apiId}\r\n`;
    this.userAgent = `AmazonAPIGateway_${context.apiId}`;
    this.proxies = integration.type === 'HTTP_PROXY';
    this.transform = integration.type === 'HTTP' ? new RequestTransform(integration, context) : null;
    this.mapping = new RequestMapping(integration.requestParameters, context.parameterNames, context.openLiteral);
    this.uri = new UriTemplate(integration.uri, this.mapping.placeholders);
  }

  /** The step that leaves the request in `exchange.backendRequest`. */
  onStage(stage: ServedStage): RequestStep {
    if (this.mapping.forbidden) return () => ERRORS.forbiddenMapping;
    const uri = this.uri.onStage(stage.variables);
    if (typeof uri.constant === 'string') {
      const fault = FAULTS[uri.constant];
      return () => fault;
    }
    const via = viaOnStage(this.integration.vpcLink, stage);
    if (via !== undefined && 'reason' in via) return () => via;
    const clientCertificate = stage.clientCertificate ?? undefined;
    const { bodyLimit } = stage.services;
    const { httpMethod, insecureSkipVerification } = this.integration;
    const build = (exchange: Exchange, own: Buffer | null): GatewayError | undefined => {
      const endpoint = uri.constant ?? uri.render(this.mapping.pathValues(exchange));
      if (typeof endpoint === 'string') return FAULTS[endpoint];
      const headers: string[] = [];
      const mapped: string[] = this.mapping.hasHeaders || exchange.overrides !== null ? [] : NOTHING_MAPPED;
      const refusal = this.addHeaders(exchange, headers, mapped);
      if (refusal) return refusal;
      const { body, target } = exchange.request;
      let query = endpoint.query;
      if (this.proxies && target !== null) query = joinQueries(query, target.query);
      query = this.mapping.addQuery(exchange, query);
      exchange.backendRequest = {
        origin: endpoint.origin,
        path: query === '' ? endpoint.path : `${endpoint.path}?${query}`,
        method: httpMethod ?? exchange.httpMethod,
        headers,
        lines: this.ownLines(exchange, mapped),
        ...(own === null
          ? { body: body.length === 0 ? null : body.stream(bodyLimit), bodyLength: body.length }
          : sentBody(own, httpMethod ?? exchange.httpMethod)),
        insecureSkipVerification,
        clientCertificate,
        via,
      };
      return undefined;
    };
    const { transform, mapping } = this;
    if ((transform === null || transform.isConstant) && !mapping.readsBody) return (exchange) => build(exchange, null);
    return (exchange) => withTransformedBody(exchange, transform, bodyLimit, mapping.readsBody, (body) => build(exchange, body));
  }

  /** First the mapped headers, then the client's own, then those that are not said yet. */
  private addHeaders(exchange: Exchange, out: string[], mapped: string[]): GatewayError | undefined {
    const refusal = this.mapping.addHeaders(exchange, out, mapped);
    if (refusal) return refusal;
    const said = this.proxies ? addClientHeaders(exchange, out, mapped) : 0;
    if (!(said & SAYS_ACCEPT) && !mapped.includes('accept')) out.push('Accept', 'application/json');
    if (!(said & SAYS_USER_AGENT) && !mapped.includes('user-agent')) out.push('User-Agent', this.userAgent);
    if (!this.proxies && !WITHOUT_CONTENT_TYPE.has(exchange.httpMethod)) addContentType(exchange, out, mapped);
    return undefined;
  }

  /** What the gateway says in any case. None of it is a client's text: addresses were read as such, a trace is made of hexadecimal digits. */
  private ownLines({ trace, request }: Exchange, mapped: readonly string[]): string {
    const lines = 'X-Amzn-Trace-Id: ' + traceTowardBackend(trace) + this.apiIdLine;
    if (!this.proxies) return lines;
    const { remoteAddress, localPort, secure } = request;
    if (mapped.length === 0) return lines + 'X-Forwarded-For: ' + remoteAddress + arrivalLines(localPort, secure);
    return (
      lines +
      (mapped.includes('x-forwarded-for') ? '' : `X-Forwarded-For: ${remoteAddress}\r\n`) +
      (mapped.includes('x-forwarded-port') ? '' : `X-Forwarded-Port: ${localPort}\r\n`) +
      (mapped.includes('x-forwarded-proto') ? '' : `X-Forwarded-Proto: ${secure ? 'https' : 'http'}\r\n`)
    );
  }
}

/** A body that the gateway made itself. To verbs that have none it means nothing (RFC 9110, 9.3.1). */
export function sentBody(body: Buffer, method: string) {
  if (body.length === 0 || method === 'GET' || method === 'HEAD') return { body: null, bodyLength: 0 };
  return { body: new BufferBody(body), bodyLength: body.length };
}

/** By port and scheme. They are few: those of the gateway, and what proxies in front of it say of their own. */
const arrivals = new Map<number, string>();
/** Clients may choose ports, where a proxy lets them. */
const MOST_ARRIVALS = 256;

/** The end of a line, and those which say where a request arrived. */
function arrivalLines(localPort: number, secure: boolean): string {
  const name = 2 * localPort + (secure ? 1 : 0);
  let lines = arrivals.get(name);
  if (lines === undefined) {
    lines = `\r\nX-Forwarded-Port: ${localPort}\r\nX-Forwarded-Proto: ${secure ? 'https' : 'http'}\r\n`;
    if (arrivals.size === MOST_ARRIVALS) arrivals.clear();
    arrivals.set(name, lines);
  }
  return lines;
}

function addContentType({ headers, request }: Exchange, out: string[], mapped: readonly string[]): void {
  if (mapped.includes('content-type') || request.connectionOptions.includes('content-type')) return;
  const contentType = headers.first(CONTENT_TYPE);
  if (contentType !== undefined) out.push('Content-Type', contentType);
}

/**
 * Everything that the client sent, but what AWS keeps back, what a mapping replaced, what the gateway says itself, and what the client sent for this
 * connection only. That can never take away what the gateway says: only the client's own headers are looked at here. Answers which of the defaults
 * it brings.
 */
function addClientHeaders({ headers, request }: Exchange, out: string[], mapped: readonly string[]): number {
  const { raw, infos } = headers;
  const { connectionOptions } = request;
  const some = mapped.length + connectionOptions.length > 0;
  let said = 0;
  for (let i = 0; i < infos.length; i++) {
    const info = infos[i] as HeaderInfo;
    if (!info.proxied || (some && (mapped.includes(info.lower) || connectionOptions.includes(info.lower)))) continue;
    const value = raw[2 * i + 1] as string;
    if (info.known === ACCEPT) said |= SAYS_ACCEPT;
    else if (info.known === USER_AGENT) said |= SAYS_USER_AGENT;
    // A signature for the gateway says nothing to the backend, which could only replay it.
    else if (info.known === AUTHORIZATION && value.startsWith(SIGNATURE_V4)) continue;
    out.push(info.name, value);
  }
  return said;
}

function joinQueries(own: string, client: string): string {
  if (own === '') return client;
  return client === '' ? own : `${own}&${client}`;
}
