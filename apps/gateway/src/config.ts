import { isPoolArn, parseTargetRule, type AwsCredentials, type TargetRule, type Via } from '@gatehouse/pipeline';
import { dataPlaneKey, decodeKey, KEY_BYTES, type DataPlaneKey } from '@gatehouse/snapshot';
import { isIP } from 'node:net';
import { availableParallelism, hostname } from 'node:os';
import { resolve } from 'node:path';
import { StartupError } from './startup-error.js';
import { AddressRanges } from './transport/client-address/address-ranges.js';
import { TrustedProxies } from './transport/client-address/trusted-proxies.js';

/** Where something listens. Port 0 takes a free one. */
export interface ListenAddress {
  host: string;
  port: number;
}

/** What a port for clients speaks. */
export type ListenerName = 'http' | 'https';

/** A port on which clients are served. */
export interface ListenerAddress extends ListenAddress {
  name: ListenerName;
  /** `{variables}_HOST` and `{variables}_PORT` say where it is. */
  variables: string;
}

/** Where a certificate chain and its key lie, both in PEM. */
export interface CertificateFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** An address of what gateways themselves call. */
interface OriginConfig {
  /** `http://host:port`. */
  origin: string;
  /** The same, as what may or may not be reached. */
  target: TargetRule;
}

/** Where functions are invoked. */
export interface LambdaEndpointConfig extends OriginConfig {
  /** Of an account of AWS; null where the endpoint is Gatehouse's own functions service. */
  credentials: AwsCredentials | null;
}

/** The services of AWS that integrations call. */
export interface AwsServicesConfig {
  /** Where all of them are, as an origin; null for AWS's own. */
  endpoint: string | null;
  /** Where some of them are, by name. */
  endpoints: ReadonlyMap<string, string>;
  /** All of these. */
  endpointConfigs: readonly OriginConfig[];
  credentials: AwsCredentials;
}

/** What the environment tells a gateway. docs/configuration.md explains each variable; times are in seconds. */
export interface GatewayConfig {
  redisUrl: string;
  /** The first signs the disk copy, all verify and open. */
  dataPlaneKeys: readonly DataPlaneKey[];
  /** Null where nothing runs functions. */
  lambda: LambdaEndpointConfig | null;
  /** Null where none may be called. */
  aws: AwsServicesConfig | null;
  /** Where VPC links lead, by their ids or the ARNs of their targets. */
  vpcLinks: ReadonlyMap<string, Via>;
  gatewayId: string;
  /** Absolute path; the disk copy lies below it. */
  dataDirectory: string;
  /** Each name once. */
  listeners: readonly ListenerAddress[];
  internal: ListenAddress;
  /** Shown to TLS clients for whose name there is no other certificate. */
  defaultCertificate: CertificateFiles | null;
  /** Peers whose connections begin with a header of the PROXY protocol. */
  proxyProtocol: AddressRanges | null;
  trustedProxies: TrustedProxies | null;
  /** Worker processes, at least one. */
  workers: number;
  /** Serves `/_aws/execute-api/...` and `/restapis/.../_user_request_/...` on hosts that name no API. */
  pathForms: boolean;
  /** `stdout`, `off`, or the path of a file. */
  accessLog: string;
  /** Bytes after which a log file is put aside for a new one. */
  accessLogMaxBytes: number;
  /** Log files that are kept aside. */
  accessLogFiles: number;
  /** Most bytes of a request body. */
  maxBodyBytes: number;
  /** Most bytes of a request's head. */
  maxHeaderBytes: number;
  /** Most headers of a request. */
  maxHeaders: number;
  /** Most connections of clients to one worker. */
  maxConnections: number;
  /** Most of them from one address. */
  maxConnectionsPerAddress: number;
  headersTimeout: number;
  /** For a whole request, its body included. */
  requestTimeout: number;
  /** Of idle connections of clients. */
  keepAlive: number;
  /** For a client that takes nothing of its answer. */
  writeTimeout: number;
  /** Most connections to one backend. */
  upstreamConnections: number;
  /** Most requests that wait for one of them. */
  upstreamWaiting: number;
  upstreamKeepAlive: number;
  /** For a connection to a backend, from its name to the end of the TLS handshake. */
  upstreamConnect: number;
  /** For one call of a backend on its connection, up to the end of its answer. */
  upstreamTotal: number;
  /** From the wish to end until no more is accepted. */
  shutdownDelay: number;
  /** After that, for requests under way. */
  drain: number;
  /** Milliseconds for which a request waits for Redis to decide on a limit, before this gateway's own share decides. */
  limitPatience: number;
  /** Bytes of answers that a worker keeps for stages with a cache. */
  cacheBytes: number;
  /** Bytes of them that Redis keeps for all gateways; 0 for none. */
  sharedCacheBytes: number;
  /** Most label sets of one metric. */
  metricSeries: number;
  /** Most bytes of decisions of authorizers that a worker remembers, and as many of tokens of user pools. */
  authorizerCacheBytes: number;
  /** ARN of a user pool -> URL of who issues its tokens. */
  issuers: ReadonlyMap<string, string>;
  blockedTargets: readonly TargetRule[];
  allowedTargets: readonly TargetRule[];
}

/** Eleven days. A timer of more than twice as much would fire at once. */
const MOST_SECONDS = 1_000_000;
const MOST_WORKERS = 1_024;
/** Other names of standard output: of this process, while workers, who would open them, have one of their own. */
const STDOUT = ['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'];

type Environment = Record<string, string | undefined>;

/** Reads the environment. Throws a `StartupError` that names the variable which is missing or wrong; it never repeats a secret. */
export function loadConfig(env: Environment): GatewayConfig {
  const redisUrl = readRedisUrl(env);
  const http = listenerAddress(env, 'http', 'GATEHOUSE_GATEWAY', 8080);
  const https = env['GATEHOUSE_TLS_PORT'] ? listenerAddress(env, 'https', 'GATEHOUSE_TLS', 0) : null;
  const internal = listenAddress(env, 'GATEHOUSE_INTERNAL', 9090);
  const lambda = readLambdaEndpoint(env);
  const aws = readAwsServices(env);
  const vpcLinks = readVpcLinks(env);
  return {
    redisUrl,
    dataPlaneKeys: readDataPlaneKeys(env),
    lambda,
    aws,
    vpcLinks,
    gatewayId: matching(
      env,
      'GATEHOUSE_GATEWAY_ID',
      // A port that is not known yet tells two gateways of one machine not apart.
      `${hostname()}-${http.port || `pid${process.pid}`}`,
      /^[A-Za-z0-9][\w.-]{0,127}$/,
      'letters, digits and . _ -, a letter or digit first',
    ),
    dataDirectory: resolve(env['GATEHOUSE_DATA_DIR'] || '.gatehouse'),
    listeners: https === null ? [http] : [http, https],
    internal,
    defaultCertificate: readCertificateFiles(env, https !== null),
    proxyProtocol: addressRanges(env, 'GATEHOUSE_PROXY_PROTOCOL'),
    trustedProxies: readTrustedProxies(env),
    workers: whole(env, 'GATEHOUSE_WORKERS', availableParallelism(), 1, MOST_WORKERS),
    pathForms: matching(env, 'GATEHOUSE_PATH_FORMS', 'on', /^(?:on|off)$/, 'on or off') === 'on',
    accessLog: readAccessLog(env),
    accessLogMaxBytes: whole(env, 'GATEHOUSE_ACCESS_LOG_MAX_BYTES', 104_857_600, 4096),
    accessLogFiles: whole(env, 'GATEHOUSE_ACCESS_LOG_FILES', 5, 1),
    maxBodyBytes: whole(env, 'GATEHOUSE_MAX_BODY_BYTES', 10_485_760, 0),
    maxHeaderBytes: whole(env, 'GATEHOUSE_MAX_HEADER_BYTES', 16_384, 1024),
    maxHeaders: whole(env, 'GATEHOUSE_MAX_HEADERS', 200, 1),
    maxConnections: whole(env, 'GATEHOUSE_MAX_CONNECTIONS', 50_000, 1),
    maxConnectionsPerAddress: whole(env, 'GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS', 10_000, 1),
    headersTimeout: whole(env, 'GATEHOUSE_HEADERS_TIMEOUT_SECONDS', 10, 1, MOST_SECONDS),
    requestTimeout: whole(env, 'GATEHOUSE_REQUEST_TIMEOUT_SECONDS', 120, 1, MOST_SECONDS),
    keepAlive: whole(env, 'GATEHOUSE_KEEP_ALIVE_SECONDS', 65, 1, MOST_SECONDS),
    writeTimeout: whole(env, 'GATEHOUSE_WRITE_TIMEOUT_SECONDS', 30, 1, MOST_SECONDS),
    upstreamConnections: whole(env, 'GATEHOUSE_UPSTREAM_CONNECTIONS', 512, 1),
    upstreamWaiting: whole(env, 'GATEHOUSE_UPSTREAM_WAITING', 1024, 0),
    upstreamKeepAlive: whole(env, 'GATEHOUSE_UPSTREAM_KEEP_ALIVE_SECONDS', 4, 1, MOST_SECONDS),
    upstreamConnect: whole(env, 'GATEHOUSE_UPSTREAM_CONNECT_SECONDS', 10, 1, MOST_SECONDS),
    upstreamTotal: whole(env, 'GATEHOUSE_UPSTREAM_TOTAL_SECONDS', 900, 1, MOST_SECONDS),
    shutdownDelay: whole(env, 'GATEHOUSE_SHUTDOWN_DELAY_SECONDS', 0, 0, MOST_SECONDS),
    drain: whole(env, 'GATEHOUSE_DRAIN_SECONDS', 30, 0, MOST_SECONDS),
    cacheBytes: whole(env, 'GATEHOUSE_CACHE_BYTES', 33_554_432, 0),
    sharedCacheBytes: whole(env, 'GATEHOUSE_SHARED_CACHE_BYTES', 67_108_864, 0),
    limitPatience: whole(env, 'GATEHOUSE_LIMIT_PATIENCE_MS', 5, 1, MOST_SECONDS * 1000),
    metricSeries: whole(env, 'GATEHOUSE_METRIC_SERIES', 2_000, 1),
    authorizerCacheBytes: whole(env, 'GATEHOUSE_AUTHORIZER_CACHE_BYTES', 33_554_432, 0),
    issuers: readIssuers(env),
    blockedTargets: [
      redisTarget(redisUrl),
      ...lambdaTargets(lambda),
      ...privateTargets(aws?.endpointConfigs ?? []),
      ...vpcLinkTargets(vpcLinks),
      ...targetRules(env, 'GATEHOUSE_BLOCKED_TARGETS'),
    ],
    allowedTargets: targetRules(env, 'GATEHOUSE_ALLOWED_TARGETS'),
  };
}

/** An empty variable counts as one that is not set: compose files and manifests pass optional ones like that. */
function matching(env: Environment, name: string, fallback: string, pattern: RegExp, what: string): string {
  const value = env[name] || fallback;
  if (!pattern.test(value)) throw new StartupError(`${name} is ${JSON.stringify(value)}, which is not ${what}`);
  return value;
}

function whole(env: Environment, name: string, fallback: number, least: number, most = Infinity): number {
  const value = Number(matching(env, name, String(fallback), /^\d{1,12}$/, 'a whole number'));
  if (value < least) throw new StartupError(`${name} is ${value}, which is less than ${least}`);
  if (value > most) throw new StartupError(`${name} is ${value}, which is more than ${most}`);
  return value;
}

function listenAddress(env: Environment, prefix: string, defaultPort: number): ListenAddress {
  const host = matching(env, `${prefix}_HOST`, '127.0.0.1', /^[A-Za-z0-9.:_-]+$/, 'a host name or an IP address');
  const port = Number(matching(env, `${prefix}_PORT`, String(defaultPort), /^\d{1,5}$/, 'a port number'));
  if (port > 65_535) throw new StartupError(`${prefix}_PORT is ${port}, which is not a port number`);
  return { host, port };
}

function listenerAddress(env: Environment, name: ListenerName, variables: string, defaultPort: number): ListenerAddress {
  return { name, variables, ...listenAddress(env, variables, defaultPort) };
}

function readCertificateFiles(env: Environment, hasListener: boolean): CertificateFiles | null {
  const certificateFile = env['GATEHOUSE_TLS_CERTIFICATE_FILE'];
  const keyFile = env['GATEHOUSE_TLS_KEY_FILE'];
  if (!certificateFile && !keyFile) return null;
  if (!certificateFile) throw new StartupError('GATEHOUSE_TLS_KEY_FILE is set, but GATEHOUSE_TLS_CERTIFICATE_FILE is not');
  if (!keyFile) throw new StartupError('GATEHOUSE_TLS_CERTIFICATE_FILE is set, but GATEHOUSE_TLS_KEY_FILE is not');
  if (!hasListener) throw new StartupError('GATEHOUSE_TLS_CERTIFICATE_FILE is set, but GATEHOUSE_TLS_PORT is not');
  return { certificateFile, keyFile };
}

function readTrustedProxies(env: Environment): TrustedProxies | null {
  const ranges = addressRanges(env, 'GATEHOUSE_TRUSTED_PROXIES');
  const header = matching(
    env,
    'GATEHOUSE_FORWARDING_HEADER',
    'X-Forwarded-For',
    /^(?:x-forwarded-for|forwarded)$/i,
    'X-Forwarded-For or Forwarded',
  );
  return ranges === null ? null : new TrustedProxies(ranges, header.toLowerCase() as 'x-forwarded-for' | 'forwarded');
}

/** Null where the variable names none. */
function addressRanges(env: Environment, name: string): AddressRanges | null {
  const texts = listed(env, name);
  try {
    return texts.length === 0 ? null : new AddressRanges(texts);
  } catch (error) {
    throw new StartupError(`${name}: ${(error as Error).message}`);
  }
}

function listed(env: Environment, name: string): string[] {
  const texts = (env[name] ?? '').split(',').map((text) => text.trim());
  return texts.filter((text) => text !== '');
}

function readAccessLog(env: Environment): string {
  const value = env['GATEHOUSE_ACCESS_LOG'] || 'stdout';
  return STDOUT.includes(value) ? 'stdout' : value;
}

function readRedisUrl(env: Environment): string {
  const form = 'redis://:password@host:6379';
  const value = env['REDIS_URL'];
  if (!value) throw new StartupError(`REDIS_URL is not set; it has the form ${form}`);
  const url = URL.parse(value);
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || !url.hostname) {
    throw new StartupError(`REDIS_URL does not have the form ${form}`);
  }
  return value;
}

function readDataPlaneKeys(env: Environment): DataPlaneKey[] {
  const value = env['GATEHOUSE_DATA_PLANE_KEY'];
  if (!value)
    throw new StartupError(
      `GATEHOUSE_DATA_PLANE_KEY is not set; it is one or more keys of ${KEY_BYTES} bytes in base64, with commas between`,
    );
  return value.split(',').map((text, index) => {
    const secret = decodeKey(text.trim());
    if (!secret) throw new StartupError(`GATEHOUSE_DATA_PLANE_KEY: key ${index + 1} is not ${KEY_BYTES} bytes in base64`);
    return dataPlaneKey(secret);
  });
}

function readLambdaEndpoint(env: Environment): LambdaEndpointConfig | null {
  const value = env['GATEHOUSE_LAMBDA_ENDPOINT'];
  const credentials = readCredentials(env, LAMBDA_CREDENTIALS);
  if (!value) {
    if (credentials) throw new StartupError('credentials for Lambda are set, but GATEHOUSE_LAMBDA_ENDPOINT is not');
    return null;
  }
  return { ...readOrigin(value, 'GATEHOUSE_LAMBDA_ENDPOINT'), credentials };
}

function readAwsServices(env: Environment): AwsServicesConfig | null {
  const credentials = readCredentials(env, AWS_CREDENTIALS);
  const general = env['GATEHOUSE_AWS_ENDPOINT'];
  const endpoint = general ? readOrigin(general, 'GATEHOUSE_AWS_ENDPOINT') : null;
  const endpoints = new Map<string, OriginConfig>();
  for (const [service, origin] of assignments(env, 'GATEHOUSE_AWS_ENDPOINTS', /^[a-z0-9.-]+$/, 'the name of a service')) {
    endpoints.set(service, readOrigin(origin, `GATEHOUSE_AWS_ENDPOINTS: ${service}`));
  }
  if (credentials === null) {
    if (endpoint || endpoints.size > 0) {
      throw new StartupError('endpoints for services of AWS are set, but GATEHOUSE_AWS_ACCESS_KEY_ID is not');
    }
    return null;
  }
  return {
    endpoint: endpoint?.origin ?? null,
    endpoints: new Map([...endpoints].map(([service, { origin }]) => [service, origin])),
    endpointConfigs: [...(endpoint ? [endpoint] : []), ...endpoints.values()],
    credentials,
  };
}

function readOrigin(value: string, name: string): OriginConfig {
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.pathname !== '/' || url.search || url.hash) {
    throw new StartupError(`${name} does not have the form http://host:port or https://host`);
  }
  return { origin: url.origin, target: parseTargetRule(`${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`) };
}

/** Names of the variables that hold an access key of AWS. */
interface CredentialVariables {
  id: string;
  secret: string;
  token: string;
}

const LAMBDA_CREDENTIALS: CredentialVariables = {
  id: 'GATEHOUSE_LAMBDA_ACCESS_KEY_ID',
  secret: 'GATEHOUSE_LAMBDA_SECRET_ACCESS_KEY',
  token: 'GATEHOUSE_LAMBDA_SESSION_TOKEN',
};
const AWS_CREDENTIALS: CredentialVariables = {
  id: 'GATEHOUSE_AWS_ACCESS_KEY_ID',
  secret: 'GATEHOUSE_AWS_SECRET_ACCESS_KEY',
  token: 'GATEHOUSE_AWS_SESSION_TOKEN',
};

/** Null where none of them is set. */
function readCredentials(env: Environment, { id, secret, token }: CredentialVariables): AwsCredentials | null {
  const accessKeyId = env[id] || null;
  const secretAccessKey = env[secret] || null;
  const sessionToken = env[token] || null;
  if (accessKeyId === null && secretAccessKey === null && sessionToken === null) return null;
  if (accessKeyId === null || secretAccessKey === null) throw new StartupError(`${id} and ${secret} are needed both, or neither`);
  // They go into headers as they are.
  for (const [name, text] of [
    [id, accessKeyId],
    [token, sessionToken ?? ''],
  ] as const) {
    if (!/^[\x21-\x7e]*$/.test(text)) throw new StartupError(`${name} has characters that no header can carry`);
  }
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** `{id or target ARN of a VPC link}={host:port}, ...`. */
function readVpcLinks(env: Environment): ReadonlyMap<string, Via> {
  const links = new Map<string, Via>();
  for (const [link, address] of assignments(env, 'GATEHOUSE_VPC_LINKS', /^[\w.:/-]+$/, 'a VPC link')) {
    const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([A-Za-z0-9._-]+)):(\d{1,5})$/.exec(address) ?? [];
    const host = bracketed ?? plain;
    if (
      host === undefined ||
      !(Number(port) >= 1 && Number(port) <= 65_535) ||
      (bracketed !== undefined && isIP(bracketed) !== 6)
    ) {
      throw new StartupError(`GATEHOUSE_VPC_LINKS: ${JSON.stringify(address)} does not have the form host:port`);
    }
    links.set(link, { host, port: Number(port) });
  }
  return links;
}

/** `name=value, ...`, each name once. */
function assignments(env: Environment, variable: string, names: RegExp, what: string): [name: string, value: string][] {
  const known = new Set<string>();
  return listed(env, variable).map((text) => {
    const [name = '', ...rest] = text.split('=');
    if (!names.test(name) || rest.length === 0) {
      throw new StartupError(`${variable}: ${JSON.stringify(text)} does not begin with ${what} and =`);
    }
    if (known.has(name)) throw new StartupError(`${variable}: ${name} is there twice`);
    known.add(name);
    return [name, rest.join('=')];
  });
}

/** `{pool ARN}={issuer URL}, ...`. What an issuer says is who may call: it is asked in the clear on this machine only. */
function readIssuers(env: Environment): ReadonlyMap<string, string> {
  const issuers = new Map<string, string>();
  for (const [index, text] of listed(env, 'GATEHOUSE_USER_POOLS').entries()) {
    const [poolArn = '', ...rest] = text.split('=');
    const issuer = rest.join('=');
    const url = URL.parse(issuer);
    const wrong = (reason: string) => new StartupError(`GATEHOUSE_USER_POOLS: entry ${index + 1} ${reason}`);
    if (!isPoolArn(poolArn)) throw wrong('does not begin with the ARN of a user pool and =');
    if (!url || url.username || url.password || url.search || url.hash) throw wrong('does not end with the URL of an issuer');
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
      throw wrong('has an issuer without https that is not on this machine');
    }
    if (issuers.has(poolArn)) throw wrong('names a user pool again');
    issuers.set(poolArn, issuer);
  }
  return issuers;
}

function targetRules(env: Environment, name: string): TargetRule[] {
  return listed(env, name).map((text) => {
    try {
      return parseTargetRule(text);
    } catch (error) {
      throw new StartupError(`${name}: ${(error as Error).message}`);
    }
  });
}

/** The gateway's own Redis is no backend of anyone, whatever the settings say. */
function redisTarget(redisUrl: string): TargetRule {
  const { hostname, port } = new URL(redisUrl);
  return parseTargetRule(`${hostname}:${port || 6379}`);
}

/**
 * What runs functions is no backend of anyone where it is Gatehouse's own, or on this machine or its network: its answers are for whoever signs for them. The public
 * address of Lambda is as good as any other, and blocking its name would block a port that others share as long as the name does not resolve.
 */
function lambdaTargets(lambda: LambdaEndpointConfig | null): TargetRule[] {
  if (lambda === null) return [];
  return lambda.credentials === null ? [lambda.target] : privateTargets([lambda]);
}

/** The same of what stands for services of AWS: nobody gets there without a role. */
function privateTargets(configs: readonly OriginConfig[]): TargetRule[] {
  return configs.filter(({ origin }) => isPrivateHost(new URL(origin).hostname)).map(({ target }) => target);
}

/** What a VPC link leads to is reached by that link alone. A name is not blocked, as its port would be as long as it does not resolve. */
function vpcLinkTargets(links: ReadonlyMap<string, Via>): TargetRule[] {
  const isPrivate = ({ host }: Via) => isPrivateHost(host);
  return [...links.values()]
    .filter(isPrivate)
    .map(({ host, port }) => parseTargetRule(`${isIP(host) === 6 ? `[${host}]` : host}:${port}`));
}

const PRIVATE_HOSTS = new AddressRanges(['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '::1/128', 'fc00::/7']);

const LOOPBACK = new AddressRanges(['127.0.0.0/8', '::1/128']);

function isLoopbackHost(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return host === 'localhost' || (isIP(host) !== 0 && LOOPBACK.contains(host));
}

function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return host === 'localhost' || (isIP(host) !== 0 && PRIVATE_HOSTS.contains(host));
}
