import type { AdminCall } from '@gatehouse/admin-contract';
import { notFound } from '@gatehouse/aws-wire';
import { refName, type DocumentKind, type Scope } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager, type EntityTarget, type FindOptionsWhere } from 'typeorm';
import { ApiKeyEntity } from '../apigateway/api-key/api-key.entity.js';
import { RestApiEntity } from '../apigateway/rest-api/rest-api.entity.js';
import { UsagePlanEntity } from '../apigateway/usage-plan/usage-plan.entity.js';
import { CertificateEntity } from '../certificates/certificate.entity.js';
import { ControlPlaneConfig, type LimitsProfile } from '../config.js';
import { functionNotFound } from '../lambda/function-target.js';
import { FunctionEntity } from '../lambda/function/function.entity.js';
import { PublicationBell } from '../publication/publication-bell.js';
import { quotaExceeded, quotaOf, QUOTAS, type QuotaName } from '../quotas/quotas.js';
import type { Scoped } from './scoped.js';

interface PublishedChange extends Scope {
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
    /** Milliseconds that an integration may be waited for. */
    readonly maxIntegrationTimeout: number,
  ) {}

  /**
   * Throws `LimitExceededException` unless `adding` more rows of the caller's, among those that `where` describes, are within the quota. What it costs does not grow
   * with rows beyond the quota. Rows that parallel transactions add are seen: what an account owns is counted by one transaction at a time until its end, everything
   * else under the lock of its owner. So call it when the rows of APIs, usage plans and keys that the transaction needs are locked; after it come only locks whose
   * holders never wait for a count: other turns, certificates.
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
    if (QUOTAS[quota].owner === 'account') await this.takeTurn(`${quota} of ${this.scope.accountId}/${this.scope.region}`);
    const beyond = await this.manager
      .createQueryBuilder(entity, 'counted')
      .select('1')
      .where({ ...where, ...this.scope })
      .offset(most - adding)
      .limit(1)
      .getRawOne<unknown>();
    if (beyond !== undefined) throw quotaExceeded(quota);
  }

  /** Waits for every other transaction that took a turn at `what`, and makes others wait until this one ends: for rules about rows that are not there yet. */
  async takeTurn(what: string): Promise<void> {
    await this.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [what]);
  }

  /**
   * Takes the row lock under which every edit of one API happens, so that parallel clients wait instead of colliding.
   * Lock order where several are needed: domain name, API, usage plan, API key; several of one kind by id.
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

  /** Takes the row lock under which everything of one function is edited. Throws `ResourceNotFoundException`. */
  async lockFunction(functionName: string): Promise<FunctionEntity> {
    const found = await this.manager.findOne(FunctionEntity, {
      where: { ...this.scope, functionName },
      lock: { mode: 'pessimistic_write' },
    });
    if (!found) throw functionNotFound({ ...this.scope, functionName, qualifier: null });
    return found;
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

  /** Announces that a document changed (or, with `deleted`, is gone), of the caller's or of another region; call it while the lock of the document's owner is held. */
  publish(kind: DocumentKind, key: string, deleted = false, { accountId, region }: Scope = this.scope): void {
    const change = { accountId, region, kind, key };
    this.changes.set(refName(change), { ...change, deleted });
  }
}

/** Owns every admin write: its transaction, the revisions it gives out, and the outbox rows that make gateways follow. */
@Injectable()
export class UnitOfWork {
  constructor(
    private readonly database: DataSource,
    private readonly bell: PublicationBell,
    @Inject(ControlPlaneConfig) private readonly config: Pick<ControlPlaneConfig, 'limits' | 'maxIntegrationTimeout'>,
  ) {}

  /**
   * Runs `work` in one transaction: all of it is kept or nothing. Documents that it published get their revisions under the locks it
   * took, share one publication id (set on `call`), and are announced together right after the commit. The answer never waits for Redis.
   */
  async run<T>(call: AdminCall, work: (transaction: AdminTransaction) => Promise<T>): Promise<T> {
    const publicationId = randomUUID();
    const done = await this.database.transaction(async (manager) => {
      const { limits, maxIntegrationTimeout } = this.config;
      const open = new AdminTransaction(manager, call.scope, limits, maxIntegrationTimeout);
      const result = await work(open);
      const changes = [...open.changes.values()];
      if (changes.length > 0) await this.record(manager, publicationId, changes);
      return { result, changes };
    });
    if (done.changes.length > 0) {
      call.publicationId = publicationId;
      // One of them is enough: whoever publishes it publishes with it what belongs to the same publication, be it 10,000 keys.
      const [{ accountId, region, kind, key }] = done.changes as [PublishedChange, ...PublishedChange[]];
      this.bell.ring({ accountId, region, kind, key });
    }
    return done.result;
  }

  /** In one statement, however many documents changed; revisions are given out in their order. */
  private async record(manager: EntityManager, publicationId: string, changes: readonly PublishedChange[]): Promise<void> {
    await manager.query(
      `WITH revised AS (
         INSERT INTO document_revisions (account_id, region, kind, key, revision, deleted)
         SELECT account_id, region, kind, key, nextval('document_revision'), deleted
         FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[]) AS changed (account_id, region, kind, key, deleted)
         ON CONFLICT (account_id, region, kind, key) DO UPDATE SET revision = excluded.revision, deleted = excluded.deleted
         RETURNING account_id, region, kind, key, revision)
       INSERT INTO outbox (publication_id, account_id, region, kind, key, revision, created_at)
       SELECT $6, account_id, region, kind, key, revision, $7 FROM revised`,
      [
        changes.map(({ accountId }) => accountId),
        changes.map(({ region }) => region),
        changes.map(({ kind }) => kind),
        changes.map(({ key }) => key),
        changes.map(({ deleted }) => deleted),
        publicationId,
        new Date(),
      ],
    );
  }
}
