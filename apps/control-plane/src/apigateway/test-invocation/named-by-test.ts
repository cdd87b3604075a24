import type { TestInvokeMethodRequest } from '@gatehouse/admin-contract/apigateway';
import type { RestApiModel } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';
import type { CompileContext, NamedByStage } from '@gatehouse/compiler';
import type { SealingKey } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { UNKNOWN_CLIENT_CERTIFICATE } from '../client-certificate/find-client-certificate.js';
import { readClientCertificates } from '../client-certificate/read-client-certificates.js';
import { readVpcLinkTargets, usedVpcLinks } from '../vpc-link/used-vpc-links.js';

/** Reads what the account has of the certificate that a test shows to backends, and of the VPC links of its API. Throws `BadRequestException` for an unknown certificate. */
export async function namedByTest(
  manager: EntityManager,
  model: RestApiModel,
  { clientCertificateId, stageVariables = {} }: TestInvokeMethodRequest,
  context: CompileContext,
  atRestKey: SealingKey,
): Promise<NamedByStage> {
  const vpcLinks = await readVpcLinkTargets(manager, context.scope, usedVpcLinks(model, stageVariables));
  if (!clientCertificateId) return { vpcLinks };
  const certificates = await readClientCertificates(manager, context, [clientCertificateId], atRestKey);
  const clientCertificate = certificates.get(clientCertificateId)?.();
  if (!clientCertificate) throw badRequest(UNKNOWN_CLIENT_CERTIFICATE);
  return { vpcLinks, clientCertificate };
}
