import { availableParallelism, hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.js';
import { StartupError } from './startup-error.js';

const KEY = Buffer.alloc(32, 1).toString('base64');
const OTHER = Buffer.alloc(32, 2).toString('base64');
const SERVICES_KEY = { GATEHOUSE_AWS_ACCESS_KEY_ID: 'AKIA', GATEHOUSE_AWS_SECRET_ACCESS_KEY: 's3cret' };
const AWS_KEY = { GATEHOUSE_LAMBDA_ACCESS_KEY_ID: 'AKIA', GATEHOUSE_LAMBDA_SECRET_ACCESS_KEY: 's3cret' };
const POOL = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a';
const env = { REDIS_URL: 'redis://:p4ss@cache.internal:6380/2', GATEHOUSE_DATA_PLANE_KEY: KEY };

describe('loadConfig', () => {
  it('needs Redis and the key only', () => {
    const config = loadConfig({ ...env, GATEHOUSE_GATEWAY_PORT: '' });
    expect(config).toMatchObject({
      listeners: [{ name: 'http', host: '127.0.0.1', port: 8080 }],
      workers: availableParallelism(),
      internal: { host: '127.0.0.1', port: 9090 },
      pathForms: true,
      accessLog: 'stdout',
      maxBodyBytes: 10_485_760,
      drain: 30,
      allowedTargets: [],
      defaultCertificate: null,
      proxyProtocol: null,
      trustedProxies: null,
    });
    expect(config.gatewayId).toMatch(/-8080$/);
    expect(config.blockedTargets).toMatchObject([{ name: 'cache.internal', port: 6380 }]);
  });

  it('has an id of its own also where it takes a free port', () => {
    expect(loadConfig({ ...env, GATEHOUSE_GATEWAY_PORT: '0' }).gatewayId).toBe(`${hostname()}-pid${process.pid}`);
  });

  it('takes what is said', () => {
    const config = loadConfig({
      ...env,
      GATEHOUSE_DATA_PLANE_KEY: `${KEY}, ${OTHER}`,
      GATEHOUSE_GATEWAY_HOST: '::',
      GATEHOUSE_GATEWAY_PORT: '0',
      GATEHOUSE_GATEWAY_ID: 'gateway-7',
      GATEHOUSE_WORKERS: '3',
      GATEHOUSE_PATH_FORMS: 'off',
      GATEHOUSE_DRAIN_SECONDS: '0',
      GATEHOUSE_BLOCKED_TARGETS: '10.0.0.0/8, db:5432',
      GATEHOUSE_ALLOWED_TARGETS: '10.0.0.7',
    });
    expect(config).toMatchObject({
      listeners: [{ host: '::', port: 0 }],
      gatewayId: 'gateway-7',
      workers: 3,
      pathForms: false,
      drain: 0,
    });
    expect(config.dataPlaneKeys).toHaveLength(2);
    expect(config.blockedTargets).toHaveLength(3);
    expect(config.allowedTargets).toHaveLength(1);
  });

  it('takes the issuers of user pools', () => {
    const pool = (name: string) => `arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_${name}`;
    const issuers = [
      [pool('one'), 'https://login.example.com/realms/a=b/'],
      [pool('two'), 'http://127.0.0.1:8080/two'],
      [pool('three'), 'http://localhost'],
    ];
    const text = issuers.map((pair) => pair.join('=')).join(' , ');
    expect([...loadConfig({ ...env, GATEHOUSE_USER_POOLS: text }).issuers]).toEqual(issuers);
    expect(loadConfig(env).issuers.size).toBe(0);
  });

  it.each([
    ['pool=https://a', 'does not begin with the ARN of a user pool and ='],
    ['arn:aws:cognito-idp:us-east-1:1:userpool/us-east-1_a=https://a', 'does not begin with the ARN of a user pool and ='],
    [POOL, 'does not end with the URL of an issuer'],
    [`${POOL}=a.example.com`, 'does not end with the URL of an issuer'],
    [`${POOL}=https://me:secret@a`, 'does not end with the URL of an issuer'],
    [`${POOL}=https://a/?b=c`, 'does not end with the URL of an issuer'],
    [`${POOL}=http://a.example.com`, 'has an issuer without https that is not on this machine'],
    [`${POOL}=http://10.0.0.1`, 'has an issuer without https that is not on this machine'],
    [`${POOL}=ftp://localhost`, 'has an issuer without https that is not on this machine'],
    [`${POOL}=https://a,${POOL}=https://b`, 'names a user pool again'],
  ])('refuses %s as user pools', (text, reason) => {
    const load = () => loadConfig({ ...env, GATEHOUSE_USER_POOLS: text });
    expect(load).toThrow(StartupError);
    expect(load).toThrow(/^GATEHOUSE_USER_POOLS: entry [12] /);
    expect(load).toThrow(reason);
    expect(load).not.toThrow('secret');
  });

  it.each(['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'])('knows standard output as %s too', (accessLog) => {
    expect(loadConfig({ ...env, GATEHOUSE_ACCESS_LOG: accessLog }).accessLog).toBe('stdout');
  });

  it('takes what is said of TLS, and of who stands before it', () => {
    const config = loadConfig({
      ...env,
      GATEHOUSE_TLS_HOST: '0.0.0.0',
      GATEHOUSE_TLS_PORT: '8443',
      GATEHOUSE_TLS_CERTIFICATE_FILE: '/tls/tls.crt',
      GATEHOUSE_TLS_KEY_FILE: '/tls/tls.key',
      GATEHOUSE_PROXY_PROTOCOL: '10.0.0.0/8, fd00::/8',
      GATEHOUSE_TRUSTED_PROXIES: '10.0.0.7',
      GATEHOUSE_FORWARDING_HEADER: 'FORWARDED',
    });
    expect(config.listeners[1]).toEqual({ name: 'https', variables: 'GATEHOUSE_TLS', host: '0.0.0.0', port: 8443 });
    expect(config.defaultCertificate).toEqual({ certificateFile: '/tls/tls.crt', keyFile: '/tls/tls.key' });
    expect([config.proxyProtocol?.contains('fd00::1'), config.proxyProtocol?.contains('11.0.0.1')]).toEqual([true, false]);
    const proxy = { address: '10.0.0.7', localPort: 80, secure: false };
    const headers = ['Forwarded', 'for=192.0.2.9', 'X-Forwarded-For', '203.0.113.66'];
    expect(config.trustedProxies?.clientOf(proxy, headers).address).toBe('192.0.2.9');
  });

  it('knows nothing that runs functions as long as it is not told', () => {
    expect(loadConfig(env).lambda).toBeNull();
  });

  it.each([
    [{ GATEHOUSE_LAMBDA_ENDPOINT: 'http://functions:9100' }, 'http://functions:9100', null, { name: 'functions', port: 9100 }],
    [
      { GATEHOUSE_LAMBDA_ENDPOINT: 'http://127.0.0.1:9100/' },
      'http://127.0.0.1:9100',
      null,
      { name: null, port: 9100, own: true },
    ],
    [
      { GATEHOUSE_LAMBDA_ENDPOINT: 'http://[::1]:4566', ...AWS_KEY, GATEHOUSE_LAMBDA_SESSION_TOKEN: 'token' },
      'http://[::1]:4566',
      { accessKeyId: 'AKIA', secretAccessKey: 's3cret', sessionToken: 'token' },
      { name: null, port: 4566, own: true },
    ],
    [
      { GATEHOUSE_LAMBDA_ENDPOINT: 'https://lambda.us-east-1.amazonaws.com', ...AWS_KEY },
      'https://lambda.us-east-1.amazonaws.com',
      { accessKeyId: 'AKIA', secretAccessKey: 's3cret', sessionToken: null },
      undefined,
    ],
  ])('%j: functions are at %s, and no backends', (change, origin, credentials, blocked) => {
    const { lambda, blockedTargets } = loadConfig({ ...env, ...change });
    expect(lambda).toMatchObject({ origin, credentials });
    expect(blockedTargets.slice(1)).toMatchObject(blocked === undefined ? [] : [blocked]);
  });

  it('knows where services of AWS are, and VPC links lead; what is private of that is no backend', () => {
    const config = loadConfig({
      ...env,
      ...SERVICES_KEY,
      GATEHOUSE_AWS_ENDPOINT: 'http://127.0.0.1:4566',
      GATEHOUSE_AWS_ENDPOINTS: 'sqs=https://sqs.example, runtime.sagemaker=http://10.0.0.9:8080/',
      GATEHOUSE_VPC_LINKS:
        'abc123=[fd00::1]:80,arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/a/b=nlb.internal:443',
    });
    expect(config.aws).toMatchObject({
      endpoint: 'http://127.0.0.1:4566',
      endpoints: new Map([
        ['sqs', 'https://sqs.example'],
        ['runtime.sagemaker', 'http://10.0.0.9:8080'],
      ]),
      credentials: { accessKeyId: 'AKIA', secretAccessKey: 's3cret', sessionToken: null },
    });
    expect([...config.vpcLinks.values()]).toEqual([
      { host: 'fd00::1', port: 80 },
      { host: 'nlb.internal', port: 443 },
    ]);
    expect(config.blockedTargets.slice(1).map(({ port }) => port)).toEqual([4566, 8080, 80]);
    expect(loadConfig({ ...env, ...SERVICES_KEY }).aws).toMatchObject({ endpoint: null, endpointConfigs: [] });
    expect(loadConfig(env).aws).toBeNull();
  });

  it.each([
    [{ REDIS_URL: '' }, 'REDIS_URL is not set; it has the form redis://:password@host:6379'],
    [{ REDIS_URL: 'http://:s3cret@h' }, 'REDIS_URL does not have the form redis://:password@host:6379'],
    [
      { GATEHOUSE_DATA_PLANE_KEY: '' },
      'GATEHOUSE_DATA_PLANE_KEY is not set; it is one or more keys of 32 bytes in base64, with commas between',
    ],
    [{ GATEHOUSE_DATA_PLANE_KEY: `${KEY},s3cret` }, 'GATEHOUSE_DATA_PLANE_KEY: key 2 is not 32 bytes in base64'],
    [{ GATEHOUSE_GATEWAY_PORT: '65536' }, 'GATEHOUSE_GATEWAY_PORT is 65536, which is not a port number'],
    [{ GATEHOUSE_INTERNAL_PORT: 'x' }, 'GATEHOUSE_INTERNAL_PORT is "x", which is not a port number'],
    [{ GATEHOUSE_GATEWAY_HOST: 'a b' }, 'GATEHOUSE_GATEWAY_HOST is "a b", which is not a host name or an IP address'],
    [
      { GATEHOUSE_GATEWAY_ID: 'a/b' },
      'GATEHOUSE_GATEWAY_ID is "a/b", which is not letters, digits and . _ -, a letter or digit first',
    ],
    [
      { GATEHOUSE_GATEWAY_ID: '..' },
      'GATEHOUSE_GATEWAY_ID is "..", which is not letters, digits and . _ -, a letter or digit first',
    ],
    [{ GATEHOUSE_WORKERS: '100000' }, 'GATEHOUSE_WORKERS is 100000, which is more than 1024'],
    [{ GATEHOUSE_DRAIN_SECONDS: '2147484' }, 'GATEHOUSE_DRAIN_SECONDS is 2147484, which is more than 1000000'],
    [
      { GATEHOUSE_UPSTREAM_CONNECT_SECONDS: '1000001' },
      'GATEHOUSE_UPSTREAM_CONNECT_SECONDS is 1000001, which is more than 1000000',
    ],
    [{ GATEHOUSE_LIMIT_PATIENCE_MS: '2147483648' }, 'GATEHOUSE_LIMIT_PATIENCE_MS is 2147483648, which is more than 1000000000'],
    [{ GATEHOUSE_WORKERS: '0' }, 'GATEHOUSE_WORKERS is 0, which is less than 1'],
    [{ GATEHOUSE_PATH_FORMS: 'yes' }, 'GATEHOUSE_PATH_FORMS is "yes", which is not on or off'],
    [{ GATEHOUSE_DRAIN_SECONDS: '-1' }, 'GATEHOUSE_DRAIN_SECONDS is "-1", which is not a whole number'],
    [{ GATEHOUSE_KEEP_ALIVE_SECONDS: '0' }, 'GATEHOUSE_KEEP_ALIVE_SECONDS is 0, which is less than 1'],
    [
      { GATEHOUSE_BLOCKED_TARGETS: 'a b' },
      'GATEHOUSE_BLOCKED_TARGETS: "a b" is no target (host, host:port, address/prefix, [address]:port)',
    ],
    [{ GATEHOUSE_TLS_PORT: 'https' }, 'GATEHOUSE_TLS_PORT is "https", which is not a port number'],
    [
      { GATEHOUSE_TLS_PORT: '8443', GATEHOUSE_TLS_CERTIFICATE_FILE: 'a' },
      'GATEHOUSE_TLS_CERTIFICATE_FILE is set, but GATEHOUSE_TLS_KEY_FILE is not',
    ],
    [
      { GATEHOUSE_TLS_PORT: '8443', GATEHOUSE_TLS_KEY_FILE: 'a' },
      'GATEHOUSE_TLS_KEY_FILE is set, but GATEHOUSE_TLS_CERTIFICATE_FILE is not',
    ],
    [
      { GATEHOUSE_TLS_CERTIFICATE_FILE: 'a', GATEHOUSE_TLS_KEY_FILE: 'b' },
      'GATEHOUSE_TLS_CERTIFICATE_FILE is set, but GATEHOUSE_TLS_PORT is not',
    ],
    [
      { GATEHOUSE_PROXY_PROTOCOL: '10.0.0.0/8, lb.internal' },
      'GATEHOUSE_PROXY_PROTOCOL: "lb.internal" is no range of addresses (address or address/prefix)',
    ],
    [
      { GATEHOUSE_TRUSTED_PROXIES: '10.0.0.0/64' },
      'GATEHOUSE_TRUSTED_PROXIES: "10.0.0.0/64" is no range of addresses (address or address/prefix)',
    ],
    [
      { GATEHOUSE_LAMBDA_ENDPOINT: 'functions:9100' },
      'GATEHOUSE_LAMBDA_ENDPOINT does not have the form http://host:port or https://host',
    ],
    [
      { GATEHOUSE_LAMBDA_ENDPOINT: 'http://u:s3cret@h:1' },
      'GATEHOUSE_LAMBDA_ENDPOINT does not have the form http://host:port or https://host',
    ],
    [
      { GATEHOUSE_LAMBDA_ENDPOINT: 'http://h:1/path' },
      'GATEHOUSE_LAMBDA_ENDPOINT does not have the form http://host:port or https://host',
    ],
    [{ ...AWS_KEY }, 'credentials for Lambda are set, but GATEHOUSE_LAMBDA_ENDPOINT is not'],
    [
      { GATEHOUSE_AWS_ENDPOINT: 'http://h:4566' },
      'endpoints for services of AWS are set, but GATEHOUSE_AWS_ACCESS_KEY_ID is not',
    ],
    [
      { GATEHOUSE_AWS_ACCESS_KEY_ID: 'AKIA' },
      'GATEHOUSE_AWS_ACCESS_KEY_ID and GATEHOUSE_AWS_SECRET_ACCESS_KEY are needed both, or neither',
    ],
    [
      { ...SERVICES_KEY, GATEHOUSE_AWS_ENDPOINTS: 'sqs' },
      'GATEHOUSE_AWS_ENDPOINTS: "sqs" does not begin with the name of a service and =',
    ],
    [
      { ...SERVICES_KEY, GATEHOUSE_AWS_ENDPOINTS: 'sqs=h:1' },
      'GATEHOUSE_AWS_ENDPOINTS: sqs does not have the form http://host:port or https://host',
    ],
    [
      { ...SERVICES_KEY, GATEHOUSE_AWS_ENDPOINTS: 'sqs=http://h:1,sqs=http://h:2' },
      'GATEHOUSE_AWS_ENDPOINTS: sqs is there twice',
    ],
    [{ GATEHOUSE_VPC_LINKS: 'abc=backend' }, 'GATEHOUSE_VPC_LINKS: "backend" does not have the form host:port'],
    [{ GATEHOUSE_VPC_LINKS: 'abc=backend:70000' }, 'GATEHOUSE_VPC_LINKS: "backend:70000" does not have the form host:port'],
    [
      { GATEHOUSE_LAMBDA_ENDPOINT: 'http://h:1', GATEHOUSE_LAMBDA_ACCESS_KEY_ID: 'AKIA' },
      'GATEHOUSE_LAMBDA_ACCESS_KEY_ID and GATEHOUSE_LAMBDA_SECRET_ACCESS_KEY are needed both, or neither',
    ],
    [
      { GATEHOUSE_LAMBDA_ENDPOINT: 'http://h:1', ...AWS_KEY, GATEHOUSE_LAMBDA_SESSION_TOKEN: 'to ken' },
      'GATEHOUSE_LAMBDA_SESSION_TOKEN has characters that no header can carry',
    ],
    [
      { GATEHOUSE_FORWARDING_HEADER: 'X-Real-IP' },
      'GATEHOUSE_FORWARDING_HEADER is "X-Real-IP", which is not X-Forwarded-For or Forwarded',
    ],
  ])('refuses %j by name', (change, message) => {
    const load = () => loadConfig({ ...env, ...change });
    expect(load).toThrow(StartupError);
    expect(load).toThrow(message);
    expect(message).not.toContain('s3cret');
  });
});
