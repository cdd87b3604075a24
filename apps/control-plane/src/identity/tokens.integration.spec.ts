import { sign } from '@gatehouse/sigv4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../config.js';
import { BearerTokenEntity } from './bearer-token.entity.js';
import { identityEnvironment, IdentityServer, ROOT_KEY, type Answer } from './identity.fixture.js';

const TOKENS = '/gatehouse/tokens';
const INVALID_TOKEN = {
  status: 403,
  type: 'UnrecognizedClientException',
  body: { message: 'The security token included in the request is invalid.' },
};

let environment: Awaited<ReturnType<typeof identityEnvironment>>;
/** Two control planes on one database. */
let one: IdentityServer;
let two: IdentityServer;

beforeAll(async () => {
  environment = await identityEnvironment({
    GATEHOUSE_ROOT_ACCESS_KEY_ID: ROOT_KEY.accessKeyId,
    GATEHOUSE_ROOT_SECRET_ACCESS_KEY: ROOT_KEY.secretAccessKey,
  });
  one = await IdentityServer.start(loadConfig(environment.env));
  two = await IdentityServer.start(loadConfig(environment.env));
});

afterAll(async () => {
  await Promise.all([one.stop(), two.stop()]);
  await environment.database.drop();
});

function signed(method: string, target: string, body = ''): Promise<Answer> {
  const headers = sign({ method, url: new URL(target, one.url), body }, ROOT_KEY, { region: 'us-east-1', service: 'apigateway' });
  return one.send({ method, target, headers, body });
}

async function make(body = ''): Promise<{ tokenId: string; token: string; createdDate: string; expiresAt: string }> {
  const answer = await signed('POST', TOKENS, body);
  expect(answer.status).toBe(201);
  return answer.body as Awaited<ReturnType<typeof make>>;
}

const using = (server: IdentityServer, token: string, method = 'GET', target = TOKENS) =>
  server.send({ method, target, headers: { authorization: `Bearer ${token}` } });

const lifetime = ({ createdDate, expiresAt }: { createdDate: string; expiresAt: string }) =>
  (Date.parse(expiresAt) - Date.parse(createdDate)) / 1000;

describe('bearer tokens', () => {
  it('stand for the principal that made them, on every control plane', async () => {
    const { token, tokenId, ...rest } = await make();
    expect(token).toMatch(/^gh_[\w-]{43}$/);
    expect(lifetime(rest)).toBe(3600);
    for (const server of [one, two]) {
      const { status, body } = await using(server, token);
      expect(status).toBe(200);
      expect(body).toEqual({ items: expect.arrayContaining([{ tokenId, ...rest }]) });
    }
  });

  it('live as long as was asked', async () => {
    expect(lifetime(await make('{"expiresInSeconds":1}'))).toBe(1);
    expect(lifetime(await make('{"expiresInSeconds":2592000}'))).toBe(2_592_000);
  });

  it('are over when they expire', async () => {
    const { token, tokenId } = await make();
    await one.database.manager.update(BearerTokenEntity, { tokenId }, { expiresAt: new Date(Date.now() - 1) });
    expect(await using(one, token)).toEqual({
      status: 403,
      type: 'ExpiredTokenException',
      body: { message: 'The security token included in the request is expired' },
    });
    const { body } = await signed('GET', TOKENS);
    expect(JSON.stringify(body)).not.toContain(tokenId);
  });

  it('are over at once on every control plane when they are revoked', async () => {
    const { token, tokenId } = await make();
    expect((await using(two, token)).status).toBe(200);
    expect(await signed('DELETE', `${TOKENS}/${tokenId}`)).toMatchObject({ status: 204 });
    expect(await using(two, token)).toEqual(INVALID_TOKEN);
    expect(await using(one, token)).toEqual(INVALID_TOKEN);
    expect(await signed('DELETE', `${TOKENS}/${tokenId}`)).toEqual({
      status: 404,
      type: 'NotFoundException',
      body: { message: 'Invalid token identifier specified' },
    });
  });

  it('are forgotten a day after they expired', async () => {
    const { tokenId } = await make();
    await one.database.manager.update(BearerTokenEntity, { tokenId }, { expiresAt: new Date(Date.now() - 25 * 3_600_000) });
    await make();
    expect(await one.database.manager.existsBy(BearerTokenEntity, { tokenId })).toBe(false);
  });

  it.each([
    ['{"expiresInSeconds":0}', 400, 'ValidationException'],
    ['{"expiresInSeconds":2592001}', 400, 'ValidationException'],
    ['{"expiresInSeconds":"60"}', 400, 'SerializationException'],
    ['{"expiresInSeconds":60,"role":"root"}', 400, 'BadRequestException'],
    ['{"__proto__":{"expiresInSeconds":60}}', 400, 'BadRequestException'],
    ['[]', 400, 'SerializationException'],
    ['{', 400, 'SerializationException'],
  ])('are not made from %s', async (body, status, type) => {
    expect(await signed('POST', TOKENS, body)).toMatchObject({ status, type });
  });

  it('security class: secrets at rest: only the hash of a token is kept, and the list never tells one', async () => {
    const { token, tokenId } = await make();
    const row = await one.database.manager.findOneByOrFail(BearerTokenEntity, { tokenId });
    expect(JSON.stringify(row)).not.toContain(token.slice(3));
    const { body } = await signed('GET', TOKENS);
    expect(JSON.stringify(body)).not.toContain('gh_');
    expect(JSON.stringify(body)).not.toContain(row.tokenHash);
    expect(await using(one, row.tokenHash)).toEqual(INVALID_TOKEN);
  });

  it.each(['gh_', 'x', `gh_${'a'.repeat(43)}`, `gh_${'a'.repeat(5000)}`, "gh_' OR 1=1 --"])(
    'are not guessed: %s',
    async (token) => {
      const answer = await using(one, token);
      expect(answer.status).toBe(403);
      expect(answer.type).toBe(token.includes(' ') ? 'IncompleteSignatureException' : 'UnrecognizedClientException');
    },
  );
});
