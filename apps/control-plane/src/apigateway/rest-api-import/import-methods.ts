import type { DefinedMethod, IntegrationModel, IntegrationResponseModel } from '@gatehouse/api-model';
import { badRequest, conflict } from '@gatehouse/aws-wire';
import { Any } from 'typeorm';
import { AuthorizerEntity } from '../authorizer/authorizer.entity.js';
import { checkIntegrationResponse } from '../integration-response/integration-response-rules.js';
import { checkIntegration, keptTemplates } from '../integration/integration-rules.js';
import { checkMethodResponse } from '../method-response/method-response-rules.js';
import { checkHttpMethod, checkMethod, dropUnusedAuthorizer } from '../method/method-rules.js';
import { MethodEntity } from '../method/method.entity.js';
import { loadNamedParts, type NamedParts } from '../method/named-parts.js';
import { withResponse } from '../method/responses.js';
import type { ResourceTree } from '../resource/resource-tree.js';
import type { ResourceEntity } from '../resource/resource.entity.js';
import { requireVpcLink } from '../vpc-link/find-vpc-link.js';
import { keyOf, type Import } from './import.js';
import { treePath, type ImportedResources } from './import-resources.js';
import { replaceRows } from './write-rows.js';

/**
 * Puts the methods of the document on their resources, each with its responses and its integration, in place of those that are there;
 * overwriting removes the others. Models, authorizers and validators are there already.
 */
export async function importMethods(
  work: Import,
  { tree, byPath }: ImportedResources,
  requestValidators: ReadonlyMap<string, string>,
): Promise<void> {
  const { definition, findings, mode, transaction } = work;
  const { manager } = transaction;
  const ids = { authorizers: await authorizerIds(work), requestValidators };
  const rows = new Map<string, MethodEntity>();
  const sources = new Map<MethodEntity, MethodSource>();
  for (const { path: given, methods } of definition.resources) {
    const path = treePath(given);
    const resource = byPath.get(path)!;
    for (const defined of methods) {
      const row = newMethod(work, resource, defined, ids);
      const key = keyOfMethod(row);
      findings.check(`Unable to put method '${row.httpMethod}' on resource at path '${path}'`, defined, () => {
        if (rows.has(key)) throw conflict('Method already exists for this resource');
      });
      rows.set(key, row);
      sources.set(row, { path, defined });
    }
  }
  const named = await loadNamedParts(manager, [...rows.values()]);
  for (const row of rows.values()) checkDefinedMethod(named, work, sources.get(row)!, row);
  await checkVpcLinks(work, sources);
  if (mode === 'overwrite') await manager.delete(MethodEntity, keyOf(work));
  await replaceRows(manager, MethodEntity, [...rows.values()]);
  if (mode === 'merge') await checkOtherMethods(work, tree, new Set(rows.keys()));
}

/** Where a method comes from: its path as the tree knows it, and what the document says of it. */
interface MethodSource {
  path: string;
  defined: DefinedMethod;
}

const keyOfMethod = ({ resourceId, httpMethod }: MethodEntity) => `${resourceId} ${httpMethod}`;

/** Each link is looked for once, however many methods name it. */
async function checkVpcLinks({ transaction, findings }: Import, sources: ReadonlyMap<MethodEntity, MethodSource>): Promise<void> {
  const users = new Map<string, MethodEntity>();
  for (const method of sources.keys()) {
    const { connectionType, connectionId } = method.methodIntegration ?? {};
    if (connectionType === 'VPC_LINK' && connectionId !== undefined) users.set(connectionId, method);
  }
  for (const [connectionId, method] of users) {
    const { path, defined } = sources.get(method)!;
    const undone = `Unable to put integration on '${method.httpMethod}' for resource at path '${path}'`;
    await findings.checkLater(undone, defined.methodIntegration, () => requireVpcLink(transaction, connectionId));
  }
}

/** An authorizer that got another type in a merge must suit the methods that the document does not have, too. */
async function checkOtherMethods(work: Import, tree: ResourceTree, checked: ReadonlySet<string>): Promise<void> {
  const { definition, findings, transaction } = work;
  const authorizers = await authorizerIds(work);
  const authorizerId = Any(definition.authorizers.flatMap(({ name }) => authorizers.get(name) ?? []));
  const found = await transaction.manager.findBy(MethodEntity, { ...keyOf(work), authorizerId });
  const methods = found.filter((method) => !checked.has(keyOfMethod(method)));
  const named = await loadNamedParts(transaction.manager, methods);
  for (const method of methods) {
    const undone = `Unable to update authorizer of method '${method.httpMethod}' on resource at path '${tree.path(tree.find(method.resourceId)!)}'`;
    const authorizer = definition.authorizers.find(({ name }) => authorizers.get(name) === method.authorizerId);
    findings.check(undone, authorizer, () => checkMethod(named, method));
  }
}

/** What methods name: authorizers by name, validators by what the document calls them. */
interface Ids {
  authorizers: ReadonlyMap<string, string>;
  requestValidators: ReadonlyMap<string, string>;
}

async function authorizerIds(work: Import): Promise<ReadonlyMap<string, string>> {
  const authorizers = await work.transaction.manager.findBy(AuthorizerEntity, keyOf(work));
  return new Map(authorizers.map(({ name, authorizerId }) => [name, authorizerId]));
}

/** A name that nothing has stays in place of the id, for the check of the method to refuse. */
function newMethod(work: Import, { resourceId }: ResourceEntity, method: DefinedMethod, ids: Ids): MethodEntity {
  const { authorizer, requestValidator, methodIntegration } = method;
  return dropUnusedAuthorizer(
    Object.assign(new MethodEntity(), {
      ...keyOf(work),
      resourceId,
      httpMethod: method.httpMethod,
      authorizationType: method.authorizationType,
      authorizerId: authorizer === undefined ? null : (ids.authorizers.get(authorizer) ?? authorizer),
      authorizationScopes: [...new Set(method.authorizationScopes)],
      apiKeyRequired: method.apiKeyRequired,
      operationName: method.operationName || null,
      requestValidatorId:
        requestValidator === undefined ? null : (ids.requestValidators.get(requestValidator) ?? requestValidator),
      requestParameters: method.requestParameters,
      requestModels: method.requestModels,
      methodResponses: oneOfEach(method.methodResponses),
      methodIntegration: methodIntegration ? newIntegration(methodIntegration, resourceId) : null,
    } satisfies MethodEntity),
  );
}

function newIntegration(given: NonNullable<DefinedMethod['methodIntegration']>, resourceId: string): IntegrationModel {
  return {
    ...given,
    requestTemplates: keptTemplates(given.requestTemplates),
    cacheNamespace: given.cacheNamespace ?? resourceId,
    cacheKeyParameters: [...new Set(given.cacheKeyParameters)],
    integrationResponses: oneOfEach<IntegrationResponseModel>(
      given.integrationResponses.map((response) => ({
        ...response,
        responseTemplates: keptTemplates(response.responseTemplates),
      })),
    ),
  };
}

/** Sorted by status code; of several with one status code the last counts, as it does when they are put one after the other. */
function oneOfEach<T extends { statusCode: string }>(responses: readonly T[]): T[] {
  return responses.reduce<T[]>((kept, response) => withResponse(kept, response), []);
}

function checkDefinedMethod(
  named: NamedParts,
  { findings, transaction }: Import,
  { path, defined }: MethodSource,
  method: MethodEntity,
): void {
  const undone = (part: string) => `Unable to put ${part} on '${method.httpMethod}' for resource at path '${path}'`;
  findings.check(`Unable to put method '${method.httpMethod}' on resource at path '${path}'`, defined, () => {
    checkHttpMethod(method.httpMethod);
    checkMethod(named, method);
  });
  for (const response of method.methodResponses) {
    findings.check(undone('method response'), lastWith(response.statusCode, defined.methodResponses), () => {
      checkStatusCode(response);
      checkMethodResponse(named, response);
    });
  }
  const integration = method.methodIntegration;
  const definedIntegration = defined.methodIntegration;
  if (!integration || !definedIntegration) return;
  findings.check(undone('integration'), definedIntegration, () =>
    checkIntegration(integration, method, transaction.maxIntegrationTimeout),
  );
  for (const response of integration.integrationResponses) {
    const definedResponse = lastWith(response.statusCode, definedIntegration.integrationResponses);
    findings.check(undone('integration response'), definedResponse, () => {
      checkStatusCode(response);
      checkIntegrationResponse(response, method);
    });
  }
}

/** The one of several with a status code that counts, as in `oneOfEach`. */
const lastWith = <T extends { statusCode: string }>(statusCode: string, responses: readonly T[]): T | undefined =>
  responses.findLast((response) => response.statusCode === statusCode);

/** What the service model says of the status code of a single operation. */
function checkStatusCode({ statusCode }: { statusCode: string }): void {
  if (!/^[1-5]\d\d$/.test(statusCode)) throw badRequest(`Invalid status code specified: ${statusCode}`);
}
