import { sign } from '@gatehouse/sigv4';
import { APIGatewayClient, GetTagsCommand } from '@aws-sdk/client-api-gateway';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../config.js';
import { identityEnvironment, IdentityServer, ROOT_KEY, type Answer } from './identity.fixture.js';
import { PrincipalEntity } from './principal.entity.js';

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const INVALID_TOKEN = 'The security token included in the request is invalid.';
const TOKENS = '/gatehouse/tokens';

let environment: Awaited<ReturnType<typeof identityEnvironment>>;
let server: IdentityServer;

beforeAll(async () => {
  environment = await identityEnvironment({
    GATEHOUSE_ROOT_ACCESS_KEY_ID: ROOT_KEY.accessKeyId,
    GATEHOUSE_ROOT_SECRET_ACCESS_KEY: ROOT_KEY.secretAccessKey,
  });
  server = await IdentityServer.start(loadConfig(environment.env));
});

afterAll(async () => {
  await server.stop();
  await environment.database.drop();
});

interface SignOptions {
  method?: string;
  body?: string;
  headers?: Record<string, string>;
  key?: typeof ROOT_KEY;
  region?: string;
  service?: string;
  time?: number;
}

function signedHeaders(
  target: string,
  { method = 'GET', key = ROOT_KEY, region = 'us-east-1', service = 'apigateway', ...rest }: SignOptions,
) {
  const signing = { region, service, ...(rest.time === undefined ? {} : { time: rest.time }) };
  return sign(
    { method, url: new URL(target, server.url), ...(rest.headers ? { headers: rest.headers } : {}), body: rest.body ?? '' },
    key,
    signing,
  );
}

function send(target: string, options: SignOptions = {}): Promise<Answer> {
  const { method = 'GET', body } = options;
  return server.send({ method, target, headers: signedHeaders(target, options), ...(body === undefined ? {} : { body }) });
}

const refused = (type: string, message: string): Answer => ({ status: 403, type, body: { message } });

describe('a signed request', () => {
  it('is scoped to execute-api for @connections, and for nothing else', async () => {
    for (const target of ['/prod/@connections/abc%3D', '/@connections/abc']) {
      expect(await send(target, { method: 'POST', body: 'x', service: 'execute-api' })).toMatchObject({ status: 501 });
    }
    for (const target of ['/restapis', '/restapis?x=/@connections/abc', '/tags/a/@connections/abc'])
      expect(await send(target, { service: 'execute-api' })).toMatchObject({ status: 403 });
  });

  it('is scoped to the service whose path it has', async () => {
    const functions = '/2015-03-31/functions';
    for (const target of [functions, `${functions}/`, '/%32015-03-31/functions', `${functions}/hello`, '/2017-03-31/tags/a']) {
      expect(await send(target, { service: 'lambda' })).toMatchObject({ status: 501 });
      expect(await send(target)).toEqual(
        refused('InvalidSignatureException', "Credential should be scoped to correct service: 'lambda'."),
      );
    }
    expect(await send('/2015-03-31/nothing', { service: 'lambda' })).toMatchObject({ status: 404 });
    for (const target of ['/restapis', '/v2/apis', TOKENS, '/x?/2015-03-31/functions', '/nothing'])
      expect(await send(target, { service: 'lambda' })).toEqual(
        refused('InvalidSignatureException', "Credential should be scoped to correct service: 'apigateway'."),
      );
  });

  it('is let in', async () => {
    expect(await send(TOKENS)).toMatchObject({ status: 200 });
    expect(await send('/gatehouse/tokens?b=2&a=1&a=', { region: 'eu-central-1' })).toMatchObject({ status: 200 });
  });

  it('is let in from the JavaScript SDK', async () => {
    const client = new APIGatewayClient({
      endpoint: server.url.href,
      region: 'us-east-1',
      credentials: ROOT_KEY,
      maxAttempts: 1,
    });
    const sent = client.send(new GetTagsCommand({ resourceArn: 'arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5' }));
    await expect(sent).rejects.toMatchObject({ name: 'NotImplementedException' });
    client.destroy();
  });

  it('is refused in the words of AWS', async () => {
    const now = Date.now();
    expect(await server.send({ target: TOKENS })).toEqual(
      refused('MissingAuthenticationTokenException', 'Missing Authentication Token'),
    );
    expect(await send(TOKENS, { key: { ...ROOT_KEY, secretAccessKey: 'x'.repeat(40) } })).toEqual(
      refused('InvalidSignatureException', MISMATCH),
    );
    expect(await send(TOKENS, { key: { ...ROOT_KEY, accessKeyId: 'AKIAUNKNOWNUNKNOWN22' } })).toEqual(
      refused('UnrecognizedClientException', INVALID_TOKEN),
    );
    expect(await send(TOKENS, { service: 'execute-api' })).toEqual(
      refused('InvalidSignatureException', "Credential should be scoped to correct service: 'apigateway'."),
    );
    for (const [minutes, words] of [
      [-6, 'Signature expired: '],
      [6, 'Signature not yet current: '],
    ] as const) {
      const answer = await send(TOKENS, { time: now + minutes * 60_000 });
      expect(answer).toMatchObject({ status: 403, type: 'InvalidSignatureException' });
      expect((answer.body as { message: string }).message).toContain(words);
    }
    expect(await send(TOKENS, { time: now - 4 * 60_000 })).toMatchObject({ status: 200 });
  });

  it('is refused when its body is another one', async () => {
    const headers = signedHeaders(TOKENS, { method: 'POST', body: '{"expiresInSeconds":60}' });
    const sent = (body: string) => server.send({ method: 'POST', target: TOKENS, headers, body });
    expect(await sent('{"expiresInSeconds":61}')).toEqual(refused('InvalidSignatureException', MISMATCH));
    expect(await sent('{"expiresInSeconds":60}')).toMatchObject({ status: 201 });
  });

  it('is refused when its principal is not allowed to', async () => {
    const principal = { accountId: '123456789012', principalId: 'root' };
    const { policies } = await server.database.manager.findOneByOrFail(PrincipalEntity, principal);
    const denied = [
      ...policies,
      { Version: '2012-10-17' as const, Statement: [{ Effect: 'Deny' as const, Action: ['gatehouse:*'], Resource: ['*'] }] },
    ];
    await server.database.manager.update(PrincipalEntity, principal, { policies: denied });
    const other = await IdentityServer.start(loadConfig(environment.env));
    try {
      const headers = sign({ method: 'GET', url: new URL(TOKENS, other.url) }, ROOT_KEY, {
        region: 'us-east-1',
        service: 'apigateway',
      });
      expect(await other.send({ target: TOKENS, headers })).toEqual(
        refused(
          'AccessDeniedException',
          'User: arn:aws:iam::123456789012:root is not authorized to perform: gatehouse:ListTokens on resource: arn:aws:gatehouse:us-east-1:123456789012:token/* with an explicit deny',
        ),
      );
    } finally {
      await other.stop();
      await server.database.manager.update(PrincipalEntity, principal, { policies });
    }
  });
});

describe('security class: exposed administration', () => {
  it.each(['/healthz', '/docs', '/docs-json'])('%s is open', async (target) => {
    expect((await server.send({ target })).status).toBe(200);
  });

  it.each([
    ['GET', '/'],
    ['GET', '/restapis'],
    ['GET', '/nothing/here'],
    ['POST', '/gatehouse/tokens'],
    ['GET', '/gatehouse/tokens'],
    ['DELETE', '/gatehouse/tokens/x'],
    ['GET', '/gatehouse/fleet'],
    ['GET', '//restapis'],
    ['GET', '/healthz/../restapis'],
    ['GET', '/docs/../restapis'],
    ['GET', '/docs/..%2frestapis'],
    ['GET', '/docs-json/x'],
    ['GET', '/restapis;/healthz'],
    ['GET', '/%68ealthz/../restapis'],
    ['POST', '/healthz'],
    ['OPTIONS', '/restapis'],
    ['HEAD', '/restapis'],
    ['GET', '/restapis?X-Amz-Algorithm='],
  ])('%s %s is not', async (method, target) => {
    const { status, body } = await server.send({ method, target });
    // What is routed to the open documentation is looked for there, and not found.
    expect(target.startsWith('/docs/') ? [400, 404] : [403]).toContain(status);
    expect(JSON.stringify(body)).not.toContain('tokenId');
  });

  it('has no key that everybody knows', async () => {
    for (const [accessKeyId, secretAccessKey] of [
      ['test', 'test'],
      ['AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ] as const) {
      expect(await send(TOKENS, { key: { accessKeyId, secretAccessKey } })).toEqual(
        refused('UnrecognizedClientException', INVALID_TOKEN),
      );
    }
  });

  it('answers before it reads the body of somebody unknown', async () => {
    const { hostname, port } = server.url;
    const socket = connect(Number(port), hostname);
    const answer = new Promise<string>((resolve, reject) => {
      socket.once('data', (data) => resolve(data.toString())).once('error', reject);
    });
    socket.write(`POST /restapis HTTP/1.1\r\nHost: ${server.url.host}\r\nContent-Length: 6000000\r\n\r\n{`);
    expect(await answer).toMatch(/^HTTP\/1\.1 403 /);
    socket.destroy();
  });
});

describe('security class: secrets in logs and errors', () => {
  it('says nothing of what was wrong in a way that tells a secret', async () => {
    const said: string[] = [];
    const spies = (['log', 'error', 'warn', 'info', 'debug'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation((...parts: unknown[]) => void said.push(parts.map(String).join(' '))),
    );
    try {
      const password = Buffer.from('admin:hunter2hunter2').toString('base64');
      const token = `gh_${'s3cret'.repeat(7)}s`;
      const wrong = { ...ROOT_KEY, secretAccessKey: 'y'.repeat(40) };
      const answers = [
        await server.send({ target: TOKENS, headers: { authorization: `Basic ${password}` } }),
        await server.send({ target: TOKENS, headers: { authorization: `Bearer ${token}` } }),
        await send(TOKENS, { key: wrong }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
      const everything = JSON.stringify(answers) + said.join('\n');
      for (const secret of [password, 'hunter2', token, ROOT_KEY.secretAccessKey, wrong.secretAccessKey]) {
        expect(everything).not.toContain(secret);
      }
      expect(everything).not.toMatch(/Signature=[0-9a-f]{64}/);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  });
});

describe('security class: one meaning of a request for signature and router', () => {
  it.each([
    '//gatehouse/tokens',
    '/gatehouse//tokens',
    '/gatehouse/./tokens',
    '/gatehouse%2Ftokens',
    '/gatehouse/tokens/',
    '/gatehouse/tokens?x=2',
  ])('a signature for another path is none for %s', async (target) => {
    const headers = signedHeaders('/gatehouse/tokens?x=1', {});
    expect(await server.send({ target, headers })).toEqual(refused('InvalidSignatureException', MISMATCH));
  });

  it('a query may come in another order', async () => {
    const headers = signedHeaders('/gatehouse/tokens?a=1&b=2', {});
    expect(await server.send({ target: '/gatehouse/tokens?b=2&a=1', headers })).toMatchObject({ status: 200 });
  });

  it('a header that is repeated or not signed is refused', async () => {
    const headers = Object.entries({
      host: server.url.host,
      ...signedHeaders(TOKENS, { headers: { 'x-amz-meta': 'one' } }),
    }).flat();
    const sent = (more: string[]) => server.send({ target: TOKENS, headers: [...headers, ...more] });
    expect(await sent([])).toMatchObject({ status: 200 });
    expect(await sent(['X-Amz-Meta', 'two'])).toEqual(refused('InvalidSignatureException', MISMATCH));
    expect(await sent(['X-Amz-Target', 'two'])).toMatchObject({ status: 403, type: 'InvalidSignatureException' });
    expect(await sent(['Authorization', 'Bearer x'])).toMatchObject({ status: 403, type: 'IncompleteSignatureException' });
  });
});
