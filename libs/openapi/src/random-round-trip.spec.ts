import type { ApiDefinition, RestApiModel } from '@gatehouse/api-model';
import { randomApi } from '@gatehouse/testing/random-api';
import { describe, expect, it } from 'vitest';
import { exportOpenApi, importOpenApi, printDocument, type ExportOptions } from './index.js';

const FORMATS = [
  ['swagger', 'application/json'],
  ['swagger', 'application/yaml'],
  ['oas30', 'application/json'],
  ['oas30', 'application/yaml'],
] as const;

/** YAML takes longer to read, and differs by what texts look like only. */
const seeds = ([, format]: (typeof FORMATS)[number]) =>
  Array.from({ length: format === 'application/json' ? 60 : 12 }, (_, index) => index + 1);

/** Lists whose order means nothing by a name, schemas and policies as JSON, what is nothing left out; ids are told by names. */
function comparable(definition: ApiDefinition): unknown {
  const by = <T>(list: readonly T[], name: (each: T) => string) => [...list].sort((a, b) => (name(a) < name(b) ? -1 : 1));
  const json = (text: string | undefined) => (text === undefined ? undefined : (JSON.parse(text) as unknown));
  return JSON.parse(
    JSON.stringify({
      ...definition,
      resources: by(definition.resources, ({ path }) => path).map(({ path, methods }) => ({
        path,
        methods: by(methods, ({ httpMethod }) => httpMethod).map((method) => ({
          ...method,
          authorizationScopes: method.authorizationScopes ?? [],
        })),
      })),
      models: by(definition.models, ({ name }) => name).map((model) => ({
        ...model,
        schema: model.contentType === 'application/json' ? json(model.schema) : model.schema,
      })),
      authorizers: by(definition.authorizers, ({ name }) => name),
      requestValidators: by(definition.requestValidators, ({ key }) => key),
      gatewayResponses: by(definition.gatewayResponses, ({ responseType }) => responseType),
      policy: json(definition.policy),
    }),
    // A required list has no order.
    (key, value: unknown) => (key === 'required' && Array.isArray(value) ? [...(value as string[])].sort() : value),
  );
}

/** What an import has to find: what is as it is without being said is not in a definition. */
function definitionOf(api: RestApiModel): ApiDefinition {
  const { apiId: _, createdDate: __, ...rest } = api;
  const validatorKey = (id: string) => api.requestValidators.find((each) => each.id === id)!.name ?? id;
  const withMethods = new Set(api.resources.filter(({ methods }) => methods.length > 0).map(({ path }) => path));
  const { types, ipAddressType, vpcEndpointIds } = api.endpointConfiguration;
  const isDefault = types[0] === 'EDGE' && ipAddressType === 'ipv4';
  return {
    ...rest,
    apiKeySource: api.apiKeySource === 'HEADER' ? undefined : api.apiKeySource,
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint || undefined,
    binaryMediaTypes: api.binaryMediaTypes.length > 0 ? api.binaryMediaTypes : undefined,
    endpointConfiguration: isDefault ? undefined : { types, ipAddressType, vpcEndpointIds },
    authorizers: api.authorizers.map(({ id: _id, ...authorizer }) => authorizer),
    requestValidators: api.requestValidators.map(({ id, ...validator }) => ({ key: validator.name ?? id, ...validator })),
    resources: api.resources
      // Those between others need no words.
      .filter(
        ({ path }) =>
          withMethods.has(path) || (path !== '/' && !api.resources.some((other) => other.path.startsWith(`${path}/`))),
      )
      .map(({ id, path, methods }) => ({
        path,
        methods: methods.map(({ authorizerId, requestValidatorId, methodIntegration, ...method }) => ({
          ...method,
          authorizer: api.authorizers.find((each) => each.id === authorizerId)?.name,
          requestValidator: requestValidatorId === undefined ? undefined : validatorKey(requestValidatorId),
          methodIntegration: methodIntegration && {
            ...methodIntegration,
            cacheNamespace:
              methodIntegration.cacheNamespace === id && methodIntegration.cacheKeyParameters.length === 0
                ? undefined
                : methodIntegration.cacheNamespace,
          },
        })),
      })),
    documentationParts: [],
  };
}

function again(
  api: RestApiModel,
  [type, format]: (typeof FORMATS)[number],
  options: Pick<ExportOptions, 'extensions' | 'documentation'>,
) {
  const host = 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com';
  const text = printDocument(exportOpenApi(api, { type, host, stageName: 'prod', ...options }), format);
  return importOpenApi(text, { apiId: api.apiId, basepath: 'ignore' }).definition;
}

describe('a random API that is exported and imported', () => {
  it.each(FORMATS)('is the same by way of %s as %s', (...format) => {
    for (const seed of seeds(format)) {
      const api = randomApi(seed);
      const definition = again(api, format, { extensions: ['apigateway'] });
      expect(comparable(definition), `seed ${seed}`).toEqual(comparable(definitionOf(api)));
    }
  });

  it.each(FORMATS)('is the same by way of %s as %s, whatever its documentation says', (...format) => {
    const properties = JSON.stringify({
      info: { description: 'said of the API', 'x-gatehouse-replaced': { version: { by: '1.0' } } },
      title: 'said title',
      description: 'said',
      'x-gatehouse-multivalue': true,
      'x-gatehouse-required': false,
      'x-gatehouse-verbatim': true,
      'x-other': 1,
    });
    const everywhere = { path: '/', method: '*', statusCode: '*' };
    const documentationParts = [
      { location: { type: 'API' }, properties },
      { location: { type: 'REQUEST_BODY', path: '/', method: '*' }, properties },
      { location: { type: 'RESPONSE', ...everywhere }, properties },
      ...['Base', 'M0', 'M2'].map((name) => ({ location: { type: 'MODEL', name }, properties })),
      ...['a', 'X-Trace', 'page'].flatMap((name) => [
        { location: { type: 'QUERY_PARAMETER', path: '/', method: '*', name }, properties },
        { location: { type: 'PATH_PARAMETER', path: '/', method: '*', name }, properties },
        { location: { type: 'RESPONSE_HEADER', ...everywhere, name }, properties },
      ]),
    ];
    const documentation = { version: 'v1', createdDate: '2026-03-02T10:00:00Z', parts: documentationParts };
    for (const seed of seeds(format)) {
      const api = randomApi(seed);
      const definition = again(api, format, { extensions: ['apigateway'], documentation });
      const expected = { ...definitionOf(api), documentationParts, documentationVersion: 'v1' };
      expect(comparable(definition), `seed ${seed}`).toEqual(comparable(expected));
    }
  });

  it.each(FORMATS)('keeps its methods and authorizers by way of %s as %s with their extensions only', (...format) => {
    for (const seed of seeds(format)) {
      const api = randomApi(seed);
      const { resources, authorizers } = again(api, format, { extensions: ['integrations', 'authorizers'] });
      const whole = definitionOf(api);
      const methods = whole.resources.map(({ path, methods }) => ({
        path,
        methods: methods.map(({ requestValidator: _, ...rest }) => rest),
      }));
      const of = (resources: ApiDefinition['resources'], authorizers: ApiDefinition['authorizers']) =>
        comparable({ resources, authorizers, models: [], requestValidators: [], gatewayResponses: [], documentationParts: [] });
      expect(of(resources, authorizers), `seed ${seed}`).toEqual(of(methods, whole.authorizers));
    }
  });

  it.each(FORMATS)('has none of our extensions by way of %s as %s without those of AWS', (type, mediaType) => {
    for (const seed of seeds([type, mediaType] as (typeof FORMATS)[number])) {
      for (const extensions of [[], ['authorizers'], ['documentation', 'postman']] as const) {
        const document = exportOpenApi(randomApi(seed), { type, host: 'h', stageName: 's', extensions });
        expect(printDocument(document, mediaType)).not.toContain('x-gatehouse');
      }
    }
  });
});
