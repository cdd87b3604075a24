import type { AdminCall } from '@gatehouse/admin-contract';
import type { ImportRestApiRequest, PutRestApiRequest, RestApi } from '@gatehouse/admin-contract/apigateway';
import { longId } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import type { DocumentReader } from '../../imports/document-reader.js';
import { toldWarnings } from '../../imports/found-warnings.js';
import { ResourceEntity } from '../resource/resource.entity.js';
import { completeEndpointConfiguration } from '../rest-api/endpoint-configuration.js';
import { findRestApi } from '../rest-api/find-rest-api.js';
import { requireRoomForApi } from '../rest-api/require-room-for-api.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';
import { restApiView } from '../rest-api/rest-api.view.js';
import { ImportFindings } from './import-findings.js';
import { importParameters } from './import-parameters.js';
import { writeDefinition } from './write-definition.js';

/**
 * Makes an API of an OpenAPI document, without the default models of one that is created. Throws `BadRequestException` that names what is
 * wrong with the document, or its warnings when the caller wants to fail for them.
 */
export async function importRestApi(
  unitOfWork: UnitOfWork,
  reader: DocumentReader,
  call: AdminCall,
  input: ImportRestApiRequest,
): Promise<RestApi> {
  const parameters = importParameters(input.parameters);
  const apiId = longId();
  const document = await reader.read(call.scope, 'restApi', input.body, { apiId, basepath: parameters.basepath });
  const { definition, modelFindings } = document;
  const findings = new ImportFindings(document);
  return unitOfWork.run(call, async (transaction) => {
    const api = unnamedApi(call.scope, apiId);
    const { rootResourceId: resourceId } = api;
    await transaction.manager.insert(RestApiEntity, api);
    await transaction.manager.insert(ResourceEntity, { ...call.scope, apiId, resourceId, parentId: null, pathPart: null });
    const work = { transaction, api, definition, modelFindings, mode: 'overwrite', findings } as const;
    await writeDefinition(work, parameters, input.failOnWarnings);
    await requireRoomForApi(transaction, api);
    return answer(api, findings, { withEmptyTags: false });
  });
}

/**
 * Merges an OpenAPI document into an API, or puts it in place of all that defines the API; ids of what stays, stages, deployments and tags
 * stay. Throws like `importRestApi`, and `NotFoundException` without the API. The document is read before the API is locked.
 */
export async function putRestApi(
  manager: EntityManager,
  unitOfWork: UnitOfWork,
  reader: DocumentReader,
  call: AdminCall,
  input: PutRestApiRequest,
): Promise<RestApi> {
  const { apiId } = await findRestApi(manager, call.scope, input.restApiId);
  const parameters = importParameters(input.parameters);
  const document = await reader.read(call.scope, 'restApi', input.body, { apiId, basepath: parameters.basepath });
  const { definition, modelFindings } = document;
  const findings = new ImportFindings(document);
  return unitOfWork.run(call, async (transaction) => {
    const api = await transaction.lockApi(apiId);
    const [typeBefore] = api.endpointConfiguration.types;
    const work = { transaction, api, definition, modelFindings, mode: input.mode ?? 'merge', findings };
    await writeDefinition(work, parameters, input.failOnWarnings);
    if (api.endpointConfiguration.types[0] !== typeBefore) await requireRoomForApi(transaction, api);
    return answer(api, findings, { withEmptyTags: true });
  });
}

/** An API as it is before its document says anything. */
function unnamedApi(scope: Scope, apiId: string): RestApiEntity {
  return Object.assign(new RestApiEntity(), {
    ...scope,
    apiId,
    name: '',
    description: null,
    version: null,
    createdDate: new Date(),
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    minimumCompressionSize: null,
    endpointConfiguration: completeEndpointConfiguration(),
    binaryMediaTypes: [],
    policy: null,
    securityPolicy: null,
    endpointAccessMode: null,
    rootResourceId: longId(),
    tags: {},
  } satisfies RestApiEntity);
}

function answer(api: RestApiEntity, { warnings }: ImportFindings, shown: { withEmptyTags: boolean }): RestApi {
  return { ...restApiView(api, shown), warnings: toldWarnings(warnings) };
}
