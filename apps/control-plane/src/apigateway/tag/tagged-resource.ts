import { badRequest, notFound, parseApiGatewayArn } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { ApiKeyEntity } from '../api-key/api-key.entity.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';
import { StageEntity } from '../stage/stage.entity.js';
import { UsagePlanEntity } from '../usage-plan/usage-plan.entity.js';

type Tags = Record<string, string>;

/** A row that carries tags, found by its ARN. */
export interface TaggedResource {
  tags: Tags;
  save(tags: Tags): Promise<void>;
}

/**
 * Finds what an ARN names: an API, stage, API key or usage plan of the caller's account and region. With `lock` its row (a stage's API,
 * under whose lock stages are edited) stays locked until the transaction ends. Throws `BadRequestException` for a text that is no such ARN, `NotFoundException` for one of nothing.
 */
export async function findTagged(manager: EntityManager, scope: Scope, arn: string, lock = false): Promise<TaggedResource> {
  const parsed = parseApiGatewayArn(arn);
  if (!parsed || parsed.region !== scope.region) throw invalidArn();
  const [kind, id, below, name, ...rest] = parsed.path;
  if (!id || rest.length > 0) throw invalidArn();
  const options = lock ? { lock: { mode: 'pessimistic_write' } as const } : {};

  if (kind === 'restapis' && below === 'stages' && name) {
    if (lock) await manager.findOne(RestApiEntity, { where: { ...scope, apiId: id }, ...options });
    const key = { ...scope, apiId: id, stageName: name };
    return found(await manager.findOneBy(StageEntity, key), 'Invalid Stage identifier specified', (tags) =>
      manager.update(StageEntity, key, { tags }),
    );
  }
  if (below !== undefined) throw invalidArn();
  switch (kind) {
    case 'restapis': {
      const key = { ...scope, apiId: id };
      const row = await manager.findOne(RestApiEntity, { where: key, ...options });
      return found(row, `Invalid API identifier specified ${scope.accountId}:${id}`, (tags) =>
        manager.update(RestApiEntity, key, { tags }),
      );
    }
    case 'apikeys': {
      const key = { ...scope, apiKeyId: id };
      const row = await manager.findOne(ApiKeyEntity, { where: key, ...options });
      return found(row, 'Invalid API Key identifier specified', (tags) => manager.update(ApiKeyEntity, key, { tags }));
    }
    case 'usageplans': {
      const key = { ...scope, usagePlanId: id };
      const row = await manager.findOne(UsagePlanEntity, { where: key, ...options });
      return found(row, 'Invalid Usage Plan ID specified', (tags) => manager.update(UsagePlanEntity, key, { tags }));
    }
    default:
      throw invalidArn();
  }
}

function found(row: { tags: Tags } | null, missing: string, update: (tags: Tags) => Promise<unknown>): TaggedResource {
  if (!row) throw notFound(missing);
  return { tags: row.tags, save: async (tags) => void (await update(tags)) };
}

const invalidArn = () => badRequest('Invalid ARN specified in the request');
