import type { AdminCall } from '@gatehouse/admin-contract';
import { AccountOperations, type Account, type UpdateAccountRequest } from '@gatehouse/admin-contract/apigateway';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { ACCOUNT_DOCUMENT } from '@gatehouse/snapshot';
import { AccountSettingsEntity } from './account-settings.entity.js';
import { accountPatch } from './account.patch.js';
import { accountView } from './account.view.js';

const NOTHING_SET = { cloudwatchRoleArn: null, rateLimit: null, burstLimit: null };

@Injectable()
export class AccountService extends AccountOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override async getAccount(call: AdminCall): Promise<Account> {
    const settings = await this.database.manager.findOneBy(AccountSettingsEntity, { ...call.scope });
    return accountView(settings ?? NOTHING_SET);
  }

  override async updateAccount(call: AdminCall, input: UpdateAccountRequest): Promise<Account> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      // The row comes first, so that there is one to lock.
      const defaults = { ...scope, ...NOTHING_SET };
      await manager.createQueryBuilder().insert().into(AccountSettingsEntity).values(defaults).orIgnore().execute();
      const lock = { mode: 'pessimistic_write' } as const;
      const settings = await manager.findOneOrFail(AccountSettingsEntity, { where: { ...scope }, lock });
      const patched = applyPatch(accountPatch, settings, input.patchOperations);
      await manager.update(AccountSettingsEntity, { ...scope }, patched);
      if (patched.rateLimit !== settings.rateLimit || patched.burstLimit !== settings.burstLimit) {
        transaction.publish('account', ACCOUNT_DOCUMENT);
      }
      return accountView(patched);
    });
  }
}
