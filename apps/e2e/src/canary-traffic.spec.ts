import {
  CreateDeploymentCommand,
  UpdateStageCommand,
  type APIGatewayClient,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPets } from './api.js';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import { Product, type GatewayProcess } from './product.js';

let backend: Backend;
let product: Product;
let client: APIGatewayClient;
let gateway: GatewayProcess;
let restApiId: string;

beforeAll(async () => {
  backend = await startBackend();
  product = await Product.start({ controlPlanes: 1, gateways: 1 });
  gateway = product.gateways[0]!;
  client = product.controlPlanes[0]!.client();
  const pets = await createPets(client, `${backend.url}/\${stageVariables.color}`);
  restApiId = pets.apiId;
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: 'prod', variables: { color: 'blue' } }));
  await until('the stage to be served', async () =>
    (await gateway.call(restApiId, '/prod/pets')).status === 200 ? true : undefined,
  );
});
afterAll(async () => {
  await product?.stop();
  await backend?.stop();
});

const CALLS = 400;

/** How many of the calls each colour's backend got. */
async function colours(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let call = 0; call < CALLS; call++) {
    const { status, body } = await gateway.call(restApiId, '/prod/pets');
    expect(status).toBe(200);
    const { url } = JSON.parse(body) as { url: string };
    counts[url] = (counts[url] ?? 0) + 1;
  }
  return counts;
}

const patch = (...patchOperations: PatchOperation[]) =>
  client.send(new UpdateStageCommand({ restApiId, stageName: 'prod', patchOperations }));

/** Resolves once only these colours are called. */
const settles = (...expected: string[]) =>
  until(`calls of ${expected.join(' and ')}`, async () =>
    Object.keys(await colours())
      .sort()
      .join() === expected.sort().join()
      ? true
      : undefined,
  );

describe('a canary release', () => {
  it('gets its share of the calls, and its own variables', async () => {
    const canarySettings = { percentTraffic: 25, stageVariableOverrides: { color: 'green' } };
    await client.send(new CreateDeploymentCommand({ restApiId, stageName: 'prod', canarySettings }));
    await settles('/blue', '/green');
    const { '/green': green = 0 } = await colours();
    // Six standard deviations: by chance it is beyond them once in hundreds of millions of runs.
    expect(green).toBeGreaterThan(CALLS * 0.25 - 52);
    expect(green).toBeLessThan(CALLS * 0.25 + 52);
  });

  it('takes everything at 100 percent, and nothing at 0', async () => {
    await patch({ op: 'replace', path: '/canarySettings/percentTraffic', value: '100' });
    await settles('/green');
    await patch({ op: 'replace', path: '/canarySettings/percentTraffic', value: '0' });
    await settles('/blue');
  });

  it('is promoted: the stage serves what the canary did', async () => {
    await patch(
      { op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' },
      { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' },
      { op: 'remove', path: '/canarySettings' },
    );
    await settles('/green');
  });
});
