import type { AdminClient } from '../admin-client.js';

const STAGE = 'bench';
const WAIT_SECONDS = 30;

/** What a limit admits. */
export interface Rate {
  /** Requests a second. */
  rate: number;
  /** Size of the bucket. */
  burst: number;
}

/** Serves an API whose gateways answer by themselves: for each rate a method with that limit, `/rate-{rate}`, and `/keyed` for keys. Answers the path to put before. */
export async function serveLimited(admin: AdminClient, rates: readonly Rate[]): Promise<{ apiId: string; base: string }> {
  const api = await admin.call<{ id: string; rootResourceId: string }>('POST', '/restapis', { name: 'limited' });
  for (const name of [...rates.map(({ rate }) => `rate-${rate}`), 'keyed']) {
    const resources = `/restapis/${api.id}/resources`;
    const { id } = await admin.call<{ id: string }>('POST', `${resources}/${api.rootResourceId}`, { pathPart: name });
    const method = `${resources}/${id}/methods/GET`;
    await admin.call('PUT', method, { authorizationType: 'NONE', apiKeyRequired: name === 'keyed' });
    const requestTemplates = { 'application/json': '{"statusCode": 200}' };
    await admin.call('PUT', `${method}/integration`, { type: 'MOCK', requestTemplates });
    await admin.call('PUT', `${method}/responses/200`, {});
    await admin.call('PUT', `${method}/integration/responses/200`, {});
  }
  await admin.call('POST', `/restapis/${api.id}/deployments`, { stageName: STAGE });
  const patchOperations = rates.flatMap(({ rate, burst }) => [
    { op: 'replace', path: `/~1rate-${rate}/GET/throttling/rateLimit`, value: String(rate) },
    { op: 'replace', path: `/~1rate-${rate}/GET/throttling/burstLimit`, value: String(burst) },
  ]);
  await served(admin, await admin.answer('PATCH', `/restapis/${api.id}/stages/${STAGE}`, { patchOperations }));
  return { apiId: api.id, base: `/_aws/execute-api/${api.id}/${STAGE}` };
}

/** A key whose plan has a quota for the API; answers its value. */
export async function createQuota(admin: AdminClient, apiId: string, limit: number): Promise<string> {
  const plan = await admin.call<{ id: string }>('POST', '/usageplans', {
    name: 'quota',
    apiStages: [{ apiId, stage: STAGE }],
    quota: { limit, period: 'MONTH' },
  });
  const key = await admin.call<{ id: string; value: string }>('POST', '/apikeys', { name: 'key', enabled: true });
  await served(admin, await admin.answer('POST', `/usageplans/${plan.id}/keys`, { keyId: key.id, keyType: 'API_KEY' }));
  return key.value;
}

async function served(admin: AdminClient, answer: Awaited<ReturnType<AdminClient['answer']>>): Promise<void> {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.body}`);
  const path = `/gatehouse/publications/${answer.publicationId}/wait`;
  const wait = await admin.call<{ served: boolean }>('POST', path, { timeoutSeconds: WAIT_SECONDS });
  if (!wait.served) throw new Error(`not served after ${WAIT_SECONDS} s`);
}
