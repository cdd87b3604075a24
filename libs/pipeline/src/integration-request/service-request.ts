import type { ServiceIntegration } from '@gatehouse/snapshot';
import { sign } from '@gatehouse/sigv4';
import type { Exchange } from '../exchange.js';
import { ERRORS, type GatewayError } from '../gateway-response/gateway-error.js';
import { CONTENT_TYPE } from '../http/header-info.js';
import type { IntegrationContext } from '../integration/compile-integration.js';
import type { AwsCredentials } from '../integration/role-sessions.js';
import type { ServedStage } from '../stage/served-stage.js';
import { traceTowardBackend } from '../trace.js';
import { FAULTS, sentBody, WITHOUT_CONTENT_TYPE } from './backend-request.js';
import { UriTemplate } from './endpoint-uri.js';
import { RequestMapping } from './request-mapping.js';

/** What the signature says itself, and what it is checked against: neither mappings nor templates have a say in that. AWS drops Referer. */
const NOT_MAPPED = new Set([
  'authorization',
  'host',
  'referer',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-target',
]);
const TARGET = 'x-amz-target';

type Build = (exchange: Exchange, body: Buffer, credentials: AwsCredentials) => GatewayError | undefined;

/** Makes the signed request to a service of AWS. */
export class ServiceRequestBuilder {
  private readonly mapping: RequestMapping;
  private readonly userAgent: string;

  constructor(
    private readonly integration: ServiceIntegration,
    { apiId, parameterNames, openLiteral }: IntegrationContext,
  ) {
    this.mapping = new RequestMapping(integration.requestParameters, parameterNames, openLiteral);
    this.userAgent = `AmazonAPIGateway_${apiId}`;
  }

  /** What leaves the request in `exchange.backendRequest`, or why there is none. */
  onStage(stage: ServedStage): Build | GatewayError {
    const { aws } = stage.services;
    if (aws === null) return ERRORS.noAwsCredentials;
    const { mapping, integration } = this;
    if (mapping.forbidden) return ERRORS.forbiddenMapping;
    const { path, httpMethod, region, signingName: service } = integration;
    const uri = new UriTemplate(aws.originOf(integration) + path, mapping.placeholders).onStage(stage.variables);
    if (typeof uri.constant === 'string') return FAULTS[uri.constant];
    return (exchange, body, credentials) => {
      const endpoint = uri.constant ?? uri.render(mapping.pathValues(exchange));
      if (typeof endpoint === 'string') return FAULTS[endpoint];
      const headers = this.headers(exchange);
      if (!(headers instanceof Map)) return headers;
      const query = mapping.addQuery(exchange, endpoint.query);
      const { origin } = endpoint;
      const url = new URL(origin + endpoint.path + (query === '' ? '' : `?${query}`));
      const method = httpMethod ?? exchange.httpMethod;
      const sent = sentBody(body, method);
      if (credentials.sessionToken !== null) headers.set('x-amz-security-token', credentials.sessionToken);
      const toSign = { method, url, headers: Object.fromEntries(headers), ...(sent.body !== null && { body }) };
      exchange.backendRequest = {
        origin,
        path: url.pathname + url.search,
        method,
        headers: Object.entries(sign(toSign, credentials, { region, service })).flat(),
        // Not signed: what stands between may write another.
        lines: `X-Amzn-Trace-Id: ${traceTowardBackend(exchange.trace)}\r\n`,
        ...sent,
        insecureSkipVerification: false,
      };
      return undefined;
    };
  }

  /** Names in lower case. */
  private headers(exchange: Exchange): Map<string, string> | GatewayError {
    const { json } = this.integration;
    const list: string[] = [];
    const refusal = this.mapping.addHeaders(exchange, list, []);
    if (refusal !== undefined) return refusal;
    const headers = new Map([
      ['accept', 'application/json'],
      ['user-agent', this.userAgent],
    ]);
    if (json !== undefined) headers.set('content-type', `application/x-amz-json-${json.version}`);
    else if (!WITHOUT_CONTENT_TYPE.has(exchange.httpMethod)) {
      const contentType = exchange.headers.first(CONTENT_TYPE);
      if (contentType !== undefined) headers.set('content-type', contentType);
    }
    for (let i = 0; i < list.length; i += 2) {
      const lower = (list[i] as string).toLowerCase();
      // Of a service that is called by path, what is asked for may be said in a header too.
      if (!NOT_MAPPED.has(lower) || (lower === TARGET && json === undefined)) headers.set(lower, list[i + 1] as string);
    }
    if (json !== undefined) headers.set(TARGET, json.target);
    return headers;
  }
}
