import { randomBytes } from 'node:crypto';
import { AdminClient } from '../admin-client.js';
import { allowExampleFunction } from './example-function.js';

/** The API that every installation started with `gatehouse start` has, to try things on. */
export interface ExampleApi {
  restApiId: string;
  stageName: string;
  /** Asks for the key; below the stage, without a leading slash. */
  path: string;
  /** What the example function answers, for everyone. */
  functionPath: string;
  /** The key to call it with. */
  apiKey: string;
}

const NAME = 'example';
const STAGE = 'dev';
const PATH = 'hello';
const FUNCTION_PATH = 'function';
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
interface Deployment {
  apiSummary?: Record<string, object>;
}
interface Stage {
  deploymentId: string;
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
 * @param functionArn the example function, which stands behind a path of its own
 */
export async function ensureExampleApi(admin: AdminClient, backend: string, functionArn: string): Promise<ExampleApi> {
  const restApiId = await ensureRestApi(admin);
  const [, apiKey, usagePlan] = await Promise.all([
    ensureStage(admin, restApiId, backend, functionArn),
    ensureApiKey(admin),
    ensureUsagePlan(admin),
    allowExampleFunction(admin, functionArn, restApiId),
  ]);
  await ensureApiStage(admin, usagePlan, restApiId);
  await ensureUsagePlanKey(admin, usagePlan.id, apiKey.id);
  return { restApiId, stageName: STAGE, path: PATH, functionPath: FUNCTION_PATH, apiKey: apiKey.value };
}

async function ensureRestApi(admin: AdminClient): Promise<string> {
  for await (const api of admin.list<Named>('/restapis')) if (api.name === NAME) return api.id;
  const description = 'Made by "gatehouse start" to try things on.';
  return (await admin.send<Named>('POST', '/restapis', { name: NAME, description })).id;
}

async function ensureStage(admin: AdminClient, restApiId: string, backend: string, functionArn: string): Promise<void> {
  const target = `/restapis/${restApiId}/stages/${STAGE}`;
  const stage = await admin.find<Stage>(target);
  if (!stage || !(await deploysAll(admin, restApiId, stage.deploymentId))) {
    await ensureMethods(admin, restApiId, functionArn);
    const variables = { ...stage?.variables, [BACKEND_VARIABLE]: backend };
    await admin.send('POST', `/restapis/${restApiId}/deployments`, { stageName: STAGE, variables });
  } else if (stage.variables?.[BACKEND_VARIABLE] !== backend) {
    const patch = { op: 'replace', path: `/variables/${BACKEND_VARIABLE}`, value: backend };
    await admin.send('PATCH', target, { patchOperations: [patch] });
  }
}

async function deploysAll(admin: AdminClient, restApiId: string, deploymentId: string): Promise<boolean> {
  const target = `/restapis/${restApiId}/deployments/${deploymentId}?embed=apisummary`;
  const deployment = await admin.find<Deployment>(target);
  return [PATH, FUNCTION_PATH].every((path) => deployment?.apiSummary?.[`/${path}`] !== undefined);
}

async function ensureMethods(admin: AdminClient, restApiId: string, functionArn: string): Promise<void> {
  const resources = new Map<string, string>();
  for await (const { path, id } of admin.list<Resource>(`/restapis/${restApiId}/resources`)) resources.set(path, id);
  const [, , , region] = functionArn.split(':');
  await ensureMethod(admin, restApiId, resources, {
    path: PATH,
    apiKeyRequired: true,
    integration: { type: 'HTTP_PROXY', httpMethod: METHOD, uri: `http://\${stageVariables.${BACKEND_VARIABLE}}/${PATH}` },
  });
  await ensureMethod(admin, restApiId, resources, {
    path: FUNCTION_PATH,
    apiKeyRequired: false,
    integration: {
      type: 'AWS_PROXY',
      httpMethod: 'POST',
      uri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
    },
  });
}

interface WantedMethod {
  path: string;
  apiKeyRequired: boolean;
  integration: { type: string; httpMethod: string; uri: string };
}

async function ensureMethod(
  admin: AdminClient,
  restApiId: string,
  resources: ReadonlyMap<string, string>,
  { path, apiKeyRequired, integration }: WantedMethod,
): Promise<void> {
  const target = `/restapis/${restApiId}/resources`;
  const resourceId =
    resources.get(`/${path}`) ?? (await admin.send<Resource>('POST', `${target}/${resources.get('/')}`, { pathPart: path })).id;
  const method = `${target}/${resourceId}/methods/${METHOD}`;
  if (!(await admin.find(method))) await admin.send('PUT', method, { authorizationType: 'NONE', apiKeyRequired });
  await admin.send('PUT', `${method}/integration`, integration);
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
