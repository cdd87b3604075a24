import {
  EvictingRedis,
  FunctionsReports,
  GatewayReports,
  PublicationProducer,
  RefusedByRedis,
  SnapshotWriter,
  connectRedis,
  firstContact,
  refuseEviction,
} from '@gatehouse/publication';
import {
  Global,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Redis } from 'ioredis';
import { DataSource } from 'typeorm';
import { ControlPlaneConfig } from '../config.js';
import { StartupError } from '../startup-error.js';
import { QuotaPeriodChanges } from '../usage-collection/quota-period-changes.js';
import { QuotaSeed } from '../usage-collection/quota-seed.js';
import { UsageCollectionModule } from '../usage-collection/usage-collection.module.js';
import { DocumentSender } from './document-sender.js';
import { EpochKeeper } from './epoch-keeper.js';
import { EpochParticipants } from './epoch-participant.js';
import { FleetController } from './fleet/fleet.controller.js';
import { PublicationWaits } from './fleet/publication-waits.js';
import { PublicationBell } from './publication-bell.js';
import { unreferencedGraceSeconds } from './publication-settings.js';
import { Publisher } from './publisher.js';
import { PublishingWorker } from './publishing-worker.js';
import { QueueBell } from './queue-bell.js';
import { OutboxSweeper } from './sweep-outbox.js';
import { UnreferencedDeployments } from './unreferenced-deployments.js';

const FIRST_CONTACT_MS = 2_000;

/** Brings every committed change to the gateways, and tells what they run. Starts and accepts writes while Redis is away. */
@Global()
@Module({
  imports: [UsageCollectionModule],
  controllers: [FleetController],
  providers: [
    { provide: Redis, inject: [ControlPlaneConfig], useFactory: (config: ControlPlaneConfig) => connectRedis(config.redisUrl) },
    {
      provide: SnapshotWriter,
      inject: [Redis, ControlPlaneConfig],
      useFactory: (redis: Redis, config: ControlPlaneConfig) => new SnapshotWriter(redis, config.dataPlaneKey),
    },
    { provide: GatewayReports, inject: [Redis], useFactory: (redis: Redis) => new GatewayReports(redis) },
    { provide: FunctionsReports, inject: [Redis], useFactory: (redis: Redis) => new FunctionsReports(redis) },
    { provide: PublicationProducer, inject: [Redis], useFactory: (redis: Redis) => new PublicationProducer(redis) },
    {
      provide: PublicationBell,
      inject: [PublicationProducer],
      useFactory: (producer: PublicationProducer) => new QueueBell(producer),
    },
    {
      provide: EpochParticipants,
      inject: [QuotaSeed],
      useFactory: (quotas: QuotaSeed) => new EpochParticipants([{ beforeComplete: () => quotas.seed() }]),
    },
    {
      provide: EpochKeeper,
      inject: [DataSource, Redis, SnapshotWriter, PublicationProducer, ControlPlaneConfig, EpochParticipants],
      useFactory: (
        database: DataSource,
        redis: Redis,
        writer: SnapshotWriter,
        producer: PublicationProducer,
        config: ControlPlaneConfig,
        participants: EpochParticipants,
      ) => new EpochKeeper(database, redis, writer, producer, config, participants),
    },
    {
      provide: Publisher,
      inject: [DataSource, SnapshotWriter, ControlPlaneConfig, EpochKeeper, QuotaPeriodChanges],
      useFactory: (
        database: DataSource,
        writer: SnapshotWriter,
        config: ControlPlaneConfig,
        epochs: EpochKeeper,
        periodChanges: QuotaPeriodChanges,
      ) => new Publisher(database, new DocumentSender(writer, epochs), config, periodChanges),
    },
    {
      provide: PublishingWorker,
      inject: [ControlPlaneConfig, Publisher],
      useFactory: (config: ControlPlaneConfig, publisher: Publisher) => new PublishingWorker(config.redisUrl, publisher),
    },
    {
      provide: OutboxSweeper,
      inject: [DataSource, Publisher, EpochKeeper, PublicationProducer],
      useFactory: (database: DataSource, publisher: Publisher, epochs: EpochKeeper, producer: PublicationProducer) =>
        new OutboxSweeper(database, publisher, epochs, producer),
    },
    {
      provide: UnreferencedDeployments,
      inject: [Redis, SnapshotWriter],
      useFactory: (redis: Redis, writer: SnapshotWriter) =>
        new UnreferencedDeployments(redis, writer, unreferencedGraceSeconds(process.env) * 1000),
    },
    {
      provide: PublicationWaits,
      inject: [DataSource, GatewayReports, FunctionsReports, EpochKeeper],
      useFactory: (database: DataSource, gateways: GatewayReports, functions: FunctionsReports, epochs: EpochKeeper) =>
        new PublicationWaits(database, { gateways, functions }, epochs),
    },
  ],
  exports: [PublicationBell],
})
export class PublicationModule implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    private readonly redis: Redis,
    private readonly producer: PublicationProducer,
    private readonly epochs: EpochKeeper,
    private readonly worker: PublishingWorker,
    private readonly sweeper: OutboxSweeper,
    private readonly unreferenced: UnreferencedDeployments,
    private readonly waits: PublicationWaits,
  ) {}

  /** Throws a `StartupError` when the Redis that is there must not be used: a wrong password, or keys dropped when it is full. */
  async onApplicationBootstrap(): Promise<void> {
    try {
      if (await firstContact(this.redis, FIRST_CONTACT_MS)) await refuseEviction(this.redis);
    } catch (error) {
      this.redis.disconnect();
      if (error instanceof RefusedByRedis || error instanceof EvictingRedis) throw new StartupError(error.message);
      throw error;
    }
    this.epochs.start();
    this.worker.start();
    this.sweeper.start();
    this.unreferenced.start();
  }

  /** Requests in flight are answered after this: those that wait must not hold the end up. */
  async beforeApplicationShutdown(): Promise<void> {
    this.waits.stop();
    await Promise.all([this.unreferenced.stop(), this.epochs.stop()]);
  }

  /** No request writes any more. Work in hand ends, and what was just written is sent; what is left is in the outbox. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.worker.stop(), this.sweeper.stop()]);
    await this.producer.close();
    this.redis.disconnect();
  }
}
