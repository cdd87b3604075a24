import { unseal } from '@gatehouse/snapshot';
import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, testCall } from '../rest-api/definition.fixture.js';
import { StageEntity } from '../stage/stage.entity.js';
import { Serving } from '../stage/serving.fixture.js';
import { ClientCertificateEntity } from './client-certificate.entity.js';
import { ClientCertificatesService } from './client-certificate.service.js';
import { requireClientCertificate } from './find-client-certificate.js';

let server: TestDatabase;
let serving: Serving;
let certificates: ClientCertificatesService;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url);
  certificates = new ClientCertificatesService(serving.definition.database, serving.unitOfWork, serving.config);
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

const call = testCall();
const unknown = 'NotFoundException: Invalid Client Certificate identifier specified';
const generate = (input: object = {}, by = call) => certificates.generateClientCertificate(by, input);

async function privateKeyOf(id: string): Promise<string> {
  const row = await serving.manager.findOneByOrFail(ClientCertificateEntity, { ...call.scope, clientCertificateId: id });
  return unseal(
    [serving.atRestKey],
    `client-certificate ${call.scope.accountId}/${call.scope.region}/${id}`,
    row.privateKeySealed,
  );
}

describe('GenerateClientCertificate', () => {
  it('makes a certificate that signs itself, valid for 365 days, and keeps its key sealed', async () => {
    const made = await generate({ description: 'd', tags: { a: 'b' } });
    expect(made).toMatchObject({
      clientCertificateId: expect.stringMatching(/^[a-z0-9]{6}$/),
      description: 'd',
      tags: { a: 'b' },
    });
    const certificate = new X509Certificate(made.pemEncodedCertificate!);
    expect(certificate.subject.split('\n').sort()).toEqual(['CN=ApiGateway', 'O=Gatehouse']);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 });
    expect(new Date(certificate.validFrom)).toEqual(made.createdDate);
    expect(new Date(certificate.validTo)).toEqual(made.expirationDate);
    expect(made.expirationDate!.getTime() - made.createdDate!.getTime()).toBe(365 * 86_400_000);
    const row = await serving.manager.findOneByOrFail(ClientCertificateEntity, {
      ...call.scope,
      clientCertificateId: made.clientCertificateId!,
    });
    expect(JSON.stringify(row)).not.toContain('PRIVATE KEY');
    const key = createPrivateKey(await privateKeyOf(made.clientCertificateId!));
    expect(certificate.checkPrivateKey(key)).toBe(true);
    expect(Object.keys(await generate()).sort()).toContain('pemEncodedCertificate');
    expect((await generate()).tags).toBeUndefined();
  });

  it('makes what a backend that trusts it alone takes from a client', async () => {
    const { clientCertificateId, pemEncodedCertificate } = await generate();
    const own = await generate();
    const options = { cert: own.pemEncodedCertificate, key: await privateKeyOf(own.clientCertificateId!) };
    const backend = createServer({ ...options, ca: pemEncodedCertificate, requestCert: true, rejectUnauthorized: true });
    await once(backend.listen(0, '127.0.0.1'), 'listening');
    try {
      const accepted = once(backend, 'secureConnection') as Promise<[TLSSocket]>;
      const key = await privateKeyOf(clientCertificateId!);
      const { port } = backend.address() as AddressInfo;
      const client = connect({ port, host: '127.0.0.1', cert: pemEncodedCertificate, key, rejectUnauthorized: false });
      const [socket] = await accepted;
      expect(socket.authorized).toBe(true);
      expect(socket.getPeerCertificate().subject).toMatchObject({ CN: 'ApiGateway' });
      client.destroy();
    } finally {
      backend.close();
    }
  });
});

describe('client certificates', () => {
  it('are read, listed by page and described', async () => {
    const scoped = testCall({ accountId: '300000000001', region: 'us-east-1' });
    const made = [await generate({}, scoped), await generate({}, scoped), await generate({}, scoped)];
    const [first] = made;
    const id = first!.clientCertificateId!;
    expect(await certificates.getClientCertificate(scoped, { clientCertificateId: id })).toEqual({ ...first, tags: {} });
    const one = await certificates.getClientCertificates(scoped, { limit: 2 });
    const two = await certificates.getClientCertificates(scoped, { limit: 2, position: one.position });
    expect(two.position).toBeUndefined();
    expect(new Set([...one.item!, ...two.item!].map((each) => each.clientCertificateId))).toEqual(
      new Set(made.map((each) => each.clientCertificateId)),
    );
    const update = (path: string) =>
      certificates.updateClientCertificate(scoped, {
        clientCertificateId: id,
        patchOperations: [{ op: 'replace', path, value: 'new' }],
      });
    expect(await update('/description')).toEqual({ ...first, description: 'new', tags: {} });
    expect(await refusal(update('/pemEncodedCertificate'))).toBe(
      "BadRequestException: Invalid patch path  '/pemEncodedCertificate' specified for op 'replace'. Must be one of: [/description]",
    );
  });

  it('stay while a stage presents them', async () => {
    const { restApiId, stageName } = await serving.newStage();
    const { clientCertificateId } = await generate();
    const key = { clientCertificateId: clientCertificateId! };
    const stage = { ...call.scope, apiId: restApiId, stageName };
    await serving.manager.update(StageEntity, stage, key);
    expect(await refusal(certificates.deleteClientCertificate(call, key))).toBe(
      `BadRequestException: Cannot delete Client Certificate ${clientCertificateId} because it is used by stage ${restApiId}/${stageName}`,
    );
    await serving.manager.update(StageEntity, stage, { clientCertificateId: null });
    await certificates.deleteClientCertificate(call, key);
    expect(await refusal(certificates.deleteClientCertificate(call, key))).toBe(unknown);
    expect(await refusal(certificates.getClientCertificate(call, key))).toBe(unknown);
  });

  it('must be there for a stage to name them', async () => {
    const { clientCertificateId } = await generate();
    const require = (id: string, by = call) =>
      refusal(serving.unitOfWork.run(by, (transaction) => requireClientCertificate(transaction, id)));
    expect(await require(clientCertificateId!)).toBe('no error');
    const refused = 'BadRequestException: Invalid Client Certificate identifier specified';
    expect(await require('nope00')).toBe(refused);
    expect(await require(clientCertificateId!, testCall({ accountId: '210987654321', region: 'us-east-1' }))).toBe(refused);
  });
});
