import { API_GATEWAY_CALLER, CALLER_HEADER, parseFunctionArn, SOURCE_ARN_HEADER } from '@gatehouse/lambda-contract';
import { sign } from '@gatehouse/sigv4';
import type { Exchange } from '../exchange.js';
import { ERRORS, type GatewayError } from '../gateway-response/gateway-error.js';
import { BufferBody } from '../http/buffer-body.js';
import { apiArn } from '../method-request/method-arn.js';
import type { ServedStage } from '../stage/served-stage.js';
import { traceTowardBackend } from '../trace.js';
import type { Upstream, UpstreamRequest } from '../upstream/upstream.js';

/** Where functions are invoked: whatever speaks Lambda's Invoke. */
export interface LambdaService {
  readonly upstream: Upstream;
  /** `http://host:port`. */
  readonly origin: string;
  /** What calls are signed with. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string | null };
  /** It is Gatehouse's own, which is told which API calls, and asks the function's policy. Lambda itself goes by the credentials. */
  readonly isOwn: boolean;
}

/** What is called of a function. */
export type Invocation = 'Invoke' | 'InvokeWithResponseStream';

/** ARN of what calls a function for a request: a method, or an authorizer. */
type SourceArn = (exchange: Exchange) => string;

const STAGE_VARIABLE = /\$\{stageVariables\.([^}]*)\}/g;

/** The function that an integration or an authorizer calls on one stage. */
export class InvokedFunction {
  private readonly url: URL;
  /** What is the same for all requests, names in lower case. */
  private readonly headers: Record<string, string>;
  private constructor(
    readonly service: LambdaService,
    private readonly region: string,
    functionArn: string,
    invocation: Invocation,
    private readonly sourceArn: SourceArn,
    apiId: string,
  ) {
    const name = encodeURIComponent(functionArn);
    const path =
      invocation === 'Invoke'
        ? `/2015-03-31/functions/${name}/invocations`
        : `/2021-11-15/functions/${name}/response-streaming-invocations`;
    this.url = new URL(service.origin + path);
    const { sessionToken } = service.credentials;
    this.headers = {
      'content-type': 'application/json',
      'user-agent': `AmazonAPIGateway_${apiId}`,
      ...(sessionToken !== null && { 'x-amz-security-token': sessionToken }),
      ...(service.isOwn && { [CALLER_HEADER]: API_GATEWAY_CALLER }),
    };
  }

  /**
   * What a method calls.
   *
   * @param functionArn as in the integration, with `${stageVariables.x}` in it
   */
  static onStage(
    functionArn: string,
    invocation: Invocation,
    resourcePath: string,
    stage: ServedStage,
  ): InvokedFunction | GatewayError {
    const methods = `${apiArn(stage)}/${stage.stageName}/`;
    return InvokedFunction.named(functionArn, invocation, ({ httpMethod }) => methods + httpMethod + resourcePath, stage);
  }

  /**
   * What an authorizer calls.
   *
   * @param functionArn as in its URI, with `${stageVariables.x}` in it
   */
  static ofAuthorizer(functionArn: string, authorizerId: string, stage: ServedStage): InvokedFunction | GatewayError {
    const source = `${apiArn(stage)}/authorizers/${authorizerId}`;
    return InvokedFunction.named(functionArn, 'Invoke', () => source, stage);
  }

  private static named(
    functionArn: string,
    invocation: Invocation,
    sourceArn: SourceArn,
    stage: ServedStage,
  ): InvokedFunction | GatewayError {
    const { lambda } = stage.services;
    if (lambda === null) return ERRORS.noFunctions;
    const arn = functionArn.replace(STAGE_VARIABLE, (_, name: string) => stage.variables.get(name) ?? '');
    const named = parseFunctionArn(arn);
    if (named === null) return ERRORS.invalidFunction;
    return new InvokedFunction(lambda, named.region, arn, invocation, sourceArn, stage.apiId);
  }

  /**
   * The signed request that invokes the function.
   *
   * @param headers of its own, names in lower case
   * @param qualifier a version or an alias; null where the ARN says it, or nothing does
   */
  request(
    exchange: Exchange,
    event: Buffer,
    headers: Record<string, string> = {},
    qualifier: string | null = null,
  ): UpstreamRequest {
    const { service, region } = this;
    let { url } = this;
    if (qualifier !== null) {
      url = new URL(url);
      url.search = `Qualifier=${encodeURIComponent(qualifier)}`;
    }
    const toSign: Record<string, string> = {
      ...this.headers,
      'x-amzn-trace-id': traceTowardBackend(exchange.trace),
      ...headers,
    };
    if (service.isOwn) toSign[SOURCE_ARN_HEADER] = this.sourceArn(exchange);
    const signed = sign({ method: 'POST', url, headers: toSign, body: event }, service.credentials, {
      region,
      service: 'lambda',
    });
    const list: string[] = [];
    for (const name in signed) list.push(name, signed[name] as string);
    return {
      origin: service.origin,
      path: url.pathname + url.search,
      method: 'POST',
      headers: list,
      lines: '',
      body: new BufferBody(event),
      bodyLength: event.length,
      insecureSkipVerification: false,
    };
  }
}
