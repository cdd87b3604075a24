import { connectRedis } from '@gatehouse/publication';
import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { DataSource } from 'typeorm';
import { ControlPlaneConfig } from '../config.js';
import { QuotaGrants } from './quota-grants.js';
import { QuotaPeriodChanges } from './quota-period-changes.js';
import { QuotaSeed } from './quota-seed.js';
import { UsageCollection } from './usage-collection.js';
import { UsageCollector } from './usage-collector.js';

/** Brings the usage that gateways counted into the database, and quotas back into a Redis that lost them. */
@Module({
  providers: [
    { provide: Redis, inject: [ControlPlaneConfig], useFactory: (config: ControlPlaneConfig) => connectRedis(config.redisUrl) },
    {
      provide: UsageCollector,
      inject: [Redis, DataSource, QuotaPeriodChanges],
      useFactory: (redis: Redis, database: DataSource, periodChanges: QuotaPeriodChanges) =>
        new UsageCollector(redis, database, periodChanges),
    },
    {
      provide: QuotaGrants,
      inject: [Redis, DataSource],
      useFactory: (redis: Redis, database: DataSource) => new QuotaGrants(redis, database),
    },
    {
      provide: QuotaPeriodChanges,
      inject: [Redis, DataSource, QuotaGrants],
      useFactory: (redis: Redis, database: DataSource, grants: QuotaGrants) => new QuotaPeriodChanges(redis, database, grants),
    },
    {
      provide: QuotaSeed,
      inject: [Redis, DataSource, QuotaGrants],
      useFactory: (redis: Redis, database: DataSource, grants: QuotaGrants) => new QuotaSeed(redis, database, grants),
    },
    {
      provide: UsageCollection,
      inject: [UsageCollector, QuotaPeriodChanges, QuotaGrants],
      useFactory: (collector: UsageCollector, periodChanges: QuotaPeriodChanges, grants: QuotaGrants) =>
        new UsageCollection(collector, periodChanges, grants),
    },
  ],
  exports: [QuotaPeriodChanges, QuotaSeed],
})
export class UsageCollectionModule implements OnApplicationShutdown {
  constructor(private readonly redis: Redis) {}

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }
}
