import type { GatewayResponseType, HttpMethod } from '@gatehouse/api-model';
import type { SealedSecret } from './seal.js';

/**
 * The documents that the control plane publishes and the gateways serve: small, each with one reason to change.
 *
 * 1. `deployment`: immutable, named by its content hash; routes, integrations. Never changes, so it is fetched once.
 * 2. `stage`: which deployment an (API, stage) serves, and the settings that act without a redeployment.
 * 3. `usage-plan`: limits and API stages of one plan.
 * 4. `api-key`: one per API key; its value travels as a hash only.
 * 5. `certificate`: one per imported certificate; its private key travels sealed.
 * 6. `domain`: one per custom domain name; what its base paths lead to.
 * 7. `function`: one per function; what functions processes run by its name, and who may invoke it.
 * 8. `account`: one per account and region; what holds for all of its APIs.
 * 9. `principal`: one per user; by whose access keys requests are signed, and what he may do.
 *
 * The registry is open: a new kind joins `DocumentBodies` and `CURRENT_SCHEMA` and the type checker lists the places to complete.
 */
export interface DocumentBodies {
  deployment: DeploymentSnapshot;
  stage: StageSnapshot;
  'usage-plan': UsagePlanSnapshot;
  'api-key': KeyRecord;
  certificate: CertificateSnapshot;
  domain: DomainSnapshot;
  function: FunctionSnapshot;
  account: AccountSnapshot;
  principal: PrincipalSnapshot;
}

export type DocumentKind = keyof DocumentBodies;

/** The schema version that the compiler writes for each kind; readers take it and the one before. */
export const CURRENT_SCHEMA = {
  deployment: 1,
  stage: 1,
  'usage-plan': 1,
  'api-key': 1,
  certificate: 1,
  domain: 1,
  function: 1,
  account: 1,
  principal: 1,
} satisfies Record<DocumentKind, number>;

/** Account and region own every document, as on AWS. */
export interface Scope {
  accountId: string;
  region: string;
}

/** What one (API, deployment) does, compiled from its `RestApiModel`; shared by every stage that points to it. */
export interface DeploymentSnapshot {
  protocol: 'REST';
  apiId: string;
  /** Where the value of a request's API key comes from: its header, or what its authorizer says. */
  apiKeySource: 'HEADER' | 'AUTHORIZER';
  /** Closes the execute-api host and the path forms, which leave the API reachable by custom domains only. */
  disableExecuteApiEndpoint: boolean;
  /** Media types whose bodies functions get, and give, in base64. Absent where no route has a use for them. */
  binaryMediaTypes?: readonly string[];
  /** Bytes from which on answers are compressed. Absent where nothing is. */
  minimumCompressionSize?: number;
  /** JSON text of the resource policy, whose resources are whole ARNs. Absent where there is none. */
  policy?: string;
  /** Those that methods are guarded by. Absent where there is none. */
  authorizers?: AuthorizerSnapshot[];
  /** Those that requests are validated by, and those that these refer to, by name. Absent where none is. */
  models?: ModelSnapshot[];
  /** Those that the API has changed, at most one of each type. Absent where it has changed none. */
  gatewayResponses?: GatewayResponseSnapshot[];
  routes: RouteSnapshot[];
}

/** A JSON schema (draft 4) under a name. */
export interface ModelSnapshot {
  name: string;
  /** JSON text: as a value it would lose digits of its numbers. Its references lead into itself or, by `modelUrl`, to other models. */
  schema: string;
}

/** A gateway response that an API has changed. */
export interface GatewayResponseSnapshot {
  responseType: GatewayResponseType;
  /** Null where each error keeps its own. */
  statusCode: number | null;
  headers: ParameterMapping[];
  /** Content type, in lower case -> template, sealed: it may hold what is not for everybody. Without any, the body is AWS's. */
  templates: [contentType: string, template: SealedSecret][];
}

/** What decides who may call the methods that name it. */
export type AuthorizerSnapshot = TokenAuthorizer | RequestAuthorizer | UserPoolsAuthorizer;

interface LambdaAuthorizer {
  authorizerId: string;
  /** ARN of the function, of a version or of an alias; it may hold `${stageVariables.x}`. */
  functionArn: string;
  /** Seconds for which a decision holds for the same identity; 0 asks for each request. */
  ttlInSeconds: number;
}

/** A Lambda function that decides by one header. */
export interface TokenAuthorizer extends LambdaAuthorizer {
  type: 'TOKEN';
  /** Name of the header. */
  header: string;
  /** What the whole of its value has to be like. Absent for anything that is not empty. */
  validation?: PatternProgram;
}

/** A Lambda function that decides by the request without its body. */
export interface RequestAuthorizer extends LambdaAuthorizer {
  type: 'REQUEST';
  /** Each has to have a value; by all of them together a decision is remembered. */
  sources: IdentitySource[];
}

export interface IdentitySource {
  in: 'header' | 'querystring' | 'stageVariables' | 'context';
  name: string;
}

/** Tokens of user pools, or of whatever else their ARNs stand for at the gateways. */
export interface UserPoolsAuthorizer {
  authorizerId: string;
  type: 'COGNITO_USER_POOLS';
  /** `arn:aws:cognito-idp:{region}:{account}:userpool/{poolId}`. */
  poolArns: string[];
  /** Name of the header that has the token. */
  header: string;
  /** What the whole of the token's audience has to be like. Absent for anything. */
  validation?: PatternProgram;
}

/** Who may call a method. */
export type AuthorizationSnapshot =
  /** Users who sign their requests. */
  | { type: 'AWS_IAM' }
  | { type: 'CUSTOM'; authorizerId: string }
  /** With scopes, an access token is needed that has one of them; without, an identity token. */
  | { type: 'COGNITO_USER_POOLS'; authorizerId: string; scopes: string[] };

export interface RouteSnapshot {
  resourceId: string;
  /** Resource path with its parameters in braces, e.g. `/pets/{petId}`; `/{proxy+}` is greedy. */
  path: string;
  httpMethod: HttpMethod;
  apiKeyRequired: boolean;
  operationName?: string;
  /** Absent for everyone. */
  authorization?: AuthorizationSnapshot;
  /** Absent where requests are not looked at. */
  validation?: ValidationSnapshot;
  integration: IntegrationSnapshot;
  /** Where its answers are kept on stages that keep them. Absent where nothing but the resource tells them apart. */
  cacheKey?: CacheKeySnapshot;
}

/** What a request has to be like before it goes to the integration. */
export interface ValidationSnapshot {
  /** What must be there and not blank, in the order in which AWS tells what is not. Absent where nothing must. */
  parameters?: RequiredParameter[];
  /** Absent where any body will do. */
  body?: BodyValidationSnapshot;
}

export interface RequiredParameter {
  in: 'header' | 'querystring';
  name: string;
}

/** The models that a body has to fit, by its media type. */
export interface BodyValidationSnapshot {
  /** Media types, in lower case, that have another model than all others. */
  models: [mediaType: string, model: string][];
  /** Null for any JSON. */
  otherwise: string | null;
}

export type IntegrationSnapshot =
  | HttpProxyIntegration
  | HttpIntegration
  | MockIntegration
  | LambdaProxyIntegration
  | LambdaIntegration
  | ServiceIntegration
  | DeniedIntegration;

interface HttpEndpoint {
  /** Verb toward the backend, or null for the client's. */
  httpMethod: string | null;
  /** URI with `{param}` placeholders and `${stageVariables.x}`. */
  uri: string;
  timeoutInMillis: number;
  insecureSkipVerification: boolean;
  /** Id of the VPC link that leads to it, or `${stageVariables.x}` in its place. Absent where the URI says where it is. */
  vpcLink?: string;
  requestParameters: ParameterMapping[];
}

export interface HttpProxyIntegration extends HttpEndpoint {
  type: 'HTTP_PROXY';
}

/** What an integration makes of the bodies of requests, before it calls. */
export interface RequestBodySnapshot {
  /** Media type in lower case, or `$default` -> template. Absent where there is none. */
  requestTemplates?: TemplateSnapshot[];
  /** Absent where text stays text, and bytes bytes. */
  contentHandling?: ContentHandling;
}

/** A template is sealed as literals are, for the same reason. */
export type TemplateSnapshot = [contentType: string, template: SealedSecret];
export type ContentHandling = 'CONVERT_TO_BINARY' | 'CONVERT_TO_TEXT';

export interface HttpIntegration extends HttpEndpoint, RequestBodySnapshot {
  type: 'HTTP';
  /** True when the passthrough behaviour refuses bodies for which there is no template: 415. */
  refusesPassthrough: boolean;
  responses: IntegrationResponseSnapshot[];
}

export interface MockIntegration {
  type: 'MOCK';
  /** Content type -> the literal status code of its template. */
  statusByContentType: [contentType: string, statusCode: number][];
  /** Templates that have to be rendered. Absent where there is none. */
  requestTemplates?: TemplateSnapshot[];
  passthroughBehavior: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';
  responses: IntegrationResponseSnapshot[];
}

interface LambdaEndpoint {
  /** ARN of the function, of a version or of an alias; it may hold `${stageVariables.x}`. */
  functionArn: string;
  /** Verb toward Lambda, or null for the client's. Anything but POST is answered 500. */
  httpMethod: string | null;
  timeoutInMillis: number;
  /** ARN of the role in whose name it is called; it may hold `${stageVariables.x}`. Absent where the function's policy decides. */
  credentials?: string;
}

/** A Lambda function that gets the request as an event and answers with a response, in the form that AWS defines. */
export interface LambdaProxyIntegration extends LambdaEndpoint {
  type: 'AWS_PROXY';
  /** The answer is streamed: InvokeWithResponseStream. */
  streams: boolean;
}

/** A Lambda function that gets the request's body as its event; its answer is what the integration responses make of it. */
export interface LambdaIntegration extends LambdaEndpoint, RequestBodySnapshot {
  type: 'AWS';
  requestParameters: ParameterMapping[];
  /** True when the passthrough behaviour refuses bodies for which there is no template: 415. */
  refusesPassthrough: boolean;
  responses: ErrorResponseSnapshot[];
}

/** Any other service of AWS: a signed request that is made of the mapped parameters. */
export interface ServiceIntegration extends RequestBodySnapshot {
  type: 'AWS_SERVICE';
  /** As its URI names it, with a subdomain that belongs to the name: `sqs`, `runtime.sagemaker`. */
  service: string;
  /** Where AWS has it: a host name below `amazonaws.com`. */
  host: string;
  /** What calls are signed for. */
  region: string;
  signingName: string;
  /** Path and query with `{param}` placeholders and `${stageVariables.x}`. */
  path: string;
  /** What the body asks for, of a service that is spoken to in JSON. Absent where path and query say it. */
  json?: { target: string; version: '1.0' | '1.1' };
  /** Verb toward the service, or null for the client's. */
  httpMethod: string | null;
  /** ARN of the role in whose name it is called; it may hold `${stageVariables.x}`. */
  credentials: string;
  timeoutInMillis: number;
  requestParameters: ParameterMapping[];
  /** True when the passthrough behaviour refuses bodies for which there is no template: 415. */
  refusesPassthrough: boolean;
  responses: IntegrationResponseSnapshot[];
}

/** Stands for an integration whose method asks for what gateways cannot enforce: it answers 500 and reaches no backend. */
export interface DeniedIntegration {
  type: 'DENIED';
  /** What cannot be enforced, each with the place that asks for it; for logs. */
  settings: readonly string[];
}

/** What an integration response makes of the body of an answer. */
export interface ResponseBodySnapshot {
  /** Media type in lower case -> template, in the order in which they were written. Absent where there is none. */
  templates?: TemplateSnapshot[];
  contentHandling?: ContentHandling;
}

export interface IntegrationResponseSnapshot extends ResponseBodySnapshot {
  statusCode: number;
  /** The codes of the backend (or of a MOCK) that its selection pattern matches, ascending; null marks the default. Patterns are not published. */
  statuses: StatusRange[] | null;
  headers: ParameterMapping[];
}

/** An integration response of a function, selected by the `errorMessage` in what the function answers. */
export interface ErrorResponseSnapshot extends ResponseBodySnapshot {
  statusCode: number;
  /** What its selection pattern became; null marks the default. */
  pattern: PatternProgram | null;
  headers: ParameterMapping[];
}

/**
 * A regular expression as a machine that decides in time linear in a text whether the expression matches all of it. Patterns themselves are not published:
 * running one can take longer than the universe lasts.
 */
export interface PatternProgram {
  /** Sets of characters: ranges of Unicode code points, ascending, both ends included. */
  sets: [first: number, last: number][][];
  /** The first instruction is where it begins; what `a` and `b` are depends on the operation. */
  code: [operation: PatternOperation, a: number, b: number][];
}

/**
 * `take`: a character of set `a`, then on at instruction `b`. `fork`: on at `a` and at `b`. `begin`, `line-end`, `end`: on at `a` where the text begins, ends but for
 * one line terminator, ends. `match`: the pattern ends here.
 */
export type PatternOperation = 'take' | 'fork' | 'begin' | 'line-end' | 'end' | 'match';

/** Status codes from the first to the last, both included. */
export type StatusRange = [first: number, last: number];

/** One mapping: where a value goes and where it comes from. */
export interface ParameterMapping {
  target: { in: 'header' | 'path' | 'querystring'; name: string };
  source: ParameterSource;
}

export type ParameterSource =
  /** A literal is sealed: it is where users write backend credentials. */
  | { from: 'literal'; value: SealedSecret }
  | { from: 'method.request'; in: 'header' | 'path' | 'querystring'; name: string; multiValue: boolean }
  | { from: 'integration.response'; in: 'header'; name: string; multiValue: boolean }
  /** A body as a whole, or what a JSONPath finds in it. */
  | { from: 'method.request.body' | 'integration.response.body'; path: string | null }
  | { from: 'context'; name: string }
  | { from: 'stageVariables'; name: string };

/** What one (API, stage) serves. Key: `{apiId}/{stageName}`. */
export interface StageSnapshot {
  apiId: string;
  stageName: string;
  /** AWS's id of the deployment, for logs and `$context`. */
  deploymentId: string;
  /** Content hash: the name of the `deployment` document that must be there before this stage is served. */
  deploymentHash: string;
  variables: [name: string, value: string][];
  /** Settings of the most specific entry win: `{resource path}/{VERB}` before the wildcard. */
  methodSettings: MethodSettingSnapshot[];
  /** What authorizers decided under another name holds no more. */
  decisionsEpoch?: string;
  /** Absent where the stage has none. */
  accessLog?: AccessLogSnapshot;
  /** What the stage asks for and gateways cannot enforce, for logs: its methods answer 500. Absent where there is nothing. */
  denied?: readonly string[];
  /** Absent where there is no canary release. */
  canary?: CanarySnapshot;
  /** Names the stage's cache, as it is since it was flushed last. Absent where it has none. */
  cacheEpoch?: string;
  /** What it shows to backends. Absent where that is nothing. */
  clientCertificate?: ClientCertificateSnapshot;
  /** The VPC links of the account that its methods name. Absent where there is none. */
  vpcLinks?: [vpcLinkId: string, targetArn: string][];
}

/** A certificate with which a stage proves to backends who calls. */
export interface ClientCertificateSnapshot {
  clientCertificateId: string;
  /** PEM. */
  certificate: string;
  /** PKCS #8 in PEM, sealed. */
  privateKey: SealedSecret;
}

/** What is written of each request to a stage, and where. */
export interface AccessLogSnapshot {
  /** Name of the log group. */
  logGroup: string;
  /** With `$context` variables. */
  format: string;
}

/** What is told of how requests to methods went. */
export interface ExecutionLogSnapshot {
  /** `ERROR`: of requests that fail only, and less. */
  level: 'ERROR' | 'INFO';
  /** Headers and bodies too. */
  dataTrace: boolean;
}

/** A canary release: another deployment of the API, which serves a share of the stage's requests. All other settings are the stage's. */
export interface CanarySnapshot {
  /** Share of the requests, in percent: 0..100. */
  percentTraffic: number;
  deploymentId: string;
  /** As `deploymentHash` of the stage: it must be there too. */
  deploymentHash: string;
  /** All of its variables: the stage's, with the canary's own in their place. */
  variables: [name: string, value: string][];
  /** Its answers are cached together with the stage's, not apart from them. */
  useStageCache: boolean;
}

export interface MethodSettingSnapshot {
  /** Resource path, or `*` for the wildcard. */
  path: string;
  httpMethod: HttpMethod | '*';
  metricsEnabled: boolean;
  /** Requests a second, or null for no limit of its own. */
  throttle: ThrottleSnapshot | null;
  /** Absent where nothing is logged. */
  executionLog?: ExecutionLogSnapshot;
  /** Absent where answers are not kept. */
  caching?: CachingSnapshot;
  /** What this entry asks for and gateways cannot enforce: methods to which it applies answer 500. Absent where there is nothing. */
  denied?: readonly string[];
}

export interface CacheKeySnapshot {
  /** Methods of one namespace share what they keep. */
  namespace: string;
  parameters: CacheKeyParameter[];
}

/** A parameter of the client's request whose values tell answers apart. */
export interface CacheKeyParameter {
  in: 'header' | 'path' | 'querystring';
  name: string;
}

/** How long the answers of methods are kept, and who may have them fetched anew by `Cache-Control: max-age=0`. */
export interface CachingSnapshot {
  /** More than 0. */
  ttlInSeconds: number;
  /** Only who may `execute-api:InvalidateCache` may. */
  authorizesInvalidation: boolean;
  /** What becomes of requests of others that ask for it. */
  unauthorizedInvalidation: 'FAIL_WITH_403' | 'SUCCEED_WITH_RESPONSE_HEADER' | 'SUCCEED_WITHOUT_RESPONSE_HEADER';
}

export interface ThrottleSnapshot {
  /** Requests a second; may be a fraction. 0 admits nothing. */
  rateLimit: number;
  /** Size of the token bucket, in requests. */
  burstLimit: number;
}

export type QuotaPeriod = 'DAY' | 'WEEK' | 'MONTH';

/** Key: `{usagePlanId}`. */
export interface UsagePlanSnapshot {
  usagePlanId: string;
  throttle: ThrottleSnapshot | null;
  quota: { limit: number; offset: number; period: QuotaPeriod } | null;
  /** ISO date (UTC) of the first period, to which `quota.offset` applies. */
  quotaStart: string;
  apiStages: { apiId: string; stage: string; throttle: { path: string; httpMethod: HttpMethod; limit: ThrottleSnapshot }[] }[];
}

/** Key: `{apiKeyId}`. Holds no value: the gateway looks a key up by the SHA-256 of what the client sent. */
export interface KeyRecord {
  apiKeyId: string;
  /** SHA-256 of the key's value, hexadecimal. */
  valueHash: string;
  enabled: boolean;
  usagePlanIds: string[];
}

/** Key: `{certificateId}`, the last part of its ARN. What a TLS listener shows to clients that ask for one of its names. */
export interface CertificateSnapshot {
  certificateArn: string;
  /** Lower case; `*.example.com` stands for every name with one label in place of the asterisk. */
  domainNames: string[];
  /** PEM: the certificate itself, then each time the one that signed it. */
  chain: string;
  /** PKCS #8 in PEM, sealed under the name of this document. */
  privateKey: SealedSecret;
  /** ISO 8601: when the certificate itself ends. */
  notAfter: string;
}

/** Key: the domain name; a private one's is `{name}+{id}`. What requests for a host are served by. */
export interface DomainSnapshot {
  /** Lower case; `*.example.com` stands for every name with one label in place of the asterisk. */
  domainName: string;
  /** ARN of the certificate that TLS clients are to be shown for it; null leaves that to the names in certificates. */
  certificateArn: string | null;
  /** At most one of each base path. */
  basePaths: BasePathSnapshot[];
  /** What the domain asks for and gateways cannot enforce, for logs: where there is anything, all its requests are answered 500. */
  denied: readonly string[];
}

export interface BasePathSnapshot {
  /** The first segment of the path, as it is in its canonical form; empty for all paths that no other base path has. */
  basePath: string;
  protocol: 'REST';
  apiId: string;
  /** Null: the next segment of the path names it. */
  stage: string | null;
}

/** Key of the one `account` document that an account has in a region. */
export const ACCOUNT_DOCUMENT = 'settings';

export interface AccountSnapshot {
  /** Of all its APIs together; null for no limit. */
  throttle: ThrottleSnapshot | null;
}

/** Key: the function's name. Gateways have no use for it. */
export interface FunctionSnapshot {
  functionName: string;
  /** `$LATEST` and the published ones. */
  versions: FunctionVersionSnapshot[];
  aliases: FunctionAliasSnapshot[];
  /** Most invocations at a time of all versions together; null for no limit of its own, 0 invokes nothing. */
  reservedConcurrency: number | null;
  /** What others may do with the function, beside the account's own principals. */
  policy: FunctionStatementSnapshot[];
}

export interface FunctionVersionSnapshot {
  /** `$LATEST` or a number. */
  version: string;
  revisionId: string;
  /** AWS's identifier, such as `nodejs24.x`. */
  runtime: string;
  handler: string;
  /** Seconds. */
  timeout: number;
  /** Megabytes. */
  memorySize: number;
  /** JSON object of variables, sealed under the name of this document; null where there are none. */
  environment: SealedSecret | null;
  /** SHA-256 of the archive, hexadecimal. */
  codeSha256: string;
  /** Bytes of the archive. */
  codeSize: number;
}

export interface FunctionAliasSnapshot {
  name: string;
  version: string;
  /** Other versions that get a share of the invocations, each from 0 to 1. */
  routing: [version: string, weight: number][];
}

/** One statement of a function's policy. All of them allow. */
export interface FunctionStatementSnapshot {
  /** The version or alias that it speaks of; null for the function without a qualifier. */
  qualifier: string | null;
  /** `lambda:InvokeFunction`, `lambda:*` or `*`. */
  action: string;
  /** A service (`apigateway.amazonaws.com`), an account, the ARN of a principal, or `*`. */
  principal: string;
  /** Pattern with `*` and `?` for the ARN of what calls, null for any. */
  sourceArn: string | null;
  /** Account of what calls, null for any. */
  sourceAccount: string | null;
}

/** Region of `principal` documents: users, as IAM's, belong to an account and to no region. */
export const PRINCIPAL_REGION = 'aws-global';

/** Key: the user's id. */
export interface PrincipalSnapshot {
  /** `AIDA...`. */
  userId: string;
  userName: string;
  /** Those that are active. */
  accessKeys: AccessKeySnapshot[];
  /** JSON texts of the user's policies. */
  policies: string[];
}

export interface AccessKeySnapshot {
  accessKeyId: string;
  /** Sealed under the name of the document. */
  secretAccessKey: SealedSecret;
}
