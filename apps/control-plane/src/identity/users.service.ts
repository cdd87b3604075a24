import type { AdminCall } from '@gatehouse/admin-contract';
import { accessKeyId, AwsError, badRequest, conflict, notFound, secretAccessKey, userId } from '@gatehouse/aws-wire';
import { PRINCIPAL_REGION, seal } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import { ControlPlaneConfig } from '../config.js';
import { UnitOfWork, type AdminTransaction } from '../database/unit-of-work.js';
import { pageLimit, pageOf, type Page } from '../paging/page.js';
import { decodePosition } from '../paging/position.js';
import { AccessKeyEntity } from './access-key.entity.js';
import { accessKeySealName } from './access-keys.service.js';
import { PrincipalPolicyEntity } from './principal-policy.entity.js';
import { PrincipalEntity } from './principal.entity.js';
import { checkPolicyName, checkUserPolicy, MOST_POLICY_CHARACTERS, policiesTooLong } from './user-policy.js';
import { principalIdOf } from './user-name.js';
import type { ListUsersRequest } from './user.dto.js';

/** Source: IAM quotas. */
const MOST_ACCESS_KEYS = 2;
const KEY_STATES: readonly string[] = ['Active', 'Inactive'];

/** Who a user is, as rows name him. */
interface Owner {
  accountId: string;
  principalId: string;
}

/**
 * Users of an account, with their access keys and policies. What may be done with them, and the sentences of what may not, are IAM's. Each write makes the
 * user's document new, so that gateways know it moments later.
 */
@Injectable()
export class Users {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ControlPlaneConfig) private readonly config: Pick<ControlPlaneConfig, 'atRestKey'>,
  ) {}

  /** Throws `BadRequestException`, and `ConflictException` where there is one of that name, in whichever case. */
  async create(call: AdminCall, userName: string): Promise<PrincipalEntity> {
    const { accountId } = call.scope;
    const row: PrincipalEntity = {
      accountId,
      principalId: principalIdOf(userName),
      kind: 'user',
      policies: [],
      createdDate: new Date(),
      userId: userId(),
    };
    return this.unitOfWork.run(call, async (transaction) => {
      await transaction.takeTurn(`users of ${accountId}`);
      const taken = await transaction.manager
        .createQueryBuilder(PrincipalEntity, 'principal')
        .where({ accountId })
        .andWhere('lower(principal.principalId) = lower(:principalId)', row)
        .getExists();
      if (taken) throw conflict(`User with name ${userName} already exists.`);
      await transaction.manager.insert(PrincipalEntity, row);
      announce(transaction, row);
      return row;
    });
  }

  /** Throws `NotFoundException`. */
  async get(call: AdminCall, userName: string): Promise<PrincipalEntity> {
    const found = await this.database.manager.findOneBy(PrincipalEntity, ownerOf(call, userName));
    if (!found) throw unknownUser(userName);
    return found;
  }

  /** By name. */
  async list(call: AdminCall, input: ListUsersRequest): Promise<Page<PrincipalEntity>> {
    const limit = pageLimit(input.limit);
    const after = decodePosition(input.position, ['text']);
    const rows = await this.database.manager.find(PrincipalEntity, {
      where: { accountId: call.scope.accountId, kind: 'user', ...(after && { principalId: MoreThan(after[0]!) }) },
      order: { principalId: 'ASC' },
      take: limit + 1,
    });
    return pageOf(rows, limit, (row) => [row.principalId]);
  }

  /** Keys, tokens and policies go with him. Throws `NotFoundException`. */
  async delete(call: AdminCall, userName: string): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const user = await lock(transaction, userName);
      await transaction.manager.delete(PrincipalEntity, ownerOf(call, userName));
      announce(transaction, user, true);
    });
  }

  /** Throws `NotFoundException`, and `LimitExceededException` beyond two keys. */
  async createAccessKey(call: AdminCall, userName: string): Promise<{ row: AccessKeyEntity; secretAccessKey: string }> {
    const secret = secretAccessKey();
    return this.unitOfWork.run(call, async (transaction) => {
      const user = await lock(transaction, userName);
      const owner = ownerOf(call, userName);
      if ((await transaction.manager.countBy(AccessKeyEntity, owner)) >= MOST_ACCESS_KEYS) {
        throw new AwsError('LimitExceededException', `Cannot exceed quota for AccessKeysPerUser: ${MOST_ACCESS_KEYS}`);
      }
      const id = accessKeyId();
      const row: AccessKeyEntity = {
        ...owner,
        accessKeyId: id,
        secretSealed: seal(this.config.atRestKey, accessKeySealName(id), secret),
        createdDate: new Date(),
        status: 'Active',
      };
      await transaction.manager.insert(AccessKeyEntity, row);
      announce(transaction, user);
      return { row, secretAccessKey: secret };
    });
  }

  /** Oldest first. Throws `NotFoundException`. */
  async listAccessKeys(call: AdminCall, userName: string): Promise<AccessKeyEntity[]> {
    await this.get(call, userName);
    const order = { createdDate: 'ASC', accessKeyId: 'ASC' } as const;
    return this.database.manager.find(AccessKeyEntity, { where: ownerOf(call, userName), order });
  }

  /** Throws `BadRequestException`, `NotFoundException`. */
  async updateAccessKey(call: AdminCall, userName: string, keyId: string, status: string): Promise<AccessKeyEntity> {
    if (!isKeyState(status))
      throw badRequest(`The specified value for status is invalid. It must be one of: ${KEY_STATES.join(', ')}`);
    return this.unitOfWork.run(call, async (transaction) => {
      const user = await lock(transaction, userName);
      const key = { ...ownerOf(call, userName), accessKeyId: keyId };
      const row = await transaction.manager.findOneBy(AccessKeyEntity, key);
      if (!row) throw unknownKey(keyId);
      await transaction.manager.update(AccessKeyEntity, key, { status });
      announce(transaction, user);
      return { ...row, status };
    });
  }

  /** Throws `NotFoundException`. */
  async deleteAccessKey(call: AdminCall, userName: string, keyId: string): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const user = await lock(transaction, userName);
      const { affected } = await transaction.manager.delete(AccessKeyEntity, { ...ownerOf(call, userName), accessKeyId: keyId });
      if (!affected) throw unknownKey(keyId);
      announce(transaction, user);
    });
  }

  /** Adds a policy or replaces the one of that name. Throws `BadRequestException`, `NotFoundException`, `LimitExceededException`. */
  async putPolicy(call: AdminCall, userName: string, policyName: string, policyDocument: string): Promise<PrincipalPolicyEntity> {
    const row = {
      ...ownerOf(call, userName),
      policyName: checkPolicyName(policyName),
      document: checkUserPolicy(policyDocument),
    };
    return this.unitOfWork.run(call, async (transaction) => {
      const user = await lock(transaction, userName);
      await transaction.manager.upsert(PrincipalPolicyEntity, row, ['accountId', 'principalId', 'policyName']);
      const policies = await transaction.manager.findBy(PrincipalPolicyEntity, ownerOf(call, userName));
      const characters = policies.reduce((sum, { document }) => sum + document.replaceAll(/\s/g, '').length, 0);
      if (characters > MOST_POLICY_CHARACTERS) throw policiesTooLong(userName);
      announce(transaction, user);
      return row;
    });
  }

  /** By name. Throws `NotFoundException`. */
  async listPolicies(call: AdminCall, userName: string): Promise<PrincipalPolicyEntity[]> {
    await this.get(call, userName);
    return this.database.manager.find(PrincipalPolicyEntity, { where: ownerOf(call, userName), order: { policyName: 'ASC' } });
  }

  /** Throws `NotFoundException`. */
  async getPolicy(call: AdminCall, userName: string, policyName: string): Promise<PrincipalPolicyEntity> {
    await this.get(call, userName);
    const found = await this.database.manager.findOneBy(PrincipalPolicyEntity, { ...ownerOf(call, userName), policyName });
    if (!found) throw unknownPolicy(policyName);
    return found;
  }

  /** Throws `NotFoundException`. */
  async deletePolicy(call: AdminCall, userName: string, policyName: string): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const user = await lock(transaction, userName);
      const { affected } = await transaction.manager.delete(PrincipalPolicyEntity, { ...ownerOf(call, userName), policyName });
      if (!affected) throw unknownPolicy(policyName);
      announce(transaction, user);
    });
  }
}

const ownerOf = (call: Pick<AdminCall, 'scope'>, userName: string): Owner => ({
  accountId: call.scope.accountId,
  principalId: principalIdOf(userName),
});

/** Takes the row lock under which everything of one user is edited. */
async function lock(transaction: AdminTransaction, userName: string): Promise<PrincipalEntity> {
  const user = await transaction.manager.findOne(PrincipalEntity, {
    where: ownerOf(transaction, userName),
    lock: { mode: 'pessimistic_write' },
  });
  if (!user) throw unknownUser(userName);
  return user;
}

function announce(transaction: AdminTransaction, { accountId, userId }: PrincipalEntity, deleted = false): void {
  transaction.publish('principal', userId ?? '', deleted, { accountId, region: PRINCIPAL_REGION });
}

const isKeyState = (status: string): status is AccessKeyEntity['status'] => KEY_STATES.includes(status);
const unknownUser = (userName: string) => notFound(`The user with name ${userName} cannot be found.`);
const unknownKey = (keyId: string) => notFound(`The Access Key with id ${keyId} cannot be found.`);
const unknownPolicy = (policyName: string) => notFound(`The user policy with name ${policyName} cannot be found.`);
