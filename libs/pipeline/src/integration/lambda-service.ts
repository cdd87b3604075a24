import { API_GATEWAY_CALLER, CALLER_HEADER, parseFunctionArn, SOURCE_ARN_HEADER } from '@gatehouse/lambda-contract';
import { sign } from '@gatehouse/sigv4';
import type { Exchange } from '../exchange.js';
import { ERRORS, type GatewayError } from '../gateway-response/gateway-error.js';
import { BufferBody } from '../http/buffer-body.js';
import { apiArn } from '../method-request/method-arn.js';
import type { StepResult } from '../rest-pipeline.js';
import type { ServedStage } from '../stage/served-stage.js';
import { traceTowardBackend } from '../trace.js';
import { CallerRole } from './aws-services.js';
import type { AwsCredentials } from './role-sessions.js';
import type { Upstream, UpstreamRequest } from '../upstream/upstream.js';

/** Where functions are invoked: whatever speaks Lambda's Invoke. */
export interface LambdaService {
  readonly upstream: Upstream;
  /** `http://host:port`. */
  readonly origin: string;
  /** What calls are signed with. */
  readonly credentials: AwsCredentials;
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
    /** In whose name it is called; null for those who run the gateway, or those who run functions. */
    private readonly role: CallerRole | null,
  ) {
    const name = encodeURIComponent(functionArn);
    const path =
      invocation === 'Invoke'
        ? `/2015-03-31/functions/${name}/invocations`
        : `/2021-11-15/functions/${name}/response-streaming-invocations`;
    this.url = new URL(service.origin + path);
    this.headers = {
      'content-type': 'application/json',
      'user-agent': `AmazonAPIGateway_${apiId}`,
      ...(service.isOwn && { [CALLER_HEADER]: API_GATEWAY_CALLER }),
    };
  }

  /**
   * What a method calls.
   *
   * @param functionArn as in the integration, with `${stageVariables.x}` in it
   * @param credentials ARN of the role in whose name Lambda is called, with the same in it. To Gatehouse's own functions service no role means anything: the function's
   *   policy decides, as without one.
   */
  static onStage(
    functionArn: string,
    invocation: Invocation,
    resourcePath: string,
    stage: ServedStage,
    credentials?: string,
  ): InvokedFunction | GatewayError {
    const methods = `${apiArn(stage)}/${stage.stageName}/`;
    return InvokedFunction.named(
      functionArn,
      invocation,
      ({ httpMethod }) => methods + httpMethod + resourcePath,
      stage,
      credentials,
    );
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
    credentials?: string,
  ): InvokedFunction | GatewayError {
    const { lambda } = stage.services;
    if (lambda === null) return ERRORS.noFunctions;
    const arn = functionArn.replace(STAGE_VARIABLE, (_, name: string) => stage.variables.get(name) ?? '');
    const named = parseFunctionArn(arn);
    if (named === null) return ERRORS.invalidFunction;
    const { region } = named;
    const role = credentials === undefined || lambda.isOwn ? null : CallerRole.onStage(credentials, region, stage);
    if (role !== null && !(role instanceof CallerRole)) return role;
    return new InvokedFunction(lambda, region, arn, invocation, sourceArn, stage.apiId, role);
  }

  /** Gives `take` what the request is to be signed with: at once where it is known. */
  withCredentials(take: (credentials: AwsCredentials) => StepResult): StepResult {
    return this.role === null ? take(this.service.credentials) : this.role.with(take);
  }

  /**
   * The signed request that invokes the function.
   *
   * @param headers of its own, names in lower case
   * @param qualifier a version or an alias; null where the ARN says it, or nothing does
   * @param credentials of `withCredentials`
   */
  request(
    exchange: Exchange,
    event: Buffer,
    headers: Record<string, string> = {},
    qualifier: string | null = null,
    credentials: AwsCredentials = this.service.credentials,
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
    if (credentials.sessionToken !== null) toSign['x-amz-security-token'] = credentials.sessionToken;
    if (service.isOwn) toSign[SOURCE_ARN_HEADER] = this.sourceArn(exchange);
    const signed = sign({ method: 'POST', url, headers: toSign, body: event }, credentials, {
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
