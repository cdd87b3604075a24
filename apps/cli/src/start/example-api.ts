import { randomBytes } from 'node:crypto';
import { AdminClient } from '../admin-client.js';

/** The API that every installation started with `gatehouse start` has, to try things on. */
export interface ExampleApi {
  restApiId: string;
  stageName: string;
  /** Below the stage, without a leading slash. */
  path: string;
  /** The key to call it with. */
  apiKey: string;
}

const NAME = 'example';
const STAGE = 'dev';
const PATH = 'hello';
const METHOD = 'GET';
const BACKEND_VARIABLE = 'backend';
/** Low, so that a loop of a few calls meets it; high enough that a call by hand does not. */
const THROTTLE = { rateLimit: 2, burstLimit: 5 };

interface Named {
  id: string;
  name?: string;
}
interface Resource {
  id: string;
  path: string;
}
interface Stage {
  variables?: Record<string, string>;
}
interface UsagePlan extends Named {
  apiStages?: { apiId: string; stage: string }[];
}
interface ApiKey extends Named {
  value: string;
}

/**
 * Makes sure that the example API exists, is deployed, and has a key in a usage plan; makes what is missing and leaves the rest, so that a
 * start that was interrupted is completed by the next one.
 * @param backend host and port that the API's integration calls; kept in a stage variable, because the port may change between starts
 */
export async function ensureExampleApi(admin: AdminClient, backend: string): Promise<ExampleApi> {
  const restApiId = await ensureRestApi(admin);
  const [, apiKey, usagePlan] = await Promise.all([
    ensureStage(admin, restApiId, backend),
    ensureApiKey(admin),
    ensureUsagePlan(admin),
  ]);
  await ensureApiStage(admin, usagePlan, restApiId);
  await ensureUsagePlanKey(admin, usagePlan.id, apiKey.id);
  return { restApiId, stageName: STAGE, path: PATH, apiKey: apiKey.value };
}

async function ensureRestApi(admin: AdminClient): Promise<string> {
  for await (const api of admin.list<Named>('/restapis')) if (api.name === NAME) return api.id;
  const description = 'Made by "gatehouse start" to try things on.';
  return (await admin.send<Named>('POST', '/restapis', { name: NAME, description })).id;
}

async function ensureStage(admin: AdminClient, restApiId: string, backend: string): Promise<void> {
  const target = `/restapis/${restApiId}/stages/${STAGE}`;
  const stage = await admin.find<Stage>(target);
  if (!stage) {
    await ensureMethod(admin, restApiId);
    const variables = { [BACKEND_VARIABLE]: backend };
    await admin.send('POST', `/restapis/${restApiId}/deployments`, { stageName: STAGE, variables });
  } else if (stage.variables?.[BACKEND_VARIABLE] !== backend) {
    const patch = { op: 'replace', path: `/variables/${BACKEND_VARIABLE}`, value: backend };
    await admin.send('PATCH', target, { patchOperations: [patch] });
  }
}

async function ensureMethod(admin: AdminClient, restApiId: string): Promise<void> {
  const resources = `/restapis/${restApiId}/resources`;
  let root: Resource | undefined;
  let resource: Resource | undefined;
  for await (const candidate of admin.list<Resource>(resources)) {
    if (candidate.path === '/') root = candidate;
    if (candidate.path === `/${PATH}`) resource = candidate;
  }
  resource ??= await admin.send<Resource>('POST', `${resources}/${root!.id}`, { pathPart: PATH });
  const method = `${resources}/${resource.id}/methods/${METHOD}`;
  if (!(await admin.find(method))) await admin.send('PUT', method, { authorizationType: 'NONE', apiKeyRequired: true });
  await admin.send('PUT', `${method}/integration`, {
    type: 'HTTP_PROXY',
    httpMethod: METHOD,
    uri: `http://\${stageVariables.${BACKEND_VARIABLE}}/${PATH}`,
  });
}

async function ensureApiKey(admin: AdminClient): Promise<ApiKey> {
  for await (const key of admin.list<ApiKey>(`/apikeys?name=${NAME}&includeValues=true`)) if (key.name === NAME) return key;
  const value = randomBytes(24).toString('base64url');
  return admin.send<ApiKey>('POST', '/apikeys', { name: NAME, value, enabled: true });
}

async function ensureUsagePlan(admin: AdminClient): Promise<UsagePlan> {
  for await (const plan of admin.list<UsagePlan>('/usageplans')) if (plan.name === NAME) return plan;
  return admin.send<UsagePlan>('POST', '/usageplans', { name: NAME, throttle: THROTTLE });
}

async function ensureApiStage(admin: AdminClient, usagePlan: UsagePlan, restApiId: string): Promise<void> {
  if (usagePlan.apiStages?.some(({ apiId, stage }) => apiId === restApiId && stage === STAGE)) return;
  const patch = { op: 'add', path: '/apiStages', value: `${restApiId}:${STAGE}` };
  await admin.send('PATCH', `/usageplans/${usagePlan.id}`, { patchOperations: [patch] });
}

async function ensureUsagePlanKey(admin: AdminClient, usagePlanId: string, keyId: string): Promise<void> {
  if (await admin.find(`/usageplans/${usagePlanId}/keys/${keyId}`)) return;
  await admin.send('POST', `/usageplans/${usagePlanId}/keys`, { keyId, keyType: 'API_KEY' });
}
