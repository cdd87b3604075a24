import type { AdminClient } from '../admin-client.js';
import { STAGE } from './versioned-api.js';

const AT_ONCE = 16;

/** Deploys `count` APIs with one HTTP_PROXY method each. */
export async function deployApis(admin: AdminClient, count: number): Promise<void> {
  let next = 0;
  const workers = Array.from({ length: AT_ONCE }, async () => {
    while (next < count) await deployApi(admin, `api-${(next += 1)}`);
  });
  await Promise.all(workers);
}

async function deployApi(admin: AdminClient, name: string): Promise<void> {
  const { id, rootResourceId } = await admin.call<{ id: string; rootResourceId: string }>('POST', '/restapis', { name });
  const method = `/restapis/${id}/resources/${rootResourceId}/methods/GET`;
  await admin.call('PUT', method, { authorizationType: 'NONE' });
  await admin.call('PUT', `${method}/integration`, {
    type: 'HTTP_PROXY',
    httpMethod: 'GET',
    uri: `http://backend.example.com/${name}`,
  });
  await admin.call('POST', `/restapis/${id}/deployments`, { stageName: STAGE });
}
