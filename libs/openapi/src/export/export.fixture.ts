import type { MethodModel, ResourceModel, RestApiModel } from '@gatehouse/api-model';

/** An API with nothing in it. */
export const emptyApi = (given: Partial<RestApiModel> = {}): RestApiModel => ({
  apiId: 'a1b2c3d4e5',
  name: 'pets',
  createdDate: '2026-03-01T10:00:00Z',
  apiKeySource: 'HEADER',
  disableExecuteApiEndpoint: false,
  endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
  binaryMediaTypes: [],
  resources: [],
  models: [],
  authorizers: [],
  requestValidators: [],
  gatewayResponses: [],
  ...given,
});

export const method = (given: Partial<MethodModel> = {}): MethodModel => ({
  httpMethod: 'GET',
  authorizationType: 'NONE',
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
    cacheNamespace: 'r1',
    cacheKeyParameters: [],
    integrationResponses: [],
  },
  ...given,
});

export const resource = (path: string, ...methods: MethodModel[]): ResourceModel => ({ id: 'r1', path, methods });
