import type { EndpointType } from '@gatehouse/api-model';
import { Raw } from 'typeorm';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import type { QuotaName } from '../../quotas/quotas.js';
import { RestApiEntity } from './rest-api.entity.js';

const QUOTA_OF_TYPE = {
  REGIONAL: 'regionalApis',
  EDGE: 'edgeApis',
  PRIVATE: 'privateApis',
} satisfies Record<EndpointType, QuotaName>;

/** Throws `LimitExceededException` when an API that was written makes too many of its endpoint type. */
export async function requireRoomForApi(transaction: AdminTransaction, { endpointConfiguration }: RestApiEntity): Promise<void> {
  for (const type of endpointConfiguration.types) {
    const has = JSON.stringify({ types: [type] });
    const where = { endpointConfiguration: Raw((column) => `${column} @> :has::jsonb`, { has }) };
    await transaction.requireRoom(QUOTA_OF_TYPE[type], RestApiEntity, where, 0);
  }
}
