// Generated from the service models by `npm run generate`. Do not edit.
import type { OperationGroup } from '../../controllers/operation-group.js';
import { ApiMappingsController } from './api-mappings/controller.js';
import { ApiMappingsOperations } from './api-mappings/operations.js';
import { ApisController } from './apis/controller.js';
import { ApisOperations } from './apis/operations.js';
import { AuthorizersController } from './authorizers/controller.js';
import { AuthorizersOperations } from './authorizers/operations.js';
import { DeploymentsController } from './deployments/controller.js';
import { DeploymentsOperations } from './deployments/operations.js';
import { DomainNamesController } from './domain-names/controller.js';
import { DomainNamesOperations } from './domain-names/operations.js';
import { ExportsController } from './exports/controller.js';
import { ExportsOperations } from './exports/operations.js';
import { IntegrationResponsesController } from './integration-responses/controller.js';
import { IntegrationResponsesOperations } from './integration-responses/operations.js';
import { IntegrationsController } from './integrations/controller.js';
import { IntegrationsOperations } from './integrations/operations.js';
import { ModelsController } from './models/controller.js';
import { ModelsOperations } from './models/operations.js';
import { PortalProductPagesController } from './portal-product-pages/controller.js';
import { PortalProductPagesOperations } from './portal-product-pages/operations.js';
import { PortalProductRestEndpointPagesController } from './portal-product-rest-endpoint-pages/controller.js';
import { PortalProductRestEndpointPagesOperations } from './portal-product-rest-endpoint-pages/operations.js';
import { PortalProductSharingPolicyController } from './portal-product-sharing-policy/controller.js';
import { PortalProductSharingPolicyOperations } from './portal-product-sharing-policy/operations.js';
import { PortalProductsController } from './portal-products/controller.js';
import { PortalProductsOperations } from './portal-products/operations.js';
import { PortalsController } from './portals/controller.js';
import { PortalsOperations } from './portals/operations.js';
import { RouteResponsesController } from './route-responses/controller.js';
import { RouteResponsesOperations } from './route-responses/operations.js';
import { RoutesController } from './routes/controller.js';
import { RoutesOperations } from './routes/operations.js';
import { RoutingRulesController } from './routing-rules/controller.js';
import { RoutingRulesOperations } from './routing-rules/operations.js';
import { StagesController } from './stages/controller.js';
import { StagesOperations } from './stages/operations.js';
import { TagsController } from './tags/controller.js';
import { TagsOperations } from './tags/operations.js';
import { VpcLinksController } from './vpc-links/controller.js';
import { VpcLinksOperations } from './vpc-links/operations.js';

export * from './enums.js';
export * from './shapes.js';
export * from './api-mappings/dto.js';
export * from './api-mappings/operations.js';
export * from './api-mappings/controller.js';
export * from './apis/dto.js';
export * from './apis/operations.js';
export * from './apis/controller.js';
export * from './authorizers/dto.js';
export * from './authorizers/operations.js';
export * from './authorizers/controller.js';
export * from './deployments/dto.js';
export * from './deployments/operations.js';
export * from './deployments/controller.js';
export * from './domain-names/dto.js';
export * from './domain-names/operations.js';
export * from './domain-names/controller.js';
export * from './exports/dto.js';
export * from './exports/operations.js';
export * from './exports/controller.js';
export * from './integration-responses/dto.js';
export * from './integration-responses/operations.js';
export * from './integration-responses/controller.js';
export * from './integrations/dto.js';
export * from './integrations/operations.js';
export * from './integrations/controller.js';
export * from './models/dto.js';
export * from './models/operations.js';
export * from './models/controller.js';
export * from './portal-product-pages/dto.js';
export * from './portal-product-pages/operations.js';
export * from './portal-product-pages/controller.js';
export * from './portal-product-rest-endpoint-pages/dto.js';
export * from './portal-product-rest-endpoint-pages/operations.js';
export * from './portal-product-rest-endpoint-pages/controller.js';
export * from './portal-product-sharing-policy/dto.js';
export * from './portal-product-sharing-policy/operations.js';
export * from './portal-product-sharing-policy/controller.js';
export * from './portal-products/dto.js';
export * from './portal-products/operations.js';
export * from './portal-products/controller.js';
export * from './portals/dto.js';
export * from './portals/operations.js';
export * from './portals/controller.js';
export * from './route-responses/dto.js';
export * from './route-responses/operations.js';
export * from './route-responses/controller.js';
export * from './routes/dto.js';
export * from './routes/operations.js';
export * from './routes/controller.js';
export * from './routing-rules/dto.js';
export * from './routing-rules/operations.js';
export * from './routing-rules/controller.js';
export * from './stages/dto.js';
export * from './stages/operations.js';
export * from './stages/controller.js';
export * from './tags/dto.js';
export * from './tags/operations.js';
export * from './tags/controller.js';
export * from './vpc-links/dto.js';
export * from './vpc-links/operations.js';
export * from './vpc-links/controller.js';

export const GROUPS: readonly OperationGroup[] = [
  { group: 'api-mappings', controller: ApiMappingsController, operations: ApiMappingsOperations },
  { group: 'apis', controller: ApisController, operations: ApisOperations },
  { group: 'authorizers', controller: AuthorizersController, operations: AuthorizersOperations },
  { group: 'deployments', controller: DeploymentsController, operations: DeploymentsOperations },
  { group: 'domain-names', controller: DomainNamesController, operations: DomainNamesOperations },
  { group: 'exports', controller: ExportsController, operations: ExportsOperations },
  { group: 'integration-responses', controller: IntegrationResponsesController, operations: IntegrationResponsesOperations },
  { group: 'integrations', controller: IntegrationsController, operations: IntegrationsOperations },
  { group: 'models', controller: ModelsController, operations: ModelsOperations },
  { group: 'portal-product-pages', controller: PortalProductPagesController, operations: PortalProductPagesOperations },
  { group: 'portal-product-rest-endpoint-pages', controller: PortalProductRestEndpointPagesController, operations: PortalProductRestEndpointPagesOperations },
  { group: 'portal-product-sharing-policy', controller: PortalProductSharingPolicyController, operations: PortalProductSharingPolicyOperations },
  { group: 'portal-products', controller: PortalProductsController, operations: PortalProductsOperations },
  { group: 'portals', controller: PortalsController, operations: PortalsOperations },
  { group: 'route-responses', controller: RouteResponsesController, operations: RouteResponsesOperations },
  { group: 'routes', controller: RoutesController, operations: RoutesOperations },
  { group: 'routing-rules', controller: RoutingRulesController, operations: RoutingRulesOperations },
  { group: 'stages', controller: StagesController, operations: StagesOperations },
  { group: 'tags', controller: TagsController, operations: TagsOperations },
  { group: 'vpc-links', controller: VpcLinksController, operations: VpcLinksOperations },
];
