import {
  badRequest,
  notFound,
  parseAccessAssociationArn,
  parseApiGatewayArn,
  parsePrivateDomainNameArn,
} from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager, EntityTarget, FindOptionsWhere } from 'typeorm';
import { ApiKeyEntity } from '../api-key/api-key.entity.js';
import { ClientCertificateEntity } from '../client-certificate/client-certificate.entity.js';
import { UNKNOWN_CLIENT_CERTIFICATE } from '../client-certificate/find-client-certificate.js';
import {
  DomainNameAccessAssociationEntity,
  UNKNOWN_ACCESS_ASSOCIATION,
} from '../domain-name-access-association/domain-name-access-association.entity.js';
import { DomainNameEntity, PUBLIC } from '../domain-name/domain-name.entity.js';
import { UNKNOWN_DOMAIN_NAME } from '../domain-name/find-domain-name.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';
import { StageEntity } from '../stage/stage.entity.js';
import { UsagePlanEntity } from '../usage-plan/usage-plan.entity.js';
import { VpcLinkEntity } from '../vpc-link/vpc-link.entity.js';

type Tags = Record<string, string>;

/** What the rows of every kind have. */
interface TaggedRow {
  accountId: string;
  region: string;
  tags: Tags;
}

/** A row that carries tags, found by its ARN. */
export interface TaggedResource {
  tags: Tags;
  save(tags: Tags): Promise<void>;
}

/** A kind of resource that can be tagged. */
interface Kind {
  /** The path of its ARN; `{name}` stands for any one segment. */
  path: string;
  /** Finds the row that the segments name. With `lock` it, or the row that guards it, stays locked until the transaction ends. */
  find(manager: EntityManager, scope: Scope, names: string[], lock: boolean): Promise<TaggedResource>;
}

const KINDS: readonly Kind[] = [
  kind('/restapis/{id}', RestApiEntity, 'apiId', ({ accountId }, id) => `Invalid API identifier specified ${accountId}:${id}`),
  {
    path: '/restapis/{id}/stages/{name}',
    find: async (manager, scope, [apiId = '', stageName = ''], lock) => {
      // Stages are edited under the lock of their API.
      if (lock) await manager.findOne(RestApiEntity, { where: { ...scope, apiId }, lock: { mode: 'pessimistic_write' } });
      const where = { ...scope, apiId, stageName };
      return findRow(manager, StageEntity, where, 'Invalid Stage identifier specified', false);
    },
  },
  kind('/apikeys/{id}', ApiKeyEntity, 'apiKeyId', () => 'Invalid API Key identifier specified'),
  kind('/usageplans/{id}', UsagePlanEntity, 'usagePlanId', () => 'Invalid Usage Plan ID specified'),
  kind('/vpclinks/{id}', VpcLinkEntity, 'vpcLinkId', () => 'Invalid Vpc Link identifier specified'),
  kind('/clientcertificates/{id}', ClientCertificateEntity, 'clientCertificateId', () => UNKNOWN_CLIENT_CERTIFICATE),
  {
    path: '/domainnames/{name}',
    find: async (manager, scope, [domainName = ''], lock) => {
      const where = { ...scope, domainName, domainNameId: PUBLIC };
      return findRow(manager, DomainNameEntity, where, UNKNOWN_DOMAIN_NAME, lock);
    },
  },
];

/**
 * Finds what an ARN names: a resource of the caller's account and region that can be tagged. With `lock` its row (a stage's API, under whose
 * lock stages are edited) stays locked until the transaction ends. Throws `BadRequestException` for a text that is no such ARN,
 * `NotFoundException` for one of nothing.
 */
export async function findTagged(manager: EntityManager, scope: Scope, arn: string, lock = false): Promise<TaggedResource> {
  const parsed = parseApiGatewayArn(arn);
  if (!parsed) return findOfAccount(manager, scope, arn, lock);
  if (parsed.region !== scope.region) throw invalidArn();
  for (const { path, find } of KINDS) {
    const names = bind(path.slice(1).split('/'), parsed.path);
    if (names) return find(manager, scope, names, lock);
  }
  throw invalidArn();
}

/** The same for private domain names and their access associations, whose ARNs have an account. Another account's is not found. */
async function findOfAccount(manager: EntityManager, scope: Scope, arn: string, lock: boolean): Promise<TaggedResource> {
  const association = parseAccessAssociationArn(arn);
  const named = association ?? parsePrivateDomainNameArn(arn);
  if (!named || named.region !== scope.region) throw invalidArn();
  const { accountId, region, domainName, domainNameId } = named;
  if (accountId !== scope.accountId) throw notFound(UNKNOWN_DOMAIN_NAME);
  const where = { accountId, region, domainName, domainNameId };
  if (!association) return findRow(manager, DomainNameEntity, where, UNKNOWN_DOMAIN_NAME, lock);
  const associated = { ...where, source: association.vpcEndpointId };
  return findRow(manager, DomainNameAccessAssociationEntity, associated, UNKNOWN_ACCESS_ASSOCIATION, lock);
}

/** A kind whose resources are rows of their own, named by one segment. */
function kind(path: string, entity: EntityTarget<TaggedRow>, id: string, missing: (scope: Scope, id: string) => string): Kind {
  return {
    path,
    find: (manager, scope, [name = ''], lock) => findRow(manager, entity, { ...scope, [id]: name }, missing(scope, name), lock),
  };
}

async function findRow(
  manager: EntityManager,
  entity: EntityTarget<TaggedRow>,
  where: FindOptionsWhere<TaggedRow>,
  missing: string,
  lock: boolean,
): Promise<TaggedResource> {
  const row = await manager.findOne(entity, { where, ...(lock && { lock: { mode: 'pessimistic_write' } as const }) });
  if (!row) throw notFound(missing);
  return { tags: row.tags, save: async (tags) => void (await manager.update(entity, where, { tags })) };
}

/** What stands for the `{name}`s of a pattern; undefined when the path is another one. */
function bind(pattern: string[], path: string[]): string[] | undefined {
  if (pattern.length !== path.length || path.includes('')) return undefined;
  if (pattern.some((part, index) => !part.startsWith('{') && part !== path[index])) return undefined;
  return path.filter((_, index) => pattern[index]!.startsWith('{'));
}

const invalidArn = () => badRequest('Invalid ARN specified in the request');
