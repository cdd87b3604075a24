import { connectRedis, firstContact, SnapshotReader } from '@gatehouse/publication';
import { sign, type Credentials } from '@gatehouse/sigv4';
import { dataPlaneKey, deriveDataPlaneSecret, parseRef, readDocument, unseal, type PrincipalSnapshot } from '@gatehouse/snapshot';
import { createDatabase, freshRedis, type TestDatabase, type TestRedis } from '@gatehouse/testing';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ControlPlane, MASTER_KEY, ROOT_KEY } from '../publication/control-plane.fixture.js';
import type { CreatedAccessKey, UserDescription } from './user.dto.js';

const USERS = '/gatehouse/principals';
const key = dataPlaneKey(deriveDataPlaneSecret(MASTER_KEY));

let service: TestRedis;
let database: TestDatabase;
let redis: Redis;
/** Two control planes on one database. */
let one: ControlPlane;
let two: ControlPlane;

beforeAll(async () => {
  [service, database] = await Promise.all([freshRedis(), createDatabase()]);
  redis = connectRedis(service.url);
  await firstContact(redis, 5000);
  [one, two] = await Promise.all([ControlPlane.start(database.url, service.url), ControlPlane.start(database.url, service.url)]);
});
afterAll(async () => {
  await Promise.all([one.stop(), two.stop()]);
  redis.disconnect();
  await Promise.all([service.stop(), database.drop()]);
});

interface Answer {
  status: number;
  type: string | null;
  body: unknown;
}

interface How {
  plane?: ControlPlane;
  as?: Credentials;
  headers?: Record<string, string>;
}

async function ask(method: string, target: string, body?: object, how: How = {}): Promise<Answer> {
  const { plane = one, as = ROOT_KEY, headers: more = {} } = how;
  const url = new URL(target, plane.url);
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = sign({ method, url, body: text, headers: more }, as, { region: 'us-east-1', service: 'apigateway' });
  const answer = await fetch(url, { method, headers, ...(text ? { body: text } : {}) });
  const received = await answer.text();
  return {
    status: answer.status,
    type: answer.headers.get('x-amzn-errortype'),
    body: received ? (JSON.parse(received) as unknown) : null,
  };
}

const refused = (status: number, type: string, message: string) => ({ status, type, body: { message } });

async function makeUser(userName: string): Promise<UserDescription> {
  const answer = await ask('POST', USERS, { userName });
  expect(answer.status).toBe(201);
  return answer.body as UserDescription;
}

async function makeKey(userName: string): Promise<CreatedAccessKey> {
  const answer = await ask('POST', `${USERS}/${userName}/access-keys`);
  expect(answer.status).toBe(201);
  return answer.body as CreatedAccessKey;
}

const policy = (Action: string, Resource = '*', more = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource, ...more }] });
const put = (userName: string, policyName: string, policyDocument: string) =>
  ask('PUT', `${USERS}/${userName}/policies/${policyName}`, { policyDocument });

/** What a gateway would read now of a user: undefined for nothing, null for a tombstone. */
async function published({ userId }: UserDescription): Promise<PrincipalSnapshot | null | undefined> {
  const name = `principal 123456789012/aws-global/${userId}`;
  const reader = new SnapshotReader(redis);
  const { epoch } = await reader.changesAfter(null, 0, 1);
  const page = await reader.changesAfter(epoch, 0, 100_000);
  const found = page.documents.find((document) => document.name === name);
  return found && (readDocument([key], parseRef(name), found.text!).body as PrincipalSnapshot | null);
}

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 20 });

describe('users', () => {
  it('are made, told of, listed by name in pages, and removed', async () => {
    const zoe = await makeUser('zoe');
    expect(zoe).toEqual({
      userName: 'zoe',
      userId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
      arn: 'arn:aws:iam::123456789012:user/zoe',
      createdDate: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    const abe = await makeUser('abe');
    expect((await ask('GET', `${USERS}/zoe`, undefined, { plane: two })).body).toEqual(zoe);
    const first = (await ask('GET', `${USERS}?limit=1`)).body as { items: UserDescription[]; position: string };
    expect(first.items).toEqual([abe]);
    expect((await ask('GET', `${USERS}?limit=5&position=${first.position}`)).body).toEqual({ items: [zoe] });
    for (const name of ['zoe', 'abe']) expect((await ask('DELETE', `${USERS}/${name}`)).status).toBe(204);
    expect(await ask('GET', `${USERS}/zoe`)).toEqual(
      refused(404, 'NotFoundException', 'The user with name zoe cannot be found.'),
    );
  });

  it.each(['', 'a b', 'a/b', 'x'.repeat(65), '../root', 'ä'])('have no name like %j', async (userName) => {
    expect(await ask('POST', USERS, { userName })).toMatchObject({ status: 400, type: 'BadRequestException' });
  });

  it('have a name once, in whichever case, also where two are made at once', async () => {
    const made = await Promise.all(
      [one, two].flatMap((plane) => ['Twin', 'twin'].map((userName) => ask('POST', USERS, { userName }, { plane }))),
    );
    expect(made.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect(made.find(({ status }) => status === 409)).toMatchObject({ type: 'ConflictException' });
  });

  it('are not the root principal', async () => {
    expect(await ask('GET', `${USERS}/root`)).toMatchObject({ status: 404 });
    expect(await ask('DELETE', `${USERS}/root`)).toMatchObject({ status: 404 });
    expect((await ask('GET', USERS)).status).toBe(200);
  });
});

describe('access keys', () => {
  it('are told with their secret once, sign, are switched off and on, and removed', async () => {
    await makeUser('kim');
    await put('kim', 'read', policy('iam:GetUser', 'arn:aws:iam::123456789012:user/kim'));
    const made = await makeKey('kim');
    expect(made).toEqual({
      accessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      secretAccessKey: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
      status: 'Active',
      createdDate: expect.any(String),
    });
    const { secretAccessKey, ...described } = made;
    const keys = `${USERS}/kim/access-keys`;
    expect((await ask('GET', keys)).body).toEqual({ items: [described] });
    const asKim = (plane: ControlPlane) => ask('GET', `${USERS}/kim`, undefined, { plane, as: made });
    expect((await asKim(one)).status).toBe(200);
    const switched = await ask('PUT', `${keys}/${made.accessKeyId}`, { status: 'Inactive' });
    expect(switched).toEqual({ status: 200, type: null, body: { ...described, status: 'Inactive' } });
    // A control plane that has not seen the key before asks the database.
    expect(await asKim(two)).toEqual(
      refused(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.'),
    );
    await ask('PUT', `${keys}/${made.accessKeyId}`, { status: 'Active' });
    expect((await asKim(two)).status).toBe(200);
    expect((await ask('DELETE', `${keys}/${made.accessKeyId}`)).status).toBe(204);
    expect(await ask('DELETE', `${keys}/${made.accessKeyId}`)).toEqual(
      refused(404, 'NotFoundException', `The Access Key with id ${made.accessKeyId} cannot be found.`),
    );
    expect(secretAccessKey).not.toBe('');
  });

  it('are two at most, also where they are made at once, and belong to their user', async () => {
    await makeUser('max');
    await makeUser('moe');
    const made = await Promise.all(
      [one, two, one, two].map((plane) => ask('POST', `${USERS}/max/access-keys`, undefined, { plane })),
    );
    expect(made.map(({ status }) => status).sort()).toEqual([201, 201, 429, 429]);
    expect(made.find(({ status }) => status === 429)).toEqual(
      refused(429, 'LimitExceededException', 'Cannot exceed quota for AccessKeysPerUser: 2'),
    );
    const { accessKeyId } = made.find(({ status }) => status === 201)?.body as CreatedAccessKey;
    expect(await ask('DELETE', `${USERS}/moe/access-keys/${accessKeyId}`)).toMatchObject({ status: 404 });
    expect(await ask('PUT', `${USERS}/moe/access-keys/${accessKeyId}`, { status: 'Inactive' })).toMatchObject({ status: 404 });
    expect(await ask('PUT', `${USERS}/max/access-keys/${accessKeyId}`, { status: 'off' })).toEqual(
      refused(400, 'BadRequestException', 'The specified value for status is invalid. It must be one of: Active, Inactive'),
    );
    expect(await ask('POST', `${USERS}/nobody/access-keys`)).toMatchObject({ status: 404 });
  });
});

describe('policies', () => {
  it('are put, replaced, told of by name, and removed', async () => {
    await makeUser('pat');
    expect(await put('pat', 'b', policy('s3:*'))).toEqual({
      status: 200,
      type: null,
      body: { policyName: 'b', policyDocument: policy('s3:*') },
    });
    await put('pat', 'a', policy('sqs:*'));
    await put('pat', 'b', policy('sns:*'));
    expect((await ask('GET', `${USERS}/pat/policies`)).body).toEqual({
      items: [
        { policyName: 'a', policyDocument: policy('sqs:*') },
        { policyName: 'b', policyDocument: policy('sns:*') },
      ],
    });
    expect((await ask('GET', `${USERS}/pat/policies/a`)).body).toEqual({ policyName: 'a', policyDocument: policy('sqs:*') });
    expect((await ask('DELETE', `${USERS}/pat/policies/a`)).status).toBe(204);
    expect(await ask('GET', `${USERS}/pat/policies/a`)).toEqual(
      refused(404, 'NotFoundException', 'The user policy with name a cannot be found.'),
    );
    expect(await ask('DELETE', `${USERS}/pat/policies/a`)).toMatchObject({ status: 404 });
  });

  it.each([
    ['{', 'Syntax errors in policy: it is no JSON.'],
    ['{}', 'Policy document must be version 2012-10-17 or greater.'],
    [policy('s3:*', '*', { Principal: '*' }), 'Policy document should not specify a principal.'],
    [policy('s3:*', '*', { Condition: { Like: { 'aws:x': 'y' } } }), 'Invalid Condition type : Like.'],
    [policy('everything'), 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'],
  ])('are refused when they cannot be evaluated: %s', async (document, message) => {
    await makeUser('quinn');
    expect(await put('quinn', 'p', document)).toEqual(refused(400, 'BadRequestException', `MalformedPolicyDocument: ${message}`));
    expect((await ask('GET', `${USERS}/quinn/policies`)).body).toEqual({ items: [] });
    await ask('DELETE', `${USERS}/quinn`);
  });

  it('have a size together', async () => {
    await makeUser('ray');
    const large = (length: number) => policy('s3:*', `arn:aws:s3:::${'x'.repeat(length)}`);
    expect((await put('ray', 'a', large(6000))).status).toBe(200);
    expect(await put('ray', 'b', large(6000))).toEqual(
      refused(429, 'LimitExceededException', 'Maximum policy size of 10240 bytes exceeded for user ray'),
    );
    expect((await ask('GET', `${USERS}/ray/policies/b`)).status).toBe(404);
    expect(await put('ray', 'a b', large(1))).toMatchObject({ status: 400 });
  });
});

describe('what users may do with the admin API', () => {
  it('their policies say, in its terms', async () => {
    await makeUser('uma');
    const as = await makeKey('uma');
    const get = (target: string, how: How = {}) => ask('GET', target, undefined, { as, ...how });
    const denied = (action: string, resource: string, more = '') =>
      refused(
        403,
        'AccessDeniedException',
        `User: arn:aws:iam::123456789012:user/uma is not authorized to perform: ${action} on resource: ${resource}${more}`,
      );
    expect(await get('/restapis')).toEqual(denied('apigateway:GET', 'arn:aws:apigateway:us-east-1::/restapis'));
    expect(await get(`${USERS}/uma`)).toEqual(denied('iam:GetUser', 'arn:aws:iam::123456789012:user/uma'));

    await makeUser('una');
    const second = await makeKey('una');
    await put('una', 'read', policy('apigateway:GET'));
    await put('una', 'here', policy('iam:*', '*', { Effect: 'Deny', Condition: { StringEquals: { 'aws:username': 'una' } } }));
    await put('una', 'all', policy('iam:*'));
    const asUna = (method: string, target: string, body?: object) => ask(method, target, body, { as: second });
    expect((await asUna('GET', '/restapis')).status).toBe(200);
    expect(await asUna('POST', '/restapis', { name: 'x' })).toMatchObject({ status: 403, type: 'AccessDeniedException' });
    const explicit = await asUna('GET', USERS);
    expect(explicit).toMatchObject({ status: 403, type: 'AccessDeniedException' });
    expect((explicit.body as { message: string }).message).toContain(' with an explicit deny');
  });

  it('conditions ask where they come from', async () => {
    await makeUser('vic');
    const as = await makeKey('vic');
    await put(
      'vic',
      'p',
      policy('apigateway:GET', '*', {
        Condition: { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' }, StringEquals: { 'aws:UserAgent': 'mine' } },
      }),
    );
    expect((await ask('GET', '/restapis', undefined, { as, headers: { 'user-agent': 'mine' } })).status).toBe(200);
    await put('vic', 'p', policy('apigateway:GET', '*', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }));
    expect(
      (await ask('GET', '/restapis', undefined, { as, plane: two, headers: { 'x-forwarded-for': '192.0.2.1' } })).status,
    ).toBe(403);
  });
});

describe('the document of a user', () => {
  it('follows each change: active keys, their secrets sealed anew, and policies', async () => {
    const wes = await makeUser('wes');
    await until(async () =>
      expect(await published(wes)).toEqual({ userId: wes.userId, userName: 'wes', accessKeys: [], policies: [] }),
    );
    const made = await makeKey('wes');
    await put('wes', 'invoke', policy('execute-api:Invoke'));
    await until(async () => {
      const document = await published(wes);
      expect(document?.policies).toEqual([policy('execute-api:Invoke')]);
      const [given] = document?.accessKeys ?? [];
      expect(given?.accessKeyId).toBe(made.accessKeyId);
      const name = `principal 123456789012/aws-global/${wes.userId}`;
      expect(unseal([key], name, given?.secretAccessKey ?? '')).toBe(made.secretAccessKey);
    });
    await ask('PUT', `${USERS}/wes/access-keys/${made.accessKeyId}`, { status: 'Inactive' });
    await until(async () => expect((await published(wes))?.accessKeys).toEqual([]));
    await ask('DELETE', `${USERS}/wes/policies/invoke`);
    await until(async () => expect((await published(wes))?.policies).toEqual([]));
    await ask('DELETE', `${USERS}/wes`);
    await until(async () => expect(await published(wes)).toBeNull());
  });

  it('security class: secrets in documents: no secret is in Redis or Postgres in clear', async () => {
    await makeUser('xia');
    const { secretAccessKey, accessKeyId } = await makeKey('xia');
    await until(async () => {
      const everything = JSON.stringify(await redis.hgetall('{gatehouse}:documents'));
      expect(everything).toContain(accessKeyId);
      expect(everything).not.toContain(secretAccessKey);
    });
  });
});
