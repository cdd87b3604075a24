import { DocumentationPartsService } from '../documentation-part/documentation-part.service.js';
import { DocumentationVersionsService } from '../documentation-version/documentation-version.service.js';
import type { Serving } from '../stage/serving.fixture.js';

const LAMBDA =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations';

/** How models of one API refer to each other. */
const modelUrl = (restApiId: string, name: string) => `https://apigateway.amazonaws.com/restapis/${restApiId}/models/${name}`;

/**
 * Makes an API that has something of everything that an OpenAPI document can say, through the single operations, and serves it at stage
 * `prod` with a documentation version. Only what both formats can say is in it.
 */
export async function makeRichApi(serving: Serving): Promise<string> {
  const { definition, call } = serving;
  const { id: restApiId, rootResourceId } = await definition.restApis.createRestApi(call, {
    name: 'rich',
    description: 'has everything',
    version: '1.2',
    apiKeySource: 'AUTHORIZER',
    disableExecuteApiEndpoint: true,
    binaryMediaTypes: ['image/png', 'application/octet-stream'],
    minimumCompressionSize: 1024,
    policy:
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"*"}]}',
  });
  const api = { restApiId: restApiId! };
  await makeModels(serving, api.restApiId);
  const cognito = await definition.authorizers.createAuthorizer(call, {
    ...api,
    name: 'pool',
    type: 'COGNITO_USER_POOLS',
    providerARNs: ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_x'],
    identitySource: 'method.request.header.Authorization',
  });
  const token = await definition.authorizers.createAuthorizer(call, {
    ...api,
    name: 'token',
    type: 'TOKEN',
    authType: 'oauth2',
    authorizerUri: LAMBDA,
    authorizerCredentials: 'arn:aws:iam::123456789012:role/r',
    identitySource: 'method.request.header.X-Token',
    identityValidationExpression: '^Bearer .*$',
    authorizerResultTtlInSeconds: 0,
  });
  const request = await definition.authorizers.createAuthorizer(call, {
    ...api,
    name: 'request',
    type: 'REQUEST',
    authorizerUri: LAMBDA,
    identitySource: 'method.request.header.a,method.request.querystring.b,context.path',
    authorizerResultTtlInSeconds: 60,
  });
  const unused = await definition.authorizers.createAuthorizer(call, {
    ...api,
    name: 'named like none',
    type: 'TOKEN',
    authorizerUri: LAMBDA,
    identitySource: 'method.request.header.Unused',
  });
  const validator = await definition.requestValidators.createRequestValidator(call, {
    ...api,
    name: 'all of it',
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  await definition.requestValidators.createRequestValidator(call, { ...api, name: 'nothing' });
  await definition.gatewayResponses.putGatewayResponse(call, {
    ...api,
    responseType: 'ACCESS_DENIED',
    statusCode: '404',
    responseParameters: { 'gatewayresponse.header.x-a': "'b'" },
    responseTemplates: { 'application/json': '{"message":$context.error.messageString}' },
  });
  await definition.gatewayResponses.putGatewayResponse(call, { ...api, responseType: 'DEFAULT_5XX' });

  const pets = await definition.newResource(api.restApiId, rootResourceId!, 'pets');
  const pet = await definition.newResource(api.restApiId, pets.id, '{petId}');
  const files = await definition.newResource(api.restApiId, rootResourceId!, 'files');
  const proxy = await definition.newResource(api.restApiId, files.id, '{proxy+}');
  await definition.newResource(api.restApiId, rootResourceId!, 'nothing-yet');

  const list = { ...api, resourceId: pets.id, httpMethod: 'GET' };
  await definition.methods.putMethod(call, {
    ...list,
    authorizationType: 'COGNITO_USER_POOLS',
    authorizerId: cognito.id!,
    authorizationScopes: ['pets/read', 'pets/list'],
    apiKeyRequired: true,
    operationName: 'listPets',
    requestParameters: { 'method.request.querystring.page': false, 'method.request.header.x-trace': true },
  });
  await definition.methodResponses.putMethodResponse(call, {
    ...list,
    statusCode: '200',
    responseParameters: { 'method.response.header.x-count': false, 'method.response.header.Link': false },
    responseModels: { 'application/json': 'Pets' },
  });
  await definition.methodResponses.putMethodResponse(call, { ...list, statusCode: '404' });
  await definition.integrations.putIntegration(call, {
    ...list,
    type: 'HTTP',
    integrationHttpMethod: 'POST',
    uri: 'https://${stageVariables.host}/pets',
    requestParameters: {
      'integration.request.querystring.page': 'method.request.querystring.page',
      'integration.request.header.x-static': "'text'",
    },
    requestTemplates: { 'application/json': '{"page":"$input.params(\'page\')"}' },
    passthroughBehavior: 'WHEN_NO_TEMPLATES',
    contentHandling: 'CONVERT_TO_TEXT',
    timeoutInMillis: 5000,
    cacheKeyParameters: ['method.request.querystring.page'],
    cacheNamespace: 'shared',
    tlsConfig: { insecureSkipVerification: true },
  });
  await definition.integrationResponses.putIntegrationResponse(call, {
    ...list,
    statusCode: '200',
    responseParameters: { 'method.response.header.x-count': 'integration.response.header.count' },
    responseTemplates: { 'application/json': "$input.json('$')" },
  });
  await definition.integrationResponses.putIntegrationResponse(call, {
    ...list,
    statusCode: '404',
    selectionPattern: '4\\d{2}',
    contentHandling: 'CONVERT_TO_BINARY',
  });

  const create = { ...api, resourceId: pets.id, httpMethod: 'POST' };
  await definition.methods.putMethod(call, {
    ...create,
    authorizationType: 'CUSTOM',
    authorizerId: token.id!,
    authorizationScopes: ['pets/write'],
    requestValidatorId: validator.id!,
    requestModels: { 'application/json': 'Pet' },
  });
  await definition.integrations.putIntegration(call, {
    ...create,
    type: 'AWS_PROXY',
    integrationHttpMethod: 'POST',
    uri: LAMBDA,
    credentials: 'arn:aws:iam::123456789012:role/r',
  });

  const read = { ...api, resourceId: pet.id, httpMethod: 'GET' };
  await definition.methods.putMethod(call, {
    ...read,
    authorizationType: 'CUSTOM',
    authorizerId: request.id!,
    requestParameters: { 'method.request.path.petId': true },
  });
  await definition.integrations.putIntegration(call, {
    ...read,
    type: 'HTTP_PROXY',
    integrationHttpMethod: 'GET',
    uri: 'http://backend/{petId}',
    connectionType: 'VPC_LINK',
    connectionId: '${stageVariables.link}',
    requestParameters: { 'integration.request.path.petId': 'method.request.path.petId' },
  });

  const remove = { ...api, resourceId: pet.id, httpMethod: 'DELETE' };
  await definition.methods.putMethod(call, {
    ...remove,
    authorizationType: 'AWS_IAM',
    requestParameters: { 'method.request.path.petId': true },
  });
  await definition.integrations.putIntegration(call, {
    ...remove,
    type: 'AWS',
    integrationHttpMethod: 'POST',
    uri: 'arn:aws:apigateway:us-east-1:sqs:path/123456789012/queue',
    cacheKeyParameters: ['method.request.path.petId'],
  });

  const replace = { ...api, resourceId: pet.id, httpMethod: 'PUT' };
  await definition.methods.putMethod(call, {
    ...replace,
    authorizationType: 'CUSTOM',
    authorizerId: unused.id!,
    requestParameters: { 'method.request.path.petId': true },
  });
  await definition.integrations.putIntegration(call, { ...replace, type: 'MOCK' });

  const any = { ...api, resourceId: proxy.id, httpMethod: 'ANY' };
  await definition.methods.putMethod(call, {
    ...any,
    authorizationType: 'NONE',
    requestParameters: { 'method.request.path.proxy': true },
  });
  await definition.integrations.putIntegration(call, {
    ...any,
    type: 'MOCK',
    requestTemplates: { 'application/json': '{"statusCode": 200}', 'text/plain': '' },
    passthroughBehavior: 'NEVER',
  });

  await documentAndServe(serving, api.restApiId);
  return api.restApiId;
}

/** An API whose bodies have a model for each media type, which only OpenAPI 3 can say, and headers that OpenAPI leaves to other members. */
export async function makeTypedApi(serving: Serving): Promise<string> {
  const { definition, call } = serving;
  const { id, rootResourceId } = await definition.restApis.createRestApi(call, {
    name: 'typed',
    version: '2',
    endpointConfiguration: { types: ['EDGE'] },
  });
  const restApiId = id!;
  await makeModels(serving, restApiId);
  const { id: resourceId } = await definition.newResource(restApiId, rootResourceId!, 'a.b_c-d:e,f');
  const method = { restApiId, resourceId, httpMethod: 'PATCH' };
  await definition.methods.putMethod(call, {
    ...method,
    authorizationType: 'NONE',
    requestParameters: {
      'method.request.header.Content-Type': true,
      'method.request.header.Accept': false,
      'method.request.header.Authorization': true,
    },
    requestModels: { 'application/json': 'Pet', 'application/xml': 'Pets', 'text/plain': 'Pet' },
  });
  await definition.methodResponses.putMethodResponse(call, {
    ...method,
    statusCode: '200',
    responseParameters: { 'method.response.header.x-count': true, 'method.response.header.x-more': false },
    responseModels: { 'application/json': 'Pets', 'application/xml': 'Pet' },
  });
  await definition.methodResponses.putMethodResponse(call, {
    ...method,
    statusCode: '500',
    responseModels: { 'text/plain': 'Pet' },
  });
  await definition.integrations.putIntegration(call, {
    ...method,
    type: 'HTTP',
    integrationHttpMethod: 'ANY',
    uri: 'http://backend:8080/',
    requestTemplates: { 'application/json': '#set($x = "é\\n")\n$x', $default: '{}' },
  });
  await definition.integrationResponses.putIntegrationResponse(call, {
    ...method,
    statusCode: '500',
    selectionPattern: '(?i)5[0-9]{2}|.*"error".*\\n',
    responseTemplates: { 'application/json': '', 'text/plain': 'a: b\n# c\n' },
  });
  await definition.integrationResponses.putIntegrationResponse(call, { ...method, statusCode: '200' });
  await serving.deployments.createDeployment(call, { restApiId, stageName: 'prod' });
  return restApiId;
}

async function makeModels({ definition, call }: Serving, restApiId: string): Promise<void> {
  const contentType = 'application/json';
  await definition.models.createModel(call, {
    restApiId,
    name: 'Pet',
    contentType,
    schema: '{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"age":{"type":"integer","minimum":0}}}',
  });
  await definition.models.createModel(call, {
    restApiId,
    name: 'Pets',
    contentType,
    schema: `{"type":"array","items":{"$ref":"${modelUrl(restApiId, 'Pet')}"}}`,
  });
  // Nothing uses it.
  await definition.models.createModel(call, {
    restApiId,
    name: 'Toy',
    contentType,
    schema: `{"type":"object","properties":{"of":{"$ref":"${modelUrl(restApiId, 'Pet')}"}}}`,
  });
}

async function documentAndServe(
  { definition, call, unitOfWork, deployments, stages }: Serving,
  restApiId: string,
): Promise<void> {
  const parts = new DocumentationPartsService(definition.database, unitOfWork, definition.documentReader);
  await parts.createDocumentationPart(call, { restApiId, location: { type: 'API' }, properties: '{"description":"all"}' });
  await parts.createDocumentationPart(call, {
    restApiId,
    location: { type: 'QUERY_PARAMETER', path: '/pets', method: 'GET', name: 'page' },
    properties: '{"description":"which"}',
  });
  for (const name of ['a', 'b', undefined]) {
    const location = { type: 'REQUEST_BODY' as const, path: '/pets', method: 'POST', name };
    await parts.createDocumentationPart(call, { restApiId, location, properties: `{"description":"body ${name}"}` });
  }
  const versions = new DocumentationVersionsService(definition.database, unitOfWork);
  await versions.createDocumentationVersion(call, { restApiId, documentationVersion: 'v1' });
  await deployments.createDeployment(call, { restApiId, stageName: 'prod' });
  const patchOperations = [{ op: 'replace' as const, path: '/documentationVersion', value: 'v1' }];
  await stages.updateStage(call, { restApiId, stageName: 'prod', patchOperations });
}
