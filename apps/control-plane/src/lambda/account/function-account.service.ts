import type { AdminCall } from '@gatehouse/admin-contract';
import { AccountOperations, type GetAccountSettingsResponse } from '@gatehouse/admin-contract/lambda';
import { UNZIPPED_BYTES } from '@gatehouse/function-archive';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ControlPlaneConfig } from '../../config.js';
import { CONCURRENT_EXECUTIONS, reservedExecutions } from '../concurrency/concurrent-executions.js';
import { CODE_STORAGE_BYTES, usedCodeBytes } from '../function/code-store.js';
import { FunctionEntity } from '../function/function.entity.js';
import { ZIPPED_BYTES } from '../function/uploaded-code.js';

@Injectable()
export class FunctionAccountService extends AccountOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ControlPlaneConfig) private readonly config: ControlPlaneConfig,
  ) {
    super();
  }

  override async getAccountSettings({ scope }: AdminCall): Promise<GetAccountSettingsResponse> {
    const { manager } = this.database;
    const { limits } = this.config;
    const reserved = await reservedExecutions(manager, scope);
    return {
      AccountLimit: {
        TotalCodeSize: CODE_STORAGE_BYTES[limits],
        CodeSizeUnzipped: UNZIPPED_BYTES,
        CodeSizeZipped: ZIPPED_BYTES,
        ConcurrentExecutions: CONCURRENT_EXECUTIONS[limits],
        UnreservedConcurrentExecutions: CONCURRENT_EXECUTIONS[limits] - reserved,
      },
      AccountUsage: {
        TotalCodeSize: await usedCodeBytes(manager, scope),
        FunctionCount: await manager.countBy(FunctionEntity, { ...scope }),
      },
    };
  }
}
