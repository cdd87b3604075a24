import type { AdminCall } from '@gatehouse/admin-contract';
import {
  MethodResponsesOperations,
  type DeleteMethodResponseRequest,
  type GetMethodResponseRequest,
  type MethodResponse,
  type PutMethodResponseRequest,
  type UpdateMethodResponseRequest,
} from '@gatehouse/admin-contract/apigateway';
import type { MethodResponseModel } from '@gatehouse/api-model';
import { conflict } from '@gatehouse/aws-wire';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { emptyMaps, type WithEmptyMaps } from '../method/empty-maps.js';
import { findMethod, lockMethod, saveMethod } from '../method/method-key.js';
import { loadNamedParts } from '../method/named-parts.js';
import { findResponse, withoutResponse, withResponse } from '../method/responses.js';
import { checkMethodResponse } from './method-response-rules.js';
import { methodResponsePatch } from './method-response.patch.js';
import { methodResponseView } from './method-response.view.js';

@Injectable()
export class MethodResponsesService extends MethodResponsesOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override async putMethodResponse(call: AdminCall, input: PutMethodResponseRequest): Promise<MethodResponse> {
    return this.unitOfWork.run(call, async (transaction) => {
      const method = await lockMethod(transaction, input);
      const { responseParameters, responseModels } = input;
      const response: WithEmptyMaps<MethodResponseModel> = {
        statusCode: input.statusCode,
        responseParameters: responseParameters ?? {},
        responseModels: responseModels ?? {},
        ...emptyMaps({ responseParameters, responseModels }),
      };
      const named = await loadNamedParts(transaction.manager, [{ ...method, methodResponses: [response] }]);
      checkMethodResponse(named, response);
      if (method.methodResponses.some(({ statusCode }) => statusCode === response.statusCode)) {
        throw conflict('Response already exists for this resource');
      }
      method.methodResponses = withResponse(method.methodResponses, response);
      await saveMethod(transaction.manager, method);
      return methodResponseView(response);
    });
  }

  override async getMethodResponse(call: AdminCall, input: GetMethodResponseRequest): Promise<MethodResponse> {
    const method = await findMethod(this.database.manager, call.scope, input);
    return methodResponseView(findResponse(method.methodResponses, input.statusCode));
  }

  override async updateMethodResponse(call: AdminCall, input: UpdateMethodResponseRequest): Promise<MethodResponse> {
    return this.unitOfWork.run(call, async (transaction) => {
      const method = await lockMethod(transaction, input);
      const patched = applyPatch(
        methodResponsePatch,
        findResponse(method.methodResponses, input.statusCode),
        input.patchOperations,
      );
      const named = await loadNamedParts(transaction.manager, [{ ...method, methodResponses: [patched] }]);
      checkMethodResponse(named, patched);
      method.methodResponses = withResponse(method.methodResponses, patched);
      await saveMethod(transaction.manager, method);
      return methodResponseView(patched);
    });
  }

  override async deleteMethodResponse(call: AdminCall, input: DeleteMethodResponseRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const method = await lockMethod(transaction, input);
      method.methodResponses = withoutResponse(method.methodResponses, findResponse(method.methodResponses, input.statusCode));
      await saveMethod(transaction.manager, method);
    });
  }
}
