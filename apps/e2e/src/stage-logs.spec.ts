import {
  CreateDeploymentCommand,
  PutGatewayResponseCommand,
  UpdateAccountCommand,
  UpdateStageCommand,
  type APIGatewayClient,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPets } from './api.js';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import { startLoad } from './http.js';
import { Product, REGION, type GatewayProcess } from './product.js';

// What an API answers in place of the gateway's own errors, and what a stage logs, by the SDK and over real sockets.

let product: Product;
let gateway: GatewayProcess;
let client: APIGatewayClient;
let backend: Backend;
let restApiId: string;

const replace = (at: string, value: string): PatchOperation => ({ op: 'replace', path: at, value });
const update = (...patchOperations: PatchOperation[]) =>
  client.send(new UpdateStageCommand({ restApiId, stageName: 'dev', patchOperations }));
const ACCESS = '/apis/access';

beforeAll(async () => {
  product = await Product.start(
    { controlPlanes: 1, gateways: 1 },
    { GATEHOUSE_WORKERS: '2', GATEHOUSE_ACCESS_LOG_MAX_BYTES: '65536', GATEHOUSE_ACCESS_LOG_FILES: '1000' },
  );
  gateway = product.gateways[0]!;
  client = product.controlPlanes[0]!.client();
  backend = await startBackend();
  const pets = await createPets(client, `${backend.url}/v1`);
  restApiId = pets.apiId;
  await client.send(
    new PutGatewayResponseCommand({
      restApiId,
      responseType: 'DEFAULT_4XX',
      statusCode: '404',
      responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': 'method.request.header.Origin' },
      responseTemplates: { 'application/json': '{"id":"$context.requestId","error":$context.error.messageString}' },
    }),
  );
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
  await until('the API to be served', async () =>
    (await gateway.call(restApiId, '/dev/pets')).status === 200 ? true : undefined,
  );
});
afterAll(async () => {
  await product?.stop();
  await backend?.stop();
});

/** Lines of a log group's file, and of those put aside. */
async function linesOf(logGroup: string): Promise<string[]> {
  const folder = path.join(product.stageLogs(0), '123456789012', REGION);
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${encodeURIComponent(logGroup)}.log`));
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  return texts.flatMap((text) => text.split('\n').slice(0, -1));
}

describe('a gateway response that was customised', () => {
  it('answers in the gateway’s place', async () => {
    const { status, headers, body } = await gateway.call(restApiId, '/dev/nix', { headers: { origin: 'https://a.example' } });
    expect(status).toBe(404);
    // By its name as a mapping has it: this client sent another case.
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(JSON.parse(body)).toEqual({ id: headers['x-amzn-requestid'], error: 'Missing Authentication Token' });
    const cased = await gateway.call(restApiId, '/dev/nix', { headers: { Origin: 'https://a.example' } });
    expect(cased.headers['access-control-allow-origin']).toBe('https://a.example');
  });
});

describe('the logs of a stage', () => {
  it('need the account’s role', async () => {
    await expect(update(replace('/*/*/logging/loglevel', 'INFO'))).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'CloudWatch Logs role ARN must be set in account settings to enable logging',
    });
    const role = 'arn:aws:iam::123456789012:role/logs';
    await client.send(new UpdateAccountCommand({ patchOperations: [replace('/cloudwatchRoleArn', role)] }));
  });

  it('tell of each request, and of errors', async () => {
    await update(
      replace('/accessLogSettings/destinationArn', `arn:aws:logs:${REGION}:123456789012:log-group:${ACCESS}`),
      replace(
        '/accessLogSettings/format',
        '{"id":"$context.requestId","status":$context.status,"bytes":$context.responseLength}',
      ),
      replace('/*/*/logging/loglevel', 'INFO'),
      replace('/*/*/logging/dataTrace', 'true'),
    );
    await until('a line', async () => {
      await gateway.call(restApiId, '/dev/pets');
      return (await linesOf(ACCESS)).length > 0 ? true : undefined;
    });
    const good = await gateway.call(restApiId, '/dev/pets?q=1', { headers: { authorization: 'Bearer hunter2' } });
    const bad = await gateway.call(restApiId, '/dev/nix');
    const idOf = ({ headers }: { headers: Record<string, unknown> }) => String(headers['x-amzn-requestid']);
    const entry = async (id: string) => (await linesOf(ACCESS)).find((line) => line.includes(id));
    await until('both lines', async () => ((await entry(idOf(bad))) && (await entry(idOf(good))) ? true : undefined));
    expect(JSON.parse((await entry(idOf(good)))!)).toEqual({ id: idOf(good), status: 200, bytes: good.body.length });
    expect(JSON.parse((await entry(idOf(bad)))!)).toEqual({ id: idOf(bad), status: 404, bytes: bad.body.length });
    const execution = (await linesOf(`API-Gateway-Execution-Logs_${restApiId}/dev`)).filter((line) =>
      line.includes(`(${idOf(good)})`),
    );
    expect(execution[0]).toContain('Extended Request Id: ');
    expect(execution.some((line) => line.includes('Method request query string: {q=1}'))).toBe(true);
    expect(execution.at(-1)).toMatch(/Method completed with status: 200$/);
    expect(execution.join('\n')).not.toContain('hunter2');
  });

  it('hold each request once, over workers and files that are put aside', async () => {
    await update(replace('/*/*/logging/loglevel', 'OFF'));
    const headers = { host: `${restApiId}.execute-api.${REGION}.localhost` };
    const before = new Set(await linesOf(ACCESS));
    const load = startLoad({ port: gateway.port, path: '/dev/pets', headers }, 8, { keepAlive: false });
    const file = path.join(product.stageLogs(0), '123456789012', REGION, `${encodeURIComponent(ACCESS)}.log`);
    await until('two files put aside', () => (existsSync(`${file}.2`) ? true : undefined), 60);
    const { answers, others } = await load.stop();
    expect(others).toEqual({});
    expect(await gateway.child.stop()).toBe(0);
    const lines = (await linesOf(ACCESS)).filter((line) => !before.has(line));
    const ids = lines.map((line) => (JSON.parse(line) as { id: string }).id);
    expect([ids.length, new Set(ids).size]).toEqual([answers, answers]);
  });
});
