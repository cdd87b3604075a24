import type { AdminCall } from '@gatehouse/admin-contract';
import {
  IntegrationsOperations,
  type DeleteIntegrationRequest,
  type GetIntegrationRequest,
  type Integration,
  type PutIntegrationRequest,
  type UpdateIntegrationRequest,
} from '@gatehouse/admin-contract/apigateway';
import type { IntegrationModel } from '@gatehouse/api-model';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork, type AdminTransaction } from '../../database/unit-of-work.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { findMethod, lockMethod, saveMethod } from '../method/method-key.js';
import { requireVpcLink } from '../vpc-link/find-vpc-link.js';
import { integrationOf, unknownIntegration } from './integration-of.js';
import { checkIntegration, DEFAULT_TIMEOUT, keptTemplates, overHttp } from './integration-rules.js';
import { integrationPatch } from './integration.patch.js';
import { integrationView } from './integration.view.js';

@Injectable()
export class IntegrationsService extends IntegrationsOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  /** Puts the integration in place of the one that the method has, if any, whose responses go with it. */
  override async putIntegration(call: AdminCall, input: PutIntegrationRequest): Promise<Integration> {
    return this.unitOfWork.run(call, async (transaction) => {
      const method = await lockMethod(transaction, input);
      const integration = newIntegration(input);
      checkIntegration(integration, method, transaction.maxIntegrationTimeout);
      await requireConnection(transaction, integration);
      method.methodIntegration = integration;
      await saveMethod(transaction.manager, method);
      return integrationView(integration);
    });
  }

  override async getIntegration(call: AdminCall, input: GetIntegrationRequest): Promise<Integration> {
    return integrationView(integrationOf(await findMethod(this.database.manager, call.scope, input)));
  }

  override async updateIntegration(call: AdminCall, input: UpdateIntegrationRequest): Promise<Integration> {
    return this.unitOfWork.run(call, async (transaction) => {
      const method = await lockMethod(transaction, input);
      const integration = integrationOf(method);
      const patched = applyPatch(integrationPatch, integration, input.patchOperations);
      checkIntegration(patched, method, transaction.maxIntegrationTimeout);
      if (patched.connectionId !== integration.connectionId || patched.connectionType !== integration.connectionType) {
        await requireConnection(transaction, patched);
      }
      method.methodIntegration = patched;
      await saveMethod(transaction.manager, method);
      return integrationView(patched);
    });
  }

  override async deleteIntegration(call: AdminCall, input: DeleteIntegrationRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const method = await lockMethod(transaction, input, unknownIntegration);
      integrationOf(method);
      method.methodIntegration = null;
      await saveMethod(transaction.manager, method);
    });
  }
}

/** Throws `NotFoundException` in AWS's words for a VPC link that there is not. */
async function requireConnection(transaction: AdminTransaction, integration: IntegrationModel): Promise<void> {
  const { connectionType, connectionId } = integration;
  if (connectionType === 'VPC_LINK' && connectionId !== undefined) await requireVpcLink(transaction, connectionId);
}

function newIntegration(input: PutIntegrationRequest): IntegrationModel {
  return {
    type: input.type,
    httpMethod: input.integrationHttpMethod || undefined,
    uri: input.uri || undefined,
    connectionType: input.connectionType ?? (overHttp(input.type) ? 'INTERNET' : undefined),
    connectionId: input.connectionId || undefined,
    credentials: input.credentials || undefined,
    requestParameters: input.requestParameters ?? {},
    requestTemplates: keptTemplates(input.requestTemplates),
    passthroughBehavior: input.passthroughBehavior ?? 'WHEN_NO_MATCH',
    contentHandling: input.contentHandling,
    timeoutInMillis: input.timeoutInMillis ?? DEFAULT_TIMEOUT,
    cacheNamespace: input.cacheNamespace ?? input.resourceId,
    cacheKeyParameters: [...new Set(input.cacheKeyParameters)],
    tlsConfig: input.tlsConfig,
    responseTransferMode: input.responseTransferMode,
    integrationTarget: input.integrationTarget,
    integrationResponses: [],
  };
}
