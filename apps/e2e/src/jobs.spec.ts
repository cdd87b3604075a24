import {
  CreateApiKeyCommand,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetBasePathMappingsCommand,
  GetDomainNamesCommand,
  GetGatewayResponseCommand,
  GetMethodCommand,
  GetModelsCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  GetStageCommand,
  GetUsagePlansCommand,
  type APIGatewayClient,
} from '@aws-sdk/client-api-gateway';
import { issueCertificate } from '@gatehouse/testing';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { createPets, type Pets } from './api.js';
import { Product, REGION, ROOT_KEY } from './product.js';

const JOBS = path.resolve(import.meta.dirname, '../jobs');

let product: Product;
let client: APIGatewayClient;
let directory: string;

beforeAll(async () => {
  // The reporter keeps the reason of a skipped test to itself.
  for (const reason of Object.values(MISSING)) if (reason) console.warn(`Skipped: ${reason}`);
  directory = await mkdtemp(path.join(tmpdir(), 'gatehouse-jobs-'));
  // The settings of canaries are taken here whether gateways know them or not.
  product = await Product.start({ controlPlanes: 1, gateways: 0 }, { GATEHOUSE_UNENFORCED: 'deny' });
  client = product.controlPlanes[0]!.client();
});
afterAll(async () => {
  await product?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Why scripts of a kind cannot run here, if they cannot. */
const MISSING = {
  sh: missing('aws', ['--version'], 'there is no AWS CLI (`aws`) on the PATH'),
  py: missing('python3', ['-c', 'import boto3'], 'there is no python3 with boto3'),
};

function missing(command: string, args: string[], reason: string): string | undefined {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: 30_000 });
    return undefined;
  } catch {
    return reason;
  }
}

/** Runs a script the way a user would, with the address and the credentials in the environment; answers the lines that it printed. */
function run(script: string, ...args: string[]): Promise<string[]> {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    AWS_ENDPOINT_URL_API_GATEWAY: product.controlPlanes[0]!.endpoint,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: ROOT_KEY.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ROOT_KEY.secretAccessKey,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const [command, ...first] = script.endsWith('.py') ? ['python3', path.join(JOBS, script)] : ['bash', path.join(JOBS, script)];
  return new Promise((resolve, reject) => {
    execFile(command!, [...first, ...args], { env, timeout: 90_000 }, (error, out, err) =>
      error ? reject(new Error(`${script} ${args.join(' ')}:\n${out}${err}`)) : resolve(out.split('\n').slice(0, -1)),
    );
  });
}

const newApi = (): Promise<Pets> => createPets(client, 'http://backend.example/');
const deploy = async (restApiId: string, more: object = {}) =>
  (await client.send(new CreateDeploymentCommand({ restApiId, stageName: 'prod', ...more }))).id!;
const stage = (restApiId: string) => client.send(new GetStageCommand({ restApiId, stageName: 'prod' }));
const withCanary = async () => {
  const { apiId } = await newApi();
  const stable = await deploy(apiId, { variables: { color: 'blue' } });
  const canary = await deploy(apiId, { canarySettings: { percentTraffic: 10, stageVariableOverrides: { color: 'green' } } });
  return { apiId, stable, canary };
};
const plannedKey = async () => {
  const { apiId } = await newApi();
  await deploy(apiId);
  const plan = await client.send(new CreateUsagePlanCommand({ name: 'plan', apiStages: [{ apiId, stage: 'prod' }] }));
  const key = await client.send(new CreateApiKeyCommand({ name: `key of ${apiId}`, enabled: true }));
  await client.send(new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: key.id, keyType: 'API_KEY' }));
  return { plan: plan.id!, key: key.id!, name: key.name! };
};
const tool = { sh: 'AWS CLI', py: 'boto3' };

/** A job in both languages. */
const both = (name: string, job: (run: (...args: string[]) => Promise<string[]>) => Promise<void>) => {
  for (const kind of ['sh', 'py'] as const) one(name, kind, job);
};
function one(name: string, kind: 'sh' | 'py', job: (run: (...args: string[]) => Promise<string[]>) => Promise<void>): void {
  it(`${name}, with ${tool[kind]}`, async (context: TestContext) => {
    if (MISSING[kind]) return context.skip(MISSING[kind]);
    await job((...args) => run(`${name}.${kind}`, ...args));
  });
}

describe('the most common jobs', () => {
  both('import-petstore', async (run) => {
    for (const document of ['petstore.swagger.json', 'petstore.swagger.yaml', 'petstore.openapi.json', 'petstore.openapi.yaml']) {
      const [id] = await run(path.join(JOBS, document));
      expect(await client.send(new GetRestApiCommand({ restApiId: id }))).toMatchObject({
        name: 'PetStore',
        version: '1.0.0',
        endpointConfiguration: { types: ['REGIONAL'] },
      });
      const { items } = await client.send(new GetResourcesCommand({ restApiId: id }));
      expect(items!.map((each) => [each.path, Object.keys(each.resourceMethods ?? {}).sort()])).toEqual([
        ['/', []],
        ['/pets', ['GET', 'POST']],
        ['/pets/{petId}', ['GET', 'OPTIONS']],
      ]);
      const models = await client.send(new GetModelsCommand({ restApiId: id }));
      expect(models.items!.map(({ name }) => name).sort()).toEqual(['Pet', 'Pets']);
    }
  });

  both('create-api', async (run) => {
    const [id] = await run('from scratch', 'http://backend.example/pets');
    const { items } = await client.send(new GetResourcesCommand({ restApiId: id, embed: ['methods'] }));
    expect(items![1]!.resourceMethods!.GET!.methodIntegration).toMatchObject({ uri: 'http://backend.example/pets' });
    await client.send(new GetStageCommand({ restApiId: id, stageName: 'dev' }));
  });

  both('add-key', async (run) => {
    const { apiId } = await newApi();
    await deploy(apiId);
    const consumer = `consumer of ${apiId}`;
    const [value] = await run(apiId, 'prod', consumer);
    const { items } = await client.send(new GetApiKeysCommand({ nameQuery: consumer, includeValues: true }));
    expect(items).toMatchObject([{ value, enabled: true, stageKeys: [`${apiId}/prod`] }]);
    const plans = await client.send(new GetUsagePlansCommand({ keyId: items![0]!.id }));
    expect(plans.items).toMatchObject([{ throttle: { rateLimit: 10, burstLimit: 20 }, quota: { limit: 1000, period: 'DAY' } }]);
  });

  both('rotate-key', async (run) => {
    const { plan, key, name } = await plannedKey();
    const [value] = await run(key);
    const { items } = await client.send(new GetApiKeysCommand({ nameQuery: name, includeValues: true }));
    const made = items!.find(({ id }) => id !== key);
    expect(made).toMatchObject({ name, value, enabled: true });
    expect((await client.send(new GetUsagePlansCommand({ keyId: made!.id }))).items).toMatchObject([{ id: plan }]);
    expect((await client.send(new GetApiKeyCommand({ apiKey: key }))).enabled).toBe(false);
  });

  both('disable-key', async (run) => {
    const { key } = await plannedKey();
    expect(await run(key)).toEqual(['False']);
    expect((await client.send(new GetApiKeyCommand({ apiKey: key }))).enabled).toBe(false);
  });

  both('import-keys', async (run) => {
    const { plan } = await plannedKey();
    const file = path.join(directory, 'keys.csv');
    const keys = ['first', 'second'].map((name) => `${name} of ${plan},the-value-of-${name}-${plan},true,${plan}`);
    await writeFile(file, ['name,key,enabled,usageplanIds', ...keys].join('\n'));
    const ids = await run(file);
    const { items } = await client.send(new GetApiKeysCommand({ nameQuery: `first of ${plan}` }));
    expect(ids).toEqual([items![0]!.id, expect.any(String)]);
    expect(items).toMatchObject([{ enabled: true, stageKeys: [expect.stringMatching(/\/prod$/)] }]);
  });

  both('deploy', async (run) => {
    const { apiId } = await newApi();
    const [first] = await run(apiId, 'prod', 'the first');
    expect((await stage(apiId)).deploymentId).toBe(first);
    const [second] = await run(apiId, 'prod', 'the second');
    expect((await stage(apiId)).deploymentId).toBe(second);
  });

  both('roll-back', async (run) => {
    const { apiId } = await newApi();
    const [before] = [await deploy(apiId), await deploy(apiId)];
    expect(await run(apiId, 'prod', before)).toEqual([before]);
    expect((await stage(apiId)).deploymentId).toBe(before);
  });

  both('promote-canary', async (run) => {
    const { apiId, canary } = await withCanary();
    expect(await run(apiId, 'prod')).toEqual([canary]);
    const { deploymentId, variables, canarySettings } = await stage(apiId);
    expect([deploymentId, variables, canarySettings]).toEqual([canary, { color: 'green' }, undefined]);
  });

  both('remove-canary', async (run) => {
    const { apiId, stable } = await withCanary();
    expect(await run(apiId, 'prod')).toEqual([stable]);
    const { deploymentId, variables, canarySettings } = await stage(apiId);
    expect([deploymentId, variables, canarySettings]).toEqual([stable, { color: 'blue' }, undefined]);
  });

  both('set-stage-variable', async (run) => {
    const { apiId } = await newApi();
    await deploy(apiId);
    expect(await run(apiId, 'prod', 'backend', 'blue.example')).toEqual(['blue.example']);
    expect((await stage(apiId)).variables).toEqual({ backend: 'blue.example' });
  });

  both('throttle-method', async (run) => {
    const { apiId } = await newApi();
    await deploy(apiId);
    await run(apiId, 'prod', '/pets/{petId}', 'GET', '2.5', '5');
    expect((await stage(apiId)).methodSettings).toMatchObject({
      'pets~1{petId}/GET': { throttlingRateLimit: 2.5, throttlingBurstLimit: 5 },
    });
  });

  one('enable-cors', 'py', async (run) => {
    const { apiId, resourceId } = await newApi();
    await run(apiId, '/pets', 'https://app.example');
    const options = await client.send(new GetMethodCommand({ restApiId: apiId, resourceId, httpMethod: 'OPTIONS' }));
    expect(options).toMatchObject({
      methodIntegration: {
        type: 'MOCK',
        integrationResponses: {
          200: { responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'https://app.example'" } },
        },
      },
    });
    await deploy(apiId);
  });

  one('require-schema', 'py', async (run) => {
    const { apiId, resourceId } = await newApi();
    await run(apiId, '/pets', 'GET', 'Pet', path.join(JOBS, 'pet.schema.json'));
    const method = await client.send(new GetMethodCommand({ restApiId: apiId, resourceId, httpMethod: 'GET' }));
    expect(method).toMatchObject({ requestModels: { 'application/json': 'Pet' }, requestValidatorId: expect.any(String) });
  });

  one('cors-on-errors', 'py', async (run) => {
    const { apiId } = await newApi();
    await run(apiId, 'https://app.example');
    const answer = await client.send(new GetGatewayResponseCommand({ restApiId: apiId, responseType: 'DEFAULT_4XX' }));
    expect(answer.responseParameters).toEqual({ 'gatewayresponse.header.Access-Control-Allow-Origin': "'https://app.example'" });
  });

  one('add-domain', 'py', async (run) => {
    const { apiId } = await newApi();
    await deploy(apiId);
    const { certificate, privateKey } = issueCertificate({ domainNames: ['pets.example.com'] });
    const [file, key] = [path.join(directory, 'certificate.pem'), path.join(directory, 'key.pem')];
    await Promise.all([writeFile(file, certificate), writeFile(key, privateKey, { mode: 0o600 })]);
    expect(await run('pets.example.com', apiId, 'prod', file, key)).toEqual([expect.stringMatching(/^d-[a-z0-9]{10}\./)]);
    expect((await client.send(new GetBasePathMappingsCommand({ domainName: 'pets.example.com' }))).items).toEqual([
      { basePath: '(none)', restApiId: apiId, stage: 'prod' },
    ]);
  });

  both('export-api', async (run) => {
    const { apiId } = await newApi();
    await deploy(apiId);
    const file = path.join(directory, `${apiId}.json`);
    await run(apiId, 'prod', file);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      openapi: '3.0.1',
      paths: { '/pets': { get: { 'x-amazon-apigateway-integration': { type: 'http_proxy', uri: 'http://backend.example/' } } } },
    });
  });

  both('clone-api', async (run) => {
    const { apiId } = await newApi();
    const [clone] = await run(apiId, 'the clone');
    const { items } = await client.send(new GetResourcesCommand({ restApiId: clone }));
    expect(items!.map((each) => each.path)).toEqual(['/', '/pets']);
  });

  both('tag-and-find', async (run) => {
    const { apiId } = await newApi();
    expect(await run(apiId, 'found-by', apiId)).toEqual([apiId]);
  });

  both('list-apis', async (run) => {
    await Promise.all(Array.from({ length: 30 }, (_, n) => client.send(new CreateRestApiCommand({ name: `listed ${n}` }))));
    const { items } = await client.send(new GetRestApisCommand({ limit: 500 }));
    expect(await run()).toEqual(items!.map(({ id, name }) => `${id}\t${name}`));
  });

  // The last one: there is much to delete by now.
  one('delete-everything', 'py', async (run) => {
    await run();
    const left = await Promise.all([
      client.send(new GetRestApisCommand({})),
      client.send(new GetApiKeysCommand({})),
      client.send(new GetUsagePlansCommand({})),
      client.send(new GetDomainNamesCommand({})),
    ]);
    expect(left.flatMap(({ items }) => items)).toEqual([]);
  });
});
