import type { TestInvokeMethodRequest, TestInvokeMethodResponse } from '@gatehouse/admin-contract/apigateway';
import { HTTP_METHODS, type RestApiModel } from '@gatehouse/api-model';
import type { NamedByStage } from '@gatehouse/compiler';
import type { DataPlaneKey, Scope, TestInvocation, TestOutcome } from '@gatehouse/snapshot';
import { unknownResource } from '../resource/resource-rules.js';
import { testDocuments } from '../test-invocation/test-documents.js';
import { headerMaps, headerPairs } from '../test-invocation/test-headers.js';
import { unknownMethod } from './method-key.js';

/** Name of the stage that templates see. Source: AWS. */
const STAGE = 'test-invoke-stage';
/** What stands for the verb of requests to an ANY method where the test names none. */
const VERB_OF_ANY = 'GET';

/**
 * What is to be run of a method as it is now: without what decides who may call it and how often. A verb that the resource has no method for is one of its ANY method. Throws
 * `NotFoundException` and `BadRequestException`.
 *
 * @param named what the account has of what the test and the API name
 */
export function testOfMethod(
  model: RestApiModel,
  input: TestInvokeMethodRequest,
  context: { scope: Scope; key: DataPlaneKey },
  named: NamedByStage,
): TestInvocation & { kind: 'method' } {
  const resource = model.resources.find(({ id }) => id === input.resourceId);
  if (!resource) throw unknownResource();
  const verb = HTTP_METHODS.find((known) => known === input.httpMethod);
  const found = verb && (resource.methods.find((each) => each.httpMethod === verb) ?? anyOf(resource));
  if (!found) throw unknownMethod();
  const { authorizerId: _, ...method } = { ...found, authorizationType: 'NONE', authorizationScopes: [], apiKeyRequired: false };
  const { stageVariables, pathWithQueryString, body } = input;
  return {
    kind: 'method',
    scope: context.scope,
    ...testDocuments(model, resource, method, { stageName: STAGE, stageVariables, named }, context),
    httpMethod: verb === 'ANY' ? VERB_OF_ANY : verb,
    pathWithQueryString: pathWithQueryString || null,
    headers: headerPairs(input),
    body: body ?? '',
    additionalContext: [],
  };
}

const anyOf = ({ methods }: RestApiModel['resources'][number]) => methods.find(({ httpMethod }) => httpMethod === 'ANY');

/** The answer to TestInvokeMethod. */
export function testMethodView({
  status,
  body,
  headers,
  log,
  latency,
}: TestOutcome & { kind: 'method' }): TestInvokeMethodResponse {
  return { status, body, ...headerMaps(headers), log, latency };
}
