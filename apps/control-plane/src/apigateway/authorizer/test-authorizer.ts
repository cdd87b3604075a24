import type { TestInvokeAuthorizerRequest, TestInvokeAuthorizerResponse } from '@gatehouse/admin-contract/apigateway';
import type { MethodModel, RestApiModel } from '@gatehouse/api-model';
import type { DataPlaneKey, Scope, TestInvocation, TestOutcome } from '@gatehouse/snapshot';
import { testDocuments } from '../test-invocation/test-documents.js';
import { headerPairs } from '../test-invocation/test-headers.js';
import { isCognito, unknownAuthorizer } from './authorizer-rules.js';

/** Name of the stage in the ARN that the function gets. Source: events of AWS. */
const STAGE = 'ESTestInvoke-stage';

/** What is to be asked of an authorizer as it is now. Throws `NotFoundException` and `BadRequestException`. */
export function testOfAuthorizer(
  model: RestApiModel,
  input: TestInvokeAuthorizerRequest,
  context: { scope: Scope; key: DataPlaneKey },
): TestInvocation & { kind: 'authorizer' } {
  const authorizer = model.authorizers.find(({ id }) => id === input.authorizerId);
  const root = model.resources.find(({ path }) => path === '/');
  if (!authorizer || !root) throw unknownAuthorizer();
  const { stageVariables, additionalContext = {}, pathWithQueryString, body } = input;
  const asking = methodOf(authorizer.id, isCognito(authorizer) ? 'COGNITO_USER_POOLS' : 'CUSTOM');
  return {
    kind: 'authorizer',
    scope: context.scope,
    ...testDocuments({ ...model, gatewayResponses: [] }, root, asking, { stageName: STAGE, stageVariables }, context),
    httpMethod: 'GET',
    pathWithQueryString: pathWithQueryString || null,
    headers: headerPairs(input),
    body: body ?? '',
    additionalContext: Object.entries(additionalContext),
  };
}

/** A method that has the authorizer, and is never run. */
function methodOf(authorizerId: string, authorizationType: string): MethodModel {
  return {
    httpMethod: 'GET',
    authorizationType,
    authorizerId,
    apiKeyRequired: false,
    requestParameters: {},
    requestModels: {},
    methodResponses: [],
    methodIntegration: {
      type: 'MOCK',
      requestParameters: {},
      requestTemplates: {},
      passthroughBehavior: 'WHEN_NO_MATCH',
      timeoutInMillis: 29_000,
      cacheNamespace: authorizerId,
      cacheKeyParameters: [],
      integrationResponses: [],
    },
  };
}

/** The answer to TestInvokeAuthorizer. */
export function testAuthorizerView(outcome: TestOutcome & { kind: 'authorizer' }): TestInvokeAuthorizerResponse {
  const { clientStatus, log, latency, principalId, policy, claims } = outcome;
  return {
    clientStatus,
    log,
    latency,
    ...(principalId !== null && { principalId }),
    ...(policy !== null && { policy }),
    authorization: {},
    claims: Object.fromEntries(claims),
  };
}
