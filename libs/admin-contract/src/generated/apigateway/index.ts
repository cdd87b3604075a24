// Generated from the service models by `npm run generate`. Do not edit.
import type { OperationGroup } from '../../controllers/operation-group.js';
import { AccountController } from './account/controller.js';
import { AccountOperations } from './account/operations.js';
import { ApiKeysController } from './api-keys/controller.js';
import { ApiKeysOperations } from './api-keys/operations.js';
import { AuthorizersController } from './authorizers/controller.js';
import { AuthorizersOperations } from './authorizers/operations.js';
import { BasePathMappingsController } from './base-path-mappings/controller.js';
import { BasePathMappingsOperations } from './base-path-mappings/operations.js';
import { ClientCertificatesController } from './client-certificates/controller.js';
import { ClientCertificatesOperations } from './client-certificates/operations.js';
import { DeploymentsController } from './deployments/controller.js';
import { DeploymentsOperations } from './deployments/operations.js';
import { DocumentationPartsController } from './documentation-parts/controller.js';
import { DocumentationPartsOperations } from './documentation-parts/operations.js';
import { DocumentationVersionsController } from './documentation-versions/controller.js';
import { DocumentationVersionsOperations } from './documentation-versions/operations.js';
import { DomainNameAccessAssociationsController } from './domain-name-access-associations/controller.js';
import { DomainNameAccessAssociationsOperations } from './domain-name-access-associations/operations.js';
import { DomainNamesController } from './domain-names/controller.js';
import { DomainNamesOperations } from './domain-names/operations.js';
import { ExportsController } from './exports/controller.js';
import { ExportsOperations } from './exports/operations.js';
import { GatewayResponsesController } from './gateway-responses/controller.js';
import { GatewayResponsesOperations } from './gateway-responses/operations.js';
import { IntegrationResponsesController } from './integration-responses/controller.js';
import { IntegrationResponsesOperations } from './integration-responses/operations.js';
import { IntegrationsController } from './integrations/controller.js';
import { IntegrationsOperations } from './integrations/operations.js';
import { MethodResponsesController } from './method-responses/controller.js';
import { MethodResponsesOperations } from './method-responses/operations.js';
import { MethodsController } from './methods/controller.js';
import { MethodsOperations } from './methods/operations.js';
import { ModelsController } from './models/controller.js';
import { ModelsOperations } from './models/operations.js';
import { RequestValidatorsController } from './request-validators/controller.js';
import { RequestValidatorsOperations } from './request-validators/operations.js';
import { ResourcesController } from './resources/controller.js';
import { ResourcesOperations } from './resources/operations.js';
import { RestApisController } from './rest-apis/controller.js';
import { RestApisOperations } from './rest-apis/operations.js';
import { SdksController } from './sdks/controller.js';
import { SdksOperations } from './sdks/operations.js';
import { StagesController } from './stages/controller.js';
import { StagesOperations } from './stages/operations.js';
import { TagsController } from './tags/controller.js';
import { TagsOperations } from './tags/operations.js';
import { UsageController } from './usage/controller.js';
import { UsageOperations } from './usage/operations.js';
import { UsagePlanKeysController } from './usage-plan-keys/controller.js';
import { UsagePlanKeysOperations } from './usage-plan-keys/operations.js';
import { UsagePlansController } from './usage-plans/controller.js';
import { UsagePlansOperations } from './usage-plans/operations.js';
import { VpcLinksController } from './vpc-links/controller.js';
import { VpcLinksOperations } from './vpc-links/operations.js';

export * from './enums.js';
export * from './shapes.js';
export * from './account/dto.js';
export * from './account/operations.js';
export * from './account/controller.js';
export * from './api-keys/dto.js';
export * from './api-keys/operations.js';
export * from './api-keys/controller.js';
export * from './authorizers/dto.js';
export * from './authorizers/operations.js';
export * from './authorizers/controller.js';
export * from './base-path-mappings/dto.js';
export * from './base-path-mappings/operations.js';
export * from './base-path-mappings/controller.js';
export * from './client-certificates/dto.js';
export * from './client-certificates/operations.js';
export * from './client-certificates/controller.js';
export * from './deployments/dto.js';
export * from './deployments/operations.js';
export * from './deployments/controller.js';
export * from './documentation-parts/dto.js';
export * from './documentation-parts/operations.js';
export * from './documentation-parts/controller.js';
export * from './documentation-versions/dto.js';
export * from './documentation-versions/operations.js';
export * from './documentation-versions/controller.js';
export * from './domain-name-access-associations/dto.js';
export * from './domain-name-access-associations/operations.js';
export * from './domain-name-access-associations/controller.js';
export * from './domain-names/dto.js';
export * from './domain-names/operations.js';
export * from './domain-names/controller.js';
export * from './exports/dto.js';
export * from './exports/operations.js';
export * from './exports/controller.js';
export * from './gateway-responses/dto.js';
export * from './gateway-responses/operations.js';
export * from './gateway-responses/controller.js';
export * from './integration-responses/dto.js';
export * from './integration-responses/operations.js';
export * from './integration-responses/controller.js';
export * from './integrations/dto.js';
export * from './integrations/operations.js';
export * from './integrations/controller.js';
export * from './method-responses/dto.js';
export * from './method-responses/operations.js';
export * from './method-responses/controller.js';
export * from './methods/dto.js';
export * from './methods/operations.js';
export * from './methods/controller.js';
export * from './models/dto.js';
export * from './models/operations.js';
export * from './models/controller.js';
export * from './request-validators/dto.js';
export * from './request-validators/operations.js';
export * from './request-validators/controller.js';
export * from './resources/dto.js';
export * from './resources/operations.js';
export * from './resources/controller.js';
export * from './rest-apis/dto.js';
export * from './rest-apis/operations.js';
export * from './rest-apis/controller.js';
export * from './sdks/dto.js';
export * from './sdks/operations.js';
export * from './sdks/controller.js';
export * from './stages/dto.js';
export * from './stages/operations.js';
export * from './stages/controller.js';
export * from './tags/dto.js';
export * from './tags/operations.js';
export * from './tags/controller.js';
export * from './usage/dto.js';
export * from './usage/operations.js';
export * from './usage/controller.js';
export * from './usage-plan-keys/dto.js';
export * from './usage-plan-keys/operations.js';
export * from './usage-plan-keys/controller.js';
export * from './usage-plans/dto.js';
export * from './usage-plans/operations.js';
export * from './usage-plans/controller.js';
export * from './vpc-links/dto.js';
export * from './vpc-links/operations.js';
export * from './vpc-links/controller.js';

export const GROUPS: readonly OperationGroup[] = [
  { group: 'account', controller: AccountController, operations: AccountOperations },
  { group: 'api-keys', controller: ApiKeysController, operations: ApiKeysOperations },
  { group: 'authorizers', controller: AuthorizersController, operations: AuthorizersOperations },
  { group: 'base-path-mappings', controller: BasePathMappingsController, operations: BasePathMappingsOperations },
  { group: 'client-certificates', controller: ClientCertificatesController, operations: ClientCertificatesOperations },
  { group: 'deployments', controller: DeploymentsController, operations: DeploymentsOperations },
  { group: 'documentation-parts', controller: DocumentationPartsController, operations: DocumentationPartsOperations },
  { group: 'documentation-versions', controller: DocumentationVersionsController, operations: DocumentationVersionsOperations },
  { group: 'domain-name-access-associations', controller: DomainNameAccessAssociationsController, operations: DomainNameAccessAssociationsOperations },
  { group: 'domain-names', controller: DomainNamesController, operations: DomainNamesOperations },
  { group: 'exports', controller: ExportsController, operations: ExportsOperations },
  { group: 'gateway-responses', controller: GatewayResponsesController, operations: GatewayResponsesOperations },
  { group: 'integration-responses', controller: IntegrationResponsesController, operations: IntegrationResponsesOperations },
  { group: 'integrations', controller: IntegrationsController, operations: IntegrationsOperations },
  { group: 'method-responses', controller: MethodResponsesController, operations: MethodResponsesOperations },
  { group: 'methods', controller: MethodsController, operations: MethodsOperations },
  { group: 'models', controller: ModelsController, operations: ModelsOperations },
  { group: 'request-validators', controller: RequestValidatorsController, operations: RequestValidatorsOperations },
  { group: 'resources', controller: ResourcesController, operations: ResourcesOperations },
  { group: 'rest-apis', controller: RestApisController, operations: RestApisOperations },
  { group: 'sdks', controller: SdksController, operations: SdksOperations },
  { group: 'stages', controller: StagesController, operations: StagesOperations },
  { group: 'tags', controller: TagsController, operations: TagsOperations },
  { group: 'usage', controller: UsageController, operations: UsageOperations },
  { group: 'usage-plan-keys', controller: UsagePlanKeysController, operations: UsagePlanKeysOperations },
  { group: 'usage-plans', controller: UsagePlansController, operations: UsagePlansOperations },
  { group: 'vpc-links', controller: VpcLinksController, operations: VpcLinksOperations },
];
