import { clientCertificateName } from '@gatehouse/compiler';
import { unseal } from '@gatehouse/snapshot';
import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClientCertificatesService } from '../client-certificate/client-certificate.service.js';
import { testCall } from '../rest-api/definition.fixture.js';
import { VpcLinksService } from '../vpc-link/vpc-link.service.js';
import { Serving } from './serving.fixture.js';

// What the document of a stage says of the ways to its backends.

const TARGET = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/a/0123456789abcdef';

let server: TestDatabase;
let serving: Serving;
let links: VpcLinksService;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url);
  links = new VpcLinksService(serving.definition.database, serving.unitOfWork);
});
afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

const newLink = async (by = serving.call) => (await links.createVpcLink(by, { name: 'l', targetArns: [TARGET] })).id!;
const documentOf = async (restApiId: string) => (await serving.stageDocuments(`${restApiId}/prod`))!.stage;

describe('the client certificate of a stage', () => {
  it('is in its document, with its key sealed for gateways', async () => {
    const certificates = new ClientCertificatesService(serving.definition.database, serving.unitOfWork, serving.config);
    const { clientCertificateId, pemEncodedCertificate } = await certificates.generateClientCertificate(serving.call, {});
    const { restApiId, stageName } = await serving.newStage();
    const update = (value: string) =>
      serving.stages.updateStage(serving.call, {
        restApiId,
        stageName,
        patchOperations: [{ op: 'replace', path: '/clientCertificateId', value }],
      });
    expect(await documentOf(restApiId)).not.toHaveProperty('clientCertificate');
    await update(clientCertificateId!);
    const { clientCertificate, denied } = await documentOf(restApiId);
    expect(denied).toBeUndefined();
    expect(clientCertificate).toMatchObject({ clientCertificateId, certificate: pemEncodedCertificate });
    const { scope } = serving.call;
    const key = unseal([serving.dataPlaneKey], clientCertificateName(scope, clientCertificateId!), clientCertificate!.privateKey);
    expect(new X509Certificate(pemEncodedCertificate!).checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect((await documentOf(restApiId)).clientCertificate).toEqual(clientCertificate);
    await update('');
    expect(await documentOf(restApiId)).not.toHaveProperty('clientCertificate');
  });
});

describe('the VPC links of a stage', () => {
  /** A stage `prod` whose method leads through `connectionId`. */
  async function newLinkedStage(connectionId: string, variables: Record<string, string> = {}): Promise<string> {
    const method = await serving.newMock();
    await serving.definition.integrations.putIntegration(serving.call, {
      ...method,
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'GET',
      uri: 'http://internal.example/',
      connectionType: 'VPC_LINK',
      connectionId,
    });
    await serving.deployments.createDeployment(serving.call, { restApiId: method.restApiId, stageName: 'prod', variables });
    return method.restApiId;
  }

  it('are those that its methods name, with their targets', async () => {
    const id = await newLink();
    expect((await documentOf(await newLinkedStage(id))).vpcLinks).toEqual([[id, TARGET]]);
  });

  it('are found by its variables too, and are of its account', async () => {
    const id = await newLink();
    const variables = { link: id };
    expect((await documentOf(await newLinkedStage('${stageVariables.link}', variables))).vpcLinks).toEqual([[id, TARGET]]);
    const theirs = await newLink(testCall({ accountId: '210987654321', region: 'us-east-1' }));
    const stage = await documentOf(await newLinkedStage('${stageVariables.link}', { link: theirs }));
    expect(stage).not.toHaveProperty('vpcLinks');
  });
});
