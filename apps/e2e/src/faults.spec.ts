import { CreateDeploymentCommand, DeleteStageCommand, type APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPets, redeploy, type Pets } from './api.js';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import { startLoad } from './http.js';
import { Product, REGION } from './product.js';

let product: Product;
let client: APIGatewayClient;
let backend: Backend;
let pets: Pets;

beforeAll(async () => {
  product = await Product.start({ controlPlanes: 2, gateways: 2 });
  client = product.controlPlanes[0]!.client();
  backend = await startBackend();
  pets = await createPets(client, `${backend.url}/first`);
  await client.send(new CreateDeploymentCommand({ restApiId: pets.apiId, stageName: 'dev' }));
  await servedEverywhere('/first');
});
afterAll(async () => {
  await backend?.stop();
  await product?.stop();
});
let load: ReturnType<typeof startLoad> | undefined;
afterEach(async () => {
  await load?.stop();
  load = undefined;
});

/** Waits until every gateway answers from the backend path `url`. */
async function servedEverywhere(url: string, stage = 'dev'): Promise<void> {
  for (const gateway of product.gateways) {
    await until(`${gateway.id} to serve ${url}`, async () => {
      const answer = await gateway.call(pets.apiId, `/${stage}/pets`);
      return answer.status === 200 && (JSON.parse(answer.body) as { url: string }).url === url ? true : undefined;
    });
  }
}

function loadOn(gateway: number) {
  const { port } = product.gateways[gateway]!;
  load = startLoad({ port, path: '/dev/pets', headers: { host: `${pets.apiId}.execute-api.${REGION}.localhost` } });
  return load;
}

/** Lets the load see at least `n` more answers, so that a fault is under load on both sides. */
async function moreAnswers(n = 200): Promise<void> {
  const before = load!.answers;
  await until(`${n} more answers`, () => (load!.answers >= before + n ? true : undefined));
}

describe('faults under load', () => {
  it('keeps answering 200 through FLUSHALL, and Redis is complete again within 10 s', async () => {
    const running = loadOn(0);
    await moreAnswers();
    const redis = new Redis(product.redis.url);
    await redis.flushall();
    await until(
      'Redis to be complete again',
      async () => {
        const [epoch, complete] = await redis.mget('{gatehouse}:epoch', '{gatehouse}:complete');
        return epoch !== null && epoch === complete ? true : undefined;
      },
      10,
    );
    redis.disconnect();
    await redeploy(client, pets, `${backend.url}/after-flush`, 'dev');
    await servedEverywhere('/after-flush');
    expect((await running.stop()).others).toEqual({});
  });

  it('keeps answering while Redis is down; admin writes succeed and arrive when it is back', async () => {
    const running = loadOn(1);
    await moreAnswers();
    await product.redis.stop();
    await redeploy(client, pets, `${backend.url}/without-redis`, 'dev');
    await moreAnswers();
    expect(JSON.parse((await product.gateways[0]!.call(pets.apiId, '/dev/pets')).body)).toMatchObject({ url: '/after-flush' });
    await product.startRedis();
    await servedEverywhere('/without-redis');
    expect((await running.stop()).others).toEqual({});
  });

  it('keeps answering while Postgres restarts; the admin API answers 503 meanwhile and works after', async () => {
    const running = loadOn(0);
    await moreAnswers();
    await product.postgres.stop();
    await expect(redeploy(client, pets, `${backend.url}/never`, 'dev')).rejects.toMatchObject({
      name: 'ServiceUnavailableException',
      $metadata: { httpStatusCode: 503 },
    });
    await moreAnswers();
    await product.startPostgres();
    await until('the admin API', () => redeploy(client, pets, `${backend.url}/after-postgres`, 'dev').catch(() => undefined));
    await servedEverywhere('/after-postgres');
    expect((await running.stop()).others).toEqual({});
  });

  it('keeps answering when both control planes are killed, and the other one finishes what the first had begun', async () => {
    const running = loadOn(1);
    await moreAnswers();
    const [first, second] = product.controlPlanes;
    await second!.child.stop('SIGKILL');
    await redeploy(client, pets, `${backend.url}/by-the-first`, 'dev');
    await first!.child.stop('SIGKILL');
    await moreAnswers();
    second!.start();
    await second!.ready();
    await servedEverywhere('/by-the-first');
    first!.start();
    await first!.ready();
    expect((await running.stop()).others).toEqual({});
  });

  it('starts a gateway from its disk copy with everything else down, and it follows again later', async () => {
    const [gateway] = product.gateways;
    await redeploy(client, pets, `${backend.url}/on-disk`, 'dev');
    await servedEverywhere('/on-disk');
    expect(await gateway!.child.stop()).toBe(0);
    await Promise.all([product.redis.stop(), product.postgres.stop()]);
    gateway!.start();
    const ready = await gateway!.ready();
    expect(ready.body).toContain('disk');
    expect(JSON.parse((await gateway!.call(pets.apiId, '/dev/pets')).body)).toMatchObject({ url: '/on-disk' });
    await Promise.all([product.startRedis(), product.startPostgres()]);
    await until('the admin API', () => redeploy(client, pets, `${backend.url}/back-again`, 'dev').catch(() => undefined));
    await servedEverywhere('/back-again');
  });

  it('a deletion made while a gateway was away and Redis was flushed still reaches it', async () => {
    await redeploy(client, pets, `${backend.url}/doomed`, 'doomed');
    await servedEverywhere('/doomed', 'doomed');
    const [gateway] = product.gateways;
    await gateway!.child.stop();
    await client.send(new DeleteStageCommand({ restApiId: pets.apiId, stageName: 'doomed' }));
    const redis = new Redis(product.redis.url);
    await redis.flushall();
    redis.disconnect();
    gateway!.start();
    await gateway!.ready();
    await until('the deletion to arrive', async () => {
      const answer = await gateway!.call(pets.apiId, '/doomed/pets');
      return answer.status === 403 ? true : undefined;
    });
  });

  it('loses no request when a gateway drains', async () => {
    const slow = await startBackend((_, __, response) => setTimeout(() => response.end('late'), 500));
    await redeploy(client, pets, slow.url, 'slow');
    const [, gateway] = product.gateways;
    await until('the slow stage', async () =>
      (await gateway!.call(pets.apiId, '/slow/pets')).status === 200 ? true : undefined,
    );
    const inFlight = Array.from({ length: 5 }, () => gateway!.call(pets.apiId, '/slow/pets'));
    const arrived = slow.requests.length + 5;
    await until('the requests to be in flight', () => (slow.requests.length >= arrived ? true : undefined));
    const ended = gateway!.child.stop('SIGTERM');
    expect((await Promise.all(inFlight)).map(({ status, body }) => `${status} ${body}`)).toEqual(Array(5).fill('200 late'));
    expect(await ended).toBe(0);
    await slow.stop();
    gateway!.start();
    await gateway!.ready();
  });
});
