import type { AdminCall } from '@gatehouse/admin-contract';
import {
  IntegrationResponsesOperations,
  type DeleteIntegrationResponseRequest,
  type GetIntegrationResponseRequest,
  type IntegrationResponse,
  type PutIntegrationResponseRequest,
  type UpdateIntegrationResponseRequest,
} from '@gatehouse/admin-contract/apigateway';
import type { IntegrationResponseModel } from '@gatehouse/api-model';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { integrationOf, unknownIntegration } from '../integration/integration-of.js';
import { keptTemplates } from '../integration/integration-rules.js';
import { emptyMaps, type WithEmptyMaps } from '../method/empty-maps.js';
import { findMethod, lockMethod, saveMethod } from '../method/method-key.js';
import { findResponse, withoutResponse, withResponse } from '../method/responses.js';
import { checkIntegrationResponse } from './integration-response-rules.js';
import { integrationResponsePatch } from './integration-response.patch.js';
import { integrationResponseView } from './integration-response.view.js';

@Injectable()
export class IntegrationResponsesService extends IntegrationResponsesOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  /** Puts the response in place of the one that has its status code, if any. */
  override async putIntegrationResponse(call: AdminCall, input: PutIntegrationResponseRequest): Promise<IntegrationResponse> {
    return this.unitOfWork.run(call, async (transaction) => {
      const method = await lockMethod(transaction, input);
      const integration = integrationOf(method);
      const { responseParameters, responseTemplates } = input;
      const response: WithEmptyMaps<IntegrationResponseModel> = {
        statusCode: input.statusCode,
        selectionPattern: input.selectionPattern,
        responseParameters: responseParameters ?? {},
        responseTemplates: keptTemplates(responseTemplates),
        contentHandling: input.contentHandling,
        ...emptyMaps({ responseParameters, responseTemplates }),
      };
      checkIntegrationResponse(response, method);
      integration.integrationResponses = withResponse(integration.integrationResponses, response);
      await saveMethod(transaction.manager, method);
      return integrationResponseView(response);
    });
  }

  override async getIntegrationResponse(call: AdminCall, input: GetIntegrationResponseRequest): Promise<IntegrationResponse> {
    const integration = integrationOf(await findMethod(this.database.manager, call.scope, input));
    return integrationResponseView(findResponse(integration.integrationResponses, input.statusCode));
  }

  override async updateIntegrationResponse(
    call: AdminCall,
    input: UpdateIntegrationResponseRequest,
  ): Promise<IntegrationResponse> {
    return this.unitOfWork.run(call, async (transaction) => {
      const method = await lockMethod(transaction, input);
      const integration = integrationOf(method);
      const response = findResponse(integration.integrationResponses, input.statusCode);
      const patched = applyPatch(integrationResponsePatch, response, input.patchOperations);
      checkIntegrationResponse(patched, method);
      integration.integrationResponses = withResponse(integration.integrationResponses, patched);
      await saveMethod(transaction.manager, method);
      return integrationResponseView(patched);
    });
  }

  override async deleteIntegrationResponse(call: AdminCall, input: DeleteIntegrationResponseRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const method = await lockMethod(transaction, input, unknownIntegration);
      const integration = integrationOf(method);
      const response = findResponse(integration.integrationResponses, input.statusCode);
      integration.integrationResponses = withoutResponse(integration.integrationResponses, response);
      await saveMethod(transaction.manager, method);
    });
  }
}
