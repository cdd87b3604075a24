import { DataSource } from 'typeorm';
import { AccountSettingsEntity } from '../apigateway/account/account-settings.entity.js';
import { ApiKeyEntity } from '../apigateway/api-key/api-key.entity.js';
import { AuthorizerEntity } from '../apigateway/authorizer/authorizer.entity.js';
import { BasePathMappingEntity } from '../apigateway/base-path-mapping/base-path-mapping.entity.js';
import { ClientCertificateEntity } from '../apigateway/client-certificate/client-certificate.entity.js';
import { DeploymentEntity } from '../apigateway/deployment/deployment.entity.js';
import { DocumentationPartEntity } from '../apigateway/documentation-part/documentation-part.entity.js';
import { DocumentationVersionEntity } from '../apigateway/documentation-version/documentation-version.entity.js';
import { DomainNameAccessAssociationEntity } from '../apigateway/domain-name-access-association/domain-name-access-association.entity.js';
import { DomainNameEntity } from '../apigateway/domain-name/domain-name.entity.js';
import { GatewayResponseEntity } from '../apigateway/gateway-response/gateway-response.entity.js';
import { MethodEntity } from '../apigateway/method/method.entity.js';
import { ModelEntity } from '../apigateway/model/model.entity.js';
import { RequestValidatorEntity } from '../apigateway/request-validator/request-validator.entity.js';
import { ResourceEntity } from '../apigateway/resource/resource.entity.js';
import { RestApiEntity } from '../apigateway/rest-api/rest-api.entity.js';
import { StageEntity } from '../apigateway/stage/stage.entity.js';
import { UsagePlanKeyEntity } from '../apigateway/usage-plan/usage-plan-key.entity.js';
import { UsagePlanStageEntity } from '../apigateway/usage-plan/usage-plan-stage.entity.js';
import { UsagePlanEntity } from '../apigateway/usage-plan/usage-plan.entity.js';
import { QuotaGrantEntity } from '../apigateway/usage/quota-grant.entity.js';
import { UsageTotalEntity } from '../apigateway/usage/usage-total.entity.js';
import { VpcLinkEntity } from '../apigateway/vpc-link/vpc-link.entity.js';
import { CertificateEntity } from '../certificates/certificate.entity.js';
import { AccessKeyEntity } from '../identity/access-key.entity.js';
import { BearerTokenEntity } from '../identity/bearer-token.entity.js';
import { PrincipalPolicyEntity } from '../identity/principal-policy.entity.js';
import { PrincipalEntity } from '../identity/principal.entity.js';
import { FunctionAliasEntity } from '../lambda/function/function-alias.entity.js';
import { FunctionCodeEntity } from '../lambda/function/function-code.entity.js';
import { FunctionStatementEntity } from '../lambda/function/function-statement.entity.js';
import { FunctionVersionEntity } from '../lambda/function/function-version.entity.js';
import { FunctionEntity } from '../lambda/function/function.entity.js';
import { DocumentRevisionEntity } from '../publication/document-revision.entity.js';
import { OutboxEntity } from '../publication/outbox.entity.js';
import { explainDatabaseError } from './database-error.js';
import { migrate, migrationClass, readMigrationFiles, type MigrationFile } from './migrations.js';

/** Every table of the control plane. A class that is missing here does not exist for TypeORM, and the drift test says so. */
export const ENTITIES = [
  AccessKeyEntity,
  AccountSettingsEntity,
  ApiKeyEntity,
  AuthorizerEntity,
  BasePathMappingEntity,
  BearerTokenEntity,
  CertificateEntity,
  ClientCertificateEntity,
  DeploymentEntity,
  DocumentRevisionEntity,
  DocumentationPartEntity,
  DocumentationVersionEntity,
  DomainNameAccessAssociationEntity,
  DomainNameEntity,
  FunctionAliasEntity,
  FunctionCodeEntity,
  FunctionEntity,
  FunctionStatementEntity,
  FunctionVersionEntity,
  GatewayResponseEntity,
  MethodEntity,
  ModelEntity,
  OutboxEntity,
  PrincipalEntity,
  PrincipalPolicyEntity,
  QuotaGrantEntity,
  RequestValidatorEntity,
  ResourceEntity,
  RestApiEntity,
  StageEntity,
  UsagePlanEntity,
  UsagePlanKeyEntity,
  UsagePlanStageEntity,
  UsageTotalEntity,
  VpcLinkEntity,
];

/** Connections of one control plane; two of them stay well below the 100 that Postgres allows by default. */
const POOL_SIZE = 20;
const CONNECT_TIMEOUT_MS = 10_000;

/** A data source over `url` (postgres://...), not connected yet. Broken idle connections are replaced, so that it outlives a restart of Postgres. */
export function createDataSource(url: string, migrations: MigrationFile[] = readMigrationFiles()): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: 'gatehouse-control-plane',
    entities: ENTITIES,
    migrations: migrations.map(migrationClass),
    poolSize: POOL_SIZE,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    synchronize: false,
    logging: false,
  });
}

/** Connects and brings the schema up to date. Throws a `StartupError` that names host and database, never the password. */
export async function openDatabase(url: string): Promise<DataSource> {
  const database = createDataSource(url);
  try {
    await database.initialize();
    await migrate(database);
    return database;
  } catch (error) {
    if (database.isInitialized) await database.destroy();
    throw explainDatabaseError(url, error);
  }
}
