import type { HttpIntegration, HttpProxyIntegration } from '@gatehouse/snapshot';
import type { Exchange } from '../exchange.js';
import { ERRORS, type GatewayError } from '../gateway-response/gateway-error.js';
import { traceTowardBackend } from '../trace.js';
import type { IntegrationContext } from '../integration/compile-integration.js';
import type { RequestStep } from '../rest-pipeline.js';
import type { ServedStage } from '../stage/served-stage.js';
import { headerInfo } from '../http/header-info.js';
import { UriTemplate, type EndpointFault } from './endpoint-uri.js';
import { RequestMapping } from './request-mapping.js';

const FAULTS: Record<EndpointFault, GatewayError> = { invalid: ERRORS.invalidEndpoint, unmappable: ERRORS.unmappableValue };

/** Verbs for which a client's Content-Type is not a default. Source: AWS's defaults of integration requests. */
const WITHOUT_CONTENT_TYPE = new Set(['GET', 'HEAD', 'OPTIONS']);

const SIGNATURE_V4 = 'AWS4-';

/** Makes the request to an HTTP backend: for HTTP_PROXY the client's with the mappings on top, for HTTP the mapped parameters alone. */
export class BackendRequestBuilder {
  private readonly uri: UriTemplate;
  private readonly mapping: RequestMapping;
  private readonly proxies: boolean;
  private readonly apiId: string;
  private readonly userAgent: string;

  constructor(
    private readonly integration: HttpIntegration | HttpProxyIntegration,
    context: IntegrationContext,
  ) {
    this.apiId = context.apiId;
    this.userAgent = `AmazonAPIGateway_${context.apiId}`;
    this.proxies = integration.type === 'HTTP_PROXY';
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
    const { bodyLimit } = stage.services;
    return (exchange) => {
      const endpoint = uri.constant ?? uri.render(this.mapping.pathValues(exchange));
      if (typeof endpoint === 'string') return FAULTS[endpoint];
      const headers: string[] = [];
      const refusal = this.addHeaders(exchange, headers);
      if (refusal) return refusal;
      const query = this.mapping.addQuery(
        exchange,
        joinQueries(endpoint.query, this.proxies ? (exchange.request.target?.query ?? '') : ''),
      );
      const { body } = exchange.request;
      exchange.backendRequest = {
        origin: endpoint.origin,
        path: query === '' ? endpoint.path : `${endpoint.path}?${query}`,
        method: this.integration.httpMethod ?? exchange.httpMethod,
        headers,
        body: body.length === 0 ? null : body.stream(bodyLimit),
        bodyLength: body.length,
        insecureSkipVerification: this.integration.insecureSkipVerification,
      };
      return undefined;
    };
  }

  private addHeaders(exchange: Exchange, out: string[]): GatewayError | undefined {
    const mapped: string[] = [];
    const refusal = this.mapping.addHeaders(exchange, out, mapped);
    if (refusal) return refusal;
    if (this.proxies) addClientHeaders(exchange, out, mapped);
    this.addDefaults(exchange, out, mapped);
    return undefined;
  }

  private addDefaults(exchange: Exchange, out: string[], mapped: readonly string[]): void {
    const { headers, request } = exchange;
    const sendsOwn = (name: 'accept' | 'user-agent') => this.proxies && headers.first(name) !== undefined;
    if (!mapped.includes('accept') && !sendsOwn('accept')) out.push('Accept', 'application/json');
    if (!mapped.includes('user-agent') && !sendsOwn('user-agent')) out.push('User-Agent', this.userAgent);
    if (!this.proxies && !mapped.includes('content-type') && !WITHOUT_CONTENT_TYPE.has(exchange.httpMethod)) {
      const contentType = headers.first('content-type');
      if (contentType !== undefined) out.push('Content-Type', contentType);
    }
    out.push('X-Amzn-Trace-Id', traceTowardBackend(exchange.trace), 'X-Amzn-Apigateway-Api-Id', this.apiId);
    if (!this.proxies) return;
    if (!mapped.includes('x-forwarded-for')) out.push('X-Forwarded-For', request.remoteAddress);
    if (!mapped.includes('x-forwarded-port')) out.push('X-Forwarded-Port', String(request.localPort));
    if (!mapped.includes('x-forwarded-proto')) out.push('X-Forwarded-Proto', request.secure ? 'https' : 'http');
  }
}

/** Everything that the client sent, but what AWS keeps back, what a mapping replaced, and what the gateway says itself. */
function addClientHeaders(exchange: Exchange, out: string[], mapped: readonly string[]): void {
  const { raw } = exchange.headers;
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i] as string;
    const value = raw[i + 1] as string;
    const info = headerInfo(name);
    if (!info.proxied || mapped.includes(info.lower)) continue;
    // A signature for the gateway says nothing to the backend, which could only replay it.
    if (info.lower === 'authorization' && value.startsWith(SIGNATURE_V4)) continue;
    out.push(name, value);
  }
}

function joinQueries(own: string, client: string): string {
  if (own === '') return client;
  return client === '' ? own : `${own}&${client}`;
}
