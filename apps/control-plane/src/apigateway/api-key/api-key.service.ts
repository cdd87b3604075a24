import type { AdminCall } from '@gatehouse/admin-contract';
import {
  ApiKeysOperations,
  type ApiKey,
  type ApiKeyIds,
  type ApiKeys,
  type CreateApiKeyRequest,
  type DeleteApiKeyRequest,
  type GetApiKeyRequest,
  type GetApiKeysRequest,
  type ImportApiKeysRequest,
  type UpdateApiKeyRequest,
} from '@gatehouse/admin-contract/apigateway';
import { apiKeyValue, badRequest, conflict, longId, notFound } from '@gatehouse/aws-wire';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ControlPlaneConfig } from '../../config.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { refuseWarnings, toldWarnings } from '../../imports/found-warnings.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { quotaOf } from '../../quotas/quotas.js';
import { checkTags } from '../tag/tag-rules.js';
import { checkDescription, checkName, checkValue } from './api-key-rules.js';
import { keepValue, openValue } from './api-key-value.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { apiKeyPatch } from './api-key.patch.js';
import { apiKeyView } from './api-key.view.js';
import { importApiKeys } from './import-api-keys.js';
import { NAME_BEGINS, nameBeginning } from './name-prefix.js';
import { readApiKeysCsv } from './read-api-keys-csv.js';
import { loadStageKeys } from './stage-keys.js';

@Injectable()
export class ApiKeysService extends ApiKeysOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ControlPlaneConfig) private readonly config: ControlPlaneConfig,
  ) {
    super();
  }

  /** `generateDistinctId` is not looked at: ids here are always distinct from values. */
  override async createApiKey(call: AdminCall, input: CreateApiKeyRequest): Promise<ApiKey> {
    if (input.stageKeys?.length)
      throw badRequest('stageKeys cannot be set: add the API key to a usage plan of the stage instead');
    const value = input.value ? checkValue(input.value) : apiKeyValue();
    const owner = { ...call.scope, apiKeyId: longId() };
    const now = new Date();
    const apiKey: ApiKeyEntity = Object.assign(new ApiKeyEntity(), {
      ...owner,
      ...keepValue(this.config.atRestKey, owner, value),
      name: checkName(input.name),
      description: checkDescription(input.description),
      customerId: input.customerId || null,
      enabled: input.enabled ?? false,
      createdDate: now,
      lastUpdatedDate: now,
      tags: checkTags(input.tags ?? {}),
    } satisfies ApiKeyEntity);
    await this.unitOfWork.run(call, async (transaction) => {
      await transaction.requireRoom('apiKeys', ApiKeyEntity);
      // The unique index decides, also between parallel calls; nothing is inserted where the value is taken.
      const { raw } = await transaction.manager
        .createQueryBuilder()
        .insert()
        .into(ApiKeyEntity)
        .values(apiKey)
        .orIgnore()
        .returning('api_key_id')
        .execute();
      if ((raw as unknown[]).length === 0) throw conflict('API Key already exists');
      transaction.publish('api-key', apiKey.apiKeyId);
    });
    return apiKeyView(apiKey, { value });
  }

  /**
   * A key that is there already is overwritten by what the file says of it. Rows that cannot be taken are left out with a warning, or refuse
   * everything with `failOnWarnings`.
   */
  override async importApiKeys(call: AdminCall, input: ImportApiKeysRequest): Promise<ApiKeyIds> {
    const { apiKeys, warnings } = readApiKeysCsv(input.body, quotaOf('usagePlansOfKey', this.config.limits));
    return this.unitOfWork.run(call, async (transaction) => {
      const ids = await importApiKeys(transaction, this.config.atRestKey, apiKeys, warnings);
      const told = warnings.list();
      refuseWarnings(told, input.failOnWarnings);
      return { ids, warnings: toldWarnings(told) };
    });
  }

  override async getApiKey(call: AdminCall, input: GetApiKeyRequest): Promise<ApiKey> {
    const { manager } = this.database;
    const apiKey = await manager.findOneBy(ApiKeyEntity, { ...call.scope, apiKeyId: input.apiKey });
    if (!apiKey) throw notFound('Invalid API Key identifier specified');
    const stageKeys = (await loadStageKeys(manager, call.scope, [apiKey.apiKeyId])).get(apiKey.apiKeyId);
    return apiKeyView(apiKey, { stageKeys, value: input.includeValue ? openValue(this.config.atRestKey, apiKey) : undefined });
  }

  /** Newest first; `nameQuery` is a case-sensitive prefix. */
  override async getApiKeys(call: AdminCall, input: GetApiKeysRequest): Promise<ApiKeys> {
    const { manager } = this.database;
    const limit = pageLimit(input.limit);
    const after = decodePosition(input.position, ['timestamp', 'text']);
    const query = manager
      .createQueryBuilder(ApiKeyEntity, 'key')
      .where({ ...call.scope })
      .orderBy({ 'key.createdDate': 'DESC', 'key.apiKeyId': 'DESC' })
      .take(limit + 1);
    if (after) query.andWhere('(key.createdDate, key.apiKeyId) < (:date, :id)', { date: after[0], id: after[1] });
    if (input.nameQuery) query.andWhere(NAME_BEGINS, nameBeginning(input.nameQuery));
    if (input.customerId) {
      query.andWhere('md5(key.customerId) = md5(:customerId) AND key.customerId = :customerId', { customerId: input.customerId });
    }
    const page = pageOf(await query.getMany(), limit, (key) => [key.createdDate.toISOString(), key.apiKeyId]);
    const stageKeys = await loadStageKeys(
      manager,
      call.scope,
      page.items.map(({ apiKeyId }) => apiKeyId),
    );
    const item = page.items.map((key) =>
      apiKeyView(key, {
        stageKeys: stageKeys.get(key.apiKeyId),
        value: input.includeValues ? openValue(this.config.atRestKey, key) : undefined,
      }),
    );
    return { item, position: page.position };
  }

  override async updateApiKey(call: AdminCall, input: UpdateApiKeyRequest): Promise<ApiKey> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      const apiKey = await transaction.lockApiKey(input.apiKey);
      const { apiKeyId } = apiKey;
      const patched = applyPatch(apiKeyPatch, apiKey, input.patchOperations);
      if (input.patchOperations?.length) {
        patched.lastUpdatedDate = new Date();
        await manager.update(ApiKeyEntity, { ...call.scope, apiKeyId }, patched);
      }
      if (patched.enabled !== apiKey.enabled) transaction.publish('api-key', apiKeyId);
      const stageKeys = (await loadStageKeys(manager, call.scope, [apiKeyId])).get(apiKeyId);
      return apiKeyView(patched, { stageKeys, withEmptyTags: true });
    });
  }

  /** Takes the key out of its usage plans too. What it used stays on record. */
  override async deleteApiKey(call: AdminCall, input: DeleteApiKeyRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { apiKeyId } = await transaction.lockApiKey(input.apiKey);
      await transaction.manager.delete(ApiKeyEntity, { ...call.scope, apiKeyId });
      transaction.publish('api-key', apiKeyId, true);
    });
  }
}
