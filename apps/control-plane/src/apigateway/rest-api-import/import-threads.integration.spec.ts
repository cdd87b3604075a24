import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { sourceReader } from '../../imports/document-reader.fixture.js';
import { refusal } from '../rest-api/definition.fixture.js';
import { RestApisService } from '../rest-api/rest-api.service.js';
import { Serving } from '../stage/serving.fixture.js';

const MEGABYTE = 1024 * 1024;
/** Milliseconds, for a machine that has much else to do. */
const PATIENCE = 120_000;

let server: TestDatabase;
let serving: Serving;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url, 'deny');
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

const document = (paths: object, schemas: object = {}) => ({
  openapi: '3.0.1',
  info: { title: 'large', version: '1' },
  paths,
  components: { schemas },
});

function largeYaml(): Buffer {
  const names = Array.from({ length: 60_000 }, (_, index) => `property${index}`);
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'string', description: 'What it is for' }]));
  const text = stringify(document({ '/a': { get: {} } }, { Large: { type: 'object', properties } }));
  expect(text.length).toBeGreaterThan(4.5 * MEGABYTE);
  return Buffer.from(text);
}

it('answers others while a large document is read', { timeout: PATIENCE }, async () => {
  const { definition, call } = serving;
  const { documentReader, restApis } = definition;
  let reading = false;
  const read = documentReader.read.bind(documentReader);
  vi.spyOn(documentReader, 'read').mockImplementation(async (...given) => {
    reading = true;
    try {
      return await read(...given);
    } finally {
      reading = false;
    }
  });
  const importing = restApis.importRestApi(call, { body: largeYaml() });
  for (let calls = 0; calls < 20; calls++) {
    await restApis.getRestApis(call, {});
    expect(reading).toBe(true);
  }
  const { id } = await importing;
  expect(reading).toBe(false);
  expect((await definition.models.getModels(call, { restApiId: id! })).item).toMatchObject([{ name: 'Large' }]);
});

it(
  'refuses a document over which its thread ends, keeps nothing of it, and imports the next one',
  { timeout: PATIENCE },
  async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const { definition, call, unitOfWork } = serving;
    // What a small document takes is enough for this one only.
    const reader = sourceReader({ threads: 1, mebibytes: 96 });
    const restApis = new RestApisService(definition.database, unitOfWork, reader);
    try {
      const { id } = await restApis.importRestApi(call, { body: Buffer.from(JSON.stringify(document({}))) });
      const message = 'BadRequestException: Invalid OpenAPI input. The document could not be read within 96 MiB of memory.';
      const before = (await restApis.getRestApis(call, {})).item!.length;
      const body = largeYaml();
      expect(await refusal(restApis.importRestApi(call, { body }))).toBe(message);
      expect(await refusal(restApis.putRestApi(call, { restApiId: id!, body }))).toBe(message);
      expect((await restApis.getRestApis(call, {})).item).toHaveLength(before);
      const next = await restApis.putRestApi(call, { restApiId: id!, body: Buffer.from(JSON.stringify(document({}))) });
      expect(next.name).toBe('large');
    } finally {
      await reader.onApplicationShutdown();
    }
  },
);
