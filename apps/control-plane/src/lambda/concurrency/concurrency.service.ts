import type { AdminCall } from '@gatehouse/admin-contract';
import {
  ConcurrencyOperations,
  type Concurrency,
  type DeleteFunctionConcurrencyRequest,
  type GetFunctionConcurrencyRequest,
  type GetFunctionConcurrencyResponse,
  type PutFunctionConcurrencyRequest,
} from '@gatehouse/admin-contract/lambda';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { FunctionEntity } from '../function/function.entity.js';
import { findFunction, wholeFunction } from '../function/find-function.js';
import { invalidParameter } from '../refusals.js';
import { CONCURRENT_EXECUTIONS, LEAST_UNRESERVED, reservedExecutions } from './concurrent-executions.js';

@Injectable()
export class ConcurrencyService extends ConcurrencyOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  /** What is reserved for one function is taken from what all others share, of which some must stay. */
  override async putFunctionConcurrency(call: AdminCall, input: PutFunctionConcurrencyRequest): Promise<Concurrency> {
    const { functionName } = wholeFunction(call.scope, input.FunctionName);
    const wanted = input.ReservedConcurrentExecutions;
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope, limits } = transaction;
      const { reservedConcurrency } = await transaction.lockFunction(functionName);
      await transaction.takeTurn(`reserved concurrency of ${scope.accountId}/${scope.region}`);
      const others = (await reservedExecutions(manager, scope)) - (reservedConcurrency ?? 0);
      if (others + wanted > CONCURRENT_EXECUTIONS[limits] - LEAST_UNRESERVED) {
        throw invalidParameter(
          `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${LEAST_UNRESERVED}].`,
        );
      }
      await manager.update(FunctionEntity, { ...scope, functionName }, { reservedConcurrency: wanted });
      transaction.publish('function', functionName);
    });
    return { ReservedConcurrentExecutions: wanted };
  }

  override async getFunctionConcurrency(
    call: AdminCall,
    input: GetFunctionConcurrencyRequest,
  ): Promise<GetFunctionConcurrencyResponse> {
    const target = wholeFunction(call.scope, input.FunctionName);
    const { reservedConcurrency } = await findFunction(this.database.manager, call.scope, target);
    return { ReservedConcurrentExecutions: reservedConcurrency ?? undefined };
  }

  override async deleteFunctionConcurrency(call: AdminCall, input: DeleteFunctionConcurrencyRequest): Promise<void> {
    const { functionName } = wholeFunction(call.scope, input.FunctionName);
    await this.unitOfWork.run(call, async (transaction) => {
      await transaction.lockFunction(functionName);
      await transaction.manager.update(FunctionEntity, { ...call.scope, functionName }, { reservedConcurrency: null });
      transaction.publish('function', functionName);
    });
  }
}
