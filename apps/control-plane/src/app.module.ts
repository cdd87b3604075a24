import type { DynamicModule, Type } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { AdminApiModule } from './admin-api/admin-api.module.js';
import { unbuiltGroups } from './admin-api/unbuilt-groups.js';
import { AccountModule } from './apigateway/account/account.module.js';
import { ApiKeyModule } from './apigateway/api-key/api-key.module.js';
import { AuthorizerModule } from './apigateway/authorizer/authorizer.module.js';
import { BasePathMappingModule } from './apigateway/base-path-mapping/base-path-mapping.module.js';
import { ClientCertificateModule } from './apigateway/client-certificate/client-certificate.module.js';
import { DeploymentModule } from './apigateway/deployment/deployment.module.js';
import { DocumentationPartModule } from './apigateway/documentation-part/documentation-part.module.js';
import { DocumentationVersionModule } from './apigateway/documentation-version/documentation-version.module.js';
import { DomainNameAccessAssociationModule } from './apigateway/domain-name-access-association/domain-name-access-association.module.js';
import { DomainNameModule } from './apigateway/domain-name/domain-name.module.js';
import { ExportModule } from './apigateway/export/export.module.js';
import { GatewayResponseModule } from './apigateway/gateway-response/gateway-response.module.js';
import { IntegrationResponseModule } from './apigateway/integration-response/integration-response.module.js';
import { IntegrationModule } from './apigateway/integration/integration.module.js';
import { MethodResponseModule } from './apigateway/method-response/method-response.module.js';
import { MethodModule } from './apigateway/method/method.module.js';
import { ModelModule } from './apigateway/model/model.module.js';
import { RequestValidatorModule } from './apigateway/request-validator/request-validator.module.js';
import { ResourceModule } from './apigateway/resource/resource.module.js';
import { RestApiModule } from './apigateway/rest-api/rest-api.module.js';
import { StageModule } from './apigateway/stage/stage.module.js';
import { TagModule } from './apigateway/tag/tag.module.js';
import { UsagePlanModule } from './apigateway/usage-plan/usage-plan.module.js';
import { UsageModule } from './apigateway/usage/usage.module.js';
import { VpcLinkModule } from './apigateway/vpc-link/vpc-link.module.js';
import { CertificateModule } from './certificates/certificate.module.js';
import { ConfigModule } from './config.module.js';
import type { ControlPlaneConfig } from './config.js';
import { DatabaseModule } from './database/database.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { UsersModule } from './identity/users.module.js';
import { ExplanationsModule } from './explanations/explanations.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { FunctionAccountModule } from './lambda/account/function-account.module.js';
import { AliasModule } from './lambda/alias/alias.module.js';
import { ConcurrencyModule } from './lambda/concurrency/concurrency.module.js';
import { FunctionModule } from './lambda/function/function.module.js';
import { InvocationModule } from './lambda/invocation/invocation.module.js';
import { PermissionModule } from './lambda/permission/permission.module.js';
import { FunctionTagModule } from './lambda/tag/function-tag.module.js';
import { VersionModule } from './lambda/version/version.module.js';
import { PublicationModule } from './publication/publication.module.js';

/**
 * The table of contents of the admin API: one line per resource folder. Each module declares the generated controller of its group and
 * provides its service under the generated operations class; the groups that no module declares answer 501.
 */
export const RESOURCES: readonly Type[] = [
  // apigateway
  RestApiModule,
  ResourceModule,
  MethodModule,
  MethodResponseModule,
  IntegrationModule,
  IntegrationResponseModule,
  ModelModule,
  RequestValidatorModule,
  AuthorizerModule,
  GatewayResponseModule,
  DeploymentModule,
  StageModule,
  ExportModule,
  ApiKeyModule,
  UsagePlanModule,
  UsageModule,
  TagModule,
  DocumentationPartModule,
  DocumentationVersionModule,
  ClientCertificateModule,
  DomainNameModule,
  BasePathMappingModule,
  DomainNameAccessAssociationModule,
  AccountModule,
  VpcLinkModule,
  // lambda
  FunctionModule,
  VersionModule,
  AliasModule,
  PermissionModule,
  ConcurrencyModule,
  FunctionTagModule,
  FunctionAccountModule,
  InvocationModule,
];

/** What works behind the admin API. */
const PARTS: readonly Type[] = [
  IdentityModule,
  UsersModule,
  PublicationModule,
  CertificateModule,
  ImportsModule,
  ExplanationsModule,
];

export class AppModule {
  /** `database` is open and up to date; the module closes it. */
  static register(config: ControlPlaneConfig, database: DataSource): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.register(config),
        DatabaseModule.register(database),
        AdminApiModule,
        ...PARTS,
        ...RESOURCES,
        unbuiltGroups(RESOURCES),
      ],
    };
  }
}
