import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ClientCertificatesService } from '../apigateway/client-certificate/client-certificate.service.js';
import { testCall } from '../apigateway/rest-api/definition.fixture.js';
import { Serving } from '../apigateway/stage/serving.fixture.js';

const drawn = vi.hoisted((): string[] => []);
vi.mock('@gatehouse/aws-wire', async (original) => {
  const wire = await original<typeof import('@gatehouse/aws-wire')>();
  return { ...wire, shortId: () => drawn.shift() ?? wire.shortId() };
});

let server: TestDatabase;
let serving: Serving;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url);
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

it('a usage plan draws an id that is not taken', async () => {
  drawn.push('aaaaaa', 'aaaaaa', 'bbbbbb');
  const create = async () => (await serving.usagePlans.createUsagePlan(testCall(), { name: 'p' })).id;
  expect([await create(), await create()]).toEqual(['aaaaaa', 'bbbbbb']);
});

it('a client certificate draws an id that is not taken', async () => {
  const certificates = new ClientCertificatesService(serving.definition.database, serving.unitOfWork, serving.config);
  drawn.push('aaaaaa', 'aaaaaa', 'bbbbbb');
  const generate = async () => (await certificates.generateClientCertificate(testCall(), {})).clientCertificateId;
  expect([await generate(), await generate()]).toEqual(['aaaaaa', 'bbbbbb']);
});
