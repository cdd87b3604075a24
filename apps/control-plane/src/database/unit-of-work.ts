import type { AdminCall } from '@gatehouse/admin-contract';
import { notFound } from '@gatehouse/aws-wire';
import type { DocumentKind, Scope } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager, type EntityTarget, type FindOptionsWhere } from 'typeorm';
import { ApiKeyEntity } from '../apigateway/api-key/api-key.entity.js';
import { RestApiEntity } from '../apigateway/rest-api/rest-api.entity.js';
import { UsagePlanEntity } from '../apigateway/usage-plan/usage-plan.entity.js';
import { CertificateEntity } from '../certificates/certificate.entity.js';
import { ControlPlaneConfig, type LimitsProfile } from '../config.js';
import { PublicationBell } from '../publication/publication-bell.js';
import { quotaExceeded, quotaOf, type QuotaName } from '../quotas/quotas.js';
import type { Scoped } from './scoped.js';

interface PublishedChange {
  kind: DocumentKind;
  key: string;
  deleted: boolean;
}

/** What an admin write may use while its transaction is open. */
export class AdminTransaction {
  readonly changes = new Map<string, PublishedChange>();

  constructor(
    readonly manager: EntityManager,
    readonly scope: Scope,
    /** Which quotas hold. */
    readonly limits: LimitsProfile,
  ) {}

  /**
   * Throws `LimitExceededException` unless `adding` more rows of the caller's, among those that `where` describes, are within the quota. What it costs does not grow
   * with rows beyond the quota. Rows that parallel transactions add are not seen, unless they wait for a lock that is held here.
   */
  async requireRoom<E extends Scoped>(
    quota: QuotaName,
    entity: EntityTarget<E>,
    where: FindOptionsWhere<E> = {},
    adding = 1,
  ): Promise<void> {
    const most = quotaOf(quota, this.limits);
    if (most === Infinity) return;
    if (adding > most) throw quotaExceeded(quota);
    const beyond = await this.manager
      .createQueryBuilder(entity, 'counted')
      .select('1')
      .where({ ...where, ...this.scope })
      .offset(most - adding)
      .limit(1)
      .getRawOne<unknown>();
    if (beyond !== undefined) throw quotaExceeded(quota);
  }

  /**
   * Takes the row lock under which every edit of one API happens, so that parallel clients wait instead of colliding.
   * Lock order where several are needed: API, usage plan, API key; several of one kind by id.
   * Throws `NotFoundException` with `message` (default: AWS's sentence for an unknown API).
   */
  async lockApi(
    apiId: string,
    message = `Invalid API identifier specified ${this.scope.accountId}:${apiId}`,
  ): Promise<RestApiEntity> {
    const api = await this.manager.findOne(RestApiEntity, {
      where: { ...this.scope, apiId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!api) throw notFound(message);
    return api;
  }

  /** Takes the row lock under which every edit of one usage plan, its stages and its keys happens. Throws `NotFoundException`. */
  async lockUsagePlan(usagePlanId: string): Promise<UsagePlanEntity> {
    const usagePlan = await this.manager.findOne(UsagePlanEntity, {
      where: { ...this.scope, usagePlanId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!usagePlan) throw notFound('Invalid Usage Plan ID specified');
    return usagePlan;
  }

  /** Takes the row lock under which one API key and its place in usage plans are edited. Throws `NotFoundException`. */
  async lockApiKey(apiKeyId: string): Promise<ApiKeyEntity> {
    const apiKey = await this.manager.findOne(ApiKeyEntity, {
      where: { ...this.scope, apiKeyId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!apiKey) throw notFound('Invalid API Key identifier specified');
    return apiKey;
  }

  /** Takes the row lock under which one certificate is replaced or removed. Throws `NotFoundException`. */
  async lockCertificate(certificateId: string): Promise<CertificateEntity> {
    const certificate = await this.manager.findOne(CertificateEntity, {
      where: { ...this.scope, certificateId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!certificate) throw notFound('Invalid certificate identifier specified');
    return certificate;
  }

  /** Announces that a document changed (or, with `deleted`, is gone); call it while the lock of the document's owner is held. */
  publish(kind: DocumentKind, key: string, deleted = false): void {
    this.changes.set(`${kind} ${key}`, { kind, key, deleted });
  }
}

/** Owns every admin write: its transaction, the revisions it gives out, and the outbox rows that make gateways follow. */
@Injectable()
export class UnitOfWork {
  constructor(
    private readonly database: DataSource,
    private readonly bell: PublicationBell,
    @Inject(ControlPlaneConfig) private readonly config: Pick<ControlPlaneConfig, 'limits'>,
  ) {}

  /**
   * Runs `work` in one transaction: all of it is kept or nothing. Documents that it published get their revisions under the locks it
   * took, share one publication id (set on `call`), and are announced together right after the commit. The answer never waits for Redis.
   */
  async run<T>(call: AdminCall, work: (transaction: AdminTransaction) => Promise<T>): Promise<T> {
    const publicationId = randomUUID();
    const done = await this.database.transaction(async (manager) => {
      const open = new AdminTransaction(manager, call.scope, this.config.limits);
      const result = await work(open);
      const changes = [...open.changes.values()];
      if (changes.length > 0) await this.record(manager, call.scope, publicationId, changes);
      return { result, changes };
    });
    if (done.changes.length > 0) {
      call.publicationId = publicationId;
      // One of them is enough: whoever publishes it publishes with it what belongs to the same publication, be it 10,000 keys.
      const [{ kind, key }] = done.changes as [PublishedChange, ...PublishedChange[]];
      this.bell.ring({ ...call.scope, kind, key });
    }
    return done.result;
  }

  /** In one statement, however many documents changed; revisions are given out in their order. */
  private async record(
    manager: EntityManager,
    scope: Scope,
    publicationId: string,
    changes: readonly PublishedChange[],
  ): Promise<void> {
    await manager.query(
      `WITH revised AS (
         INSERT INTO document_revisions (account_id, region, kind, key, revision, deleted)
         SELECT $1, $2, kind, key, nextval('document_revision'), deleted
         FROM unnest($3::text[], $4::text[], $5::boolean[]) AS changed (kind, key, deleted)
         ON CONFLICT (account_id, region, kind, key) DO UPDATE SET revision = excluded.revision, deleted = excluded.deleted
         RETURNING kind, key, revision)
       INSERT INTO outbox (publication_id, account_id, region, kind, key, revision, created_at)
       SELECT $6, $1, $2, kind, key, revision, $7 FROM revised`,
      [
        scope.accountId,
        scope.region,
        changes.map(({ kind }) => kind),
        changes.map(({ key }) => key),
        changes.map(({ deleted }) => deleted),
        publicationId,
        new Date(),
      ],
    );
  }
}
