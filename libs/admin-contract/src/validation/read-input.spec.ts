import 'reflect-metadata';
import { AwsError } from '@gatehouse/aws-wire';
import type { Type } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import * as v1 from '../generated/apigateway/index.js';
import * as v2 from '../generated/apigatewayv2/index.js';
import { readInput } from './read-input.js';

interface Given {
  body?: unknown;
  query?: string;
  parameters?: Record<string, string>;
  headers?: Record<string, string>;
}

/** A string is sent as it is, anything else as JSON. */
function read<T extends object>(type: Type<T>, { body = '', query = '', parameters = {}, headers = {} }: Given): T {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readInput({ parameters, query: new URLSearchParams(query), headers, body: Buffer.from(text) }, type);
}

function refusal(type: Type<object>, given: Given): [type: string, message: string] {
  try {
    read(type, given);
  } catch (error) {
    if (error instanceof AwsError) return [error.type, error.message];
    throw error;
  }
  throw new Error('was accepted');
}

const restApi = (more: object) => ({ body: { name: 'n', ...more } });

describe('readInput', () => {
  it('takes members from path, query and body', () => {
    const input = read(v1.PutIntegrationRequest, {
      parameters: { restApiId: 'a', resourceId: 'b', httpMethod: 'GET' },
      body: { type: 'HTTP_PROXY', httpMethod: 'POST', uri: 'http://x', timeoutInMillis: 50 },
    });
    expect(input).toBeInstanceOf(v1.PutIntegrationRequest);
    expect(input).toEqual({
      restApiId: 'a',
      resourceId: 'b',
      httpMethod: 'GET',
      integrationHttpMethod: 'POST',
      type: 'HTTP_PROXY',
      uri: 'http://x',
      timeoutInMillis: 50,
    });
    expect(read(v1.GetApiKeysRequest, { query: 'limit=7&includeValues=true&name=ab&x=y' })).toEqual({
      limit: 7,
      includeValues: true,
      nameQuery: 'ab',
    });
  });

  it('takes the body of an import as its bytes, and what is left of the query as its parameters', () => {
    const input = read(v1.ImportRestApiRequest, {
      body: '{ not json',
      query: 'mode=import&failonwarnings=true&basepath=prepend&X-Amz-Signature=s',
    });
    expect(input.body.toString()).toBe('{ not json');
    expect(input.failOnWarnings).toBe(true);
    expect(Object.entries(input.parameters!)).toEqual([['basepath', 'prepend']]);
  });

  it('reads lists in the query repeated or with commas', () => {
    expect(read(v1.GetResourcesRequest, { parameters: { restApiId: 'a' }, query: 'embed=methods,x&embed=y' }).embed).toEqual([
      'methods',
      'x',
      'y',
    ]);
  });

  it('does not split tag keys, which may hold commas', () => {
    expect(read(v1.UntagResourceRequest, { parameters: { resourceArn: 'arn' }, query: 'tagKeys=a,b&tagKeys=c' }).tagKeys).toEqual(
      ['a,b', 'c'],
    );
  });

  it('takes null for absence, except where AWS keeps it', () => {
    expect(read(v1.CreateRestApiRequest, restApi({ description: null, tags: { a: null, b: 'c' } }))).toEqual({
      name: 'n',
      tags: expect.objectContaining({ b: 'c' }) as unknown,
    });
    expect(refusal(v1.CreateRestApiRequest, { body: { name: null } })[1]).toContain('Value null');
    const input = read(v1.PutIntegrationRequest, {
      parameters: { restApiId: 'a', resourceId: 'b', httpMethod: 'GET' },
      body: { type: 'MOCK', requestTemplates: { 'application/json': null } },
    });
    expect(Object.entries(input.requestTemplates!)).toEqual([['application/json', null]]);
  });

  it('makes structures in lists and maps', () => {
    const { apiStages } = read(v1.CreateUsagePlanRequest, {
      body: { name: 'n', apiStages: [{ apiId: 'a', stage: 's', throttle: { '/pets/GET': { burstLimit: 1, rateLimit: 0.5 } } }] },
    });
    expect(apiStages![0]).toBeInstanceOf(v1.ApiStage);
    expect(Object.values(apiStages![0]!.throttle!)).toEqual([
      Object.assign(new v1.ThrottleSettings(), { burstLimit: 1, rateLimit: 0.5 }),
    ]);
  });
});

describe('ValidationException', () => {
  it("collects all violations in AWS's words", () => {
    expect(
      refusal(v1.CreateRestApiRequest, { body: { endpointConfiguration: { types: ['wrong'], ipAddressType: 'ipv5' } } }),
    ).toEqual([
      'ValidationException',
      "3 validation errors detected: Value null at 'createRestApiInput.name' failed to satisfy constraint: Member must not be null; " +
        "Value '[wrong]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: Member must satisfy constraint: " +
        '[Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]; ' +
        "Value 'ipv5' at 'createRestApiInput.endpointConfiguration.ipAddressType' failed to satisfy constraint: Member must satisfy enum value set: [ipv4, dualstack]",
    ]);
  });

  it('counts elements of a list from 1', () => {
    expect(
      refusal(v1.UpdateRestApiRequest, {
        parameters: { restApiId: 'a' },
        body: { patchOperations: [{ op: 'replace' }, { op: 'x' }] },
      }),
    ).toEqual([
      'ValidationException',
      "1 validation error detected: Value 'x' at 'updateRestApiInput.patchOperations.2.member.op' failed to satisfy constraint: " +
        'Member must satisfy enum value set: [add, remove, move, test, replace, copy]',
    ]);
  });

  it('names members of the path without the input', () => {
    expect(
      refusal(v1.PutMethodResponseRequest, {
        parameters: { restApiId: 'a', resourceId: 'b', httpMethod: 'GET', statusCode: '99' },
      }),
    ).toEqual([
      'ValidationException',
      "1 validation error detected: Value '99' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d",
    ]);
  });

  it('holds patterns against the whole value', () => {
    for (const statusCode of ['2000', '1200', '200\n']) {
      expect(
        refusal(v1.PutMethodResponseRequest, {
          parameters: { restApiId: 'a', resourceId: 'b', httpMethod: 'GET', statusCode },
        })[0],
      ).toBe('ValidationException');
    }
  });

  it("lists the enumerations in AWS's order", () => {
    const parameters = { restApiId: 'a', resourceId: 'b', httpMethod: 'GET' };
    expect(refusal(v1.PutIntegrationRequest, { parameters, body: { type: 'x' } })[1]).toContain(
      "Value 'x' at 'putIntegrationInput.type' failed to satisfy constraint: Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]",
    );
    expect(refusal(v1.GetGatewayResponseRequest, { parameters: { restApiId: 'a', responseType: 'x' } })[1]).toMatch(
      /^1 validation error detected: Value 'x' at 'responseType' .* \[REQUEST_TOO_LARGE, RESOURCE_NOT_FOUND, .*, EXPIRED_TOKEN\]$/,
    );
    expect(
      refusal(v1.CreateDocumentationPartRequest, {
        parameters: { restApiId: 'a' },
        body: { properties: '{}', location: { type: 'x' } },
      })[1],
    ).toMatch(
      /^1 validation error detected: Value 'x' at 'createDocumentationPartInput\.location\.type' .* \[RESPONSE_BODY, RESPONSE, METHOD, .*, REQUEST_HEADER\]$/,
    );
  });

  it('reaches structures in maps', () => {
    expect(
      refusal(v2.UpdateStageRequest, {
        parameters: { apiId: 'a', stageName: '$default' },
        body: { routeSettings: { 'GET /pets': { loggingLevel: 'LOUD' } } },
      })[1],
    ).toBe(
      "1 validation error detected: Value 'LOUD' at 'updateStageInput.routeSettings.GET /pets.member.loggingLevel' failed to satisfy constraint: " +
        'Member must satisfy enum value set: [ERROR, INFO, OFF]',
    );
  });

  it('knows bounds of numbers and lengths', () => {
    const parameters = { apiId: 'a' };
    expect(
      refusal(v2.CreateIntegrationRequest, { parameters, body: { integrationType: 'MOCK', timeoutInMillis: 49 } })[1],
    ).toContain('Member must have value greater than or equal to 50');
    expect(
      refusal(v2.CreateIntegrationRequest, { parameters, body: { integrationType: 'MOCK', timeoutInMillis: 30_001 } })[1],
    ).toContain('Member must have value less than or equal to 30000');
    expect(refusal(v2.CreatePortalProductRequest, { body: { displayName: '' } })[1]).toBe(
      "1 validation error detected: Value '' at 'createPortalProductInput.displayName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  });
});

describe('SerializationException', () => {
  const BOOLEAN = 'class java.lang.Boolean can not be converted to an String';
  const NUMBER = 'class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String';

  it.each([
    [{ tags: { a: true } }, BOOLEAN],
    [{ tags: { a: 1 } }, NUMBER],
    [{ description: false }, BOOLEAN],
    [{ description: 1.5 }, NUMBER],
    [{ description: {} }, "Start of structure or map found where not expected at 'createRestApiInput.description'"],
    [{ description: [] }, "Start of list found where not expected at 'createRestApiInput.description'"],
    [{ binaryMediaTypes: ['a', 1] }, NUMBER],
    [{ binaryMediaTypes: ['a', ['b']] }, "Start of list found where not expected at 'createRestApiInput.binaryMediaTypes'"],
    [{ binaryMediaTypes: 'a' }, "Expected a list, found STRING_VALUE at 'createRestApiInput.binaryMediaTypes'"],
    [{ binaryMediaTypes: {} }, "Start of structure or map found where not expected at 'createRestApiInput.binaryMediaTypes'"],
    [{ tags: 'a' }, "Expected a structure or map, found STRING_VALUE at 'createRestApiInput.tags'"],
    [{ tags: [] }, "Start of list found where not expected at 'createRestApiInput.tags'"],
    [
      { endpointConfiguration: 1 },
      "Expected a structure or map, found NUMBER_VALUE at 'createRestApiInput.endpointConfiguration'",
    ],
    [{ endpointConfiguration: { types: [1] } }, NUMBER],
    [
      { minimumCompressionSize: '10' },
      "STRING_VALUE can not be converted to an Integer at 'createRestApiInput.minimumCompressionSize'",
    ],
    [
      { minimumCompressionSize: 1.5 },
      "DECIMAL_VALUE can not be converted to an Integer at 'createRestApiInput.minimumCompressionSize'",
    ],
    [
      { disableExecuteApiEndpoint: 'false' },
      "STRING_VALUE can not be converted to a Boolean at 'createRestApiInput.disableExecuteApiEndpoint'",
    ],
    [
      { disableExecuteApiEndpoint: 0 },
      "NUMBER_VALUE can not be converted to a Boolean at 'createRestApiInput.disableExecuteApiEndpoint'",
    ],
  ])('for %j', (more, message) => {
    expect(refusal(v1.CreateRestApiRequest, restApi(more))).toEqual(['SerializationException', message]);
  });

  it('comes before violations, and for the first only', () => {
    expect(
      refusal(v1.CreateRestApiRequest, { body: { apiKeySource: 'x', minimumCompressionSize: 'x', description: true } }),
    ).toEqual(['SerializationException', BOOLEAN]);
  });

  it('for wrong types in structures in maps', () => {
    const stage = (throttle: unknown) => ({ body: { name: 'n', apiStages: [{ apiId: 'a', stage: 's', throttle }] } });
    expect(refusal(v1.CreateUsagePlanRequest, stage({ '/x/GET': { burstLimit: '1' } }))[1]).toBe(
      "STRING_VALUE can not be converted to an Integer at 'createUsagePlanInput.apiStages.1.member.throttle./x/GET.member.burstLimit'",
    );
    expect(refusal(v1.CreateUsagePlanRequest, stage({ '/x/GET': 5 }))[1]).toBe(
      "Expected a structure or map, found NUMBER_VALUE at 'createUsagePlanInput.apiStages.1.member.throttle'",
    );
  });

  it.each(['abc', '', '1.5', '1e3', ' 1', '0x10', '99999999999'])('for limit=%s in the query', (limit) => {
    expect(
      refusal(v1.GetResourcesRequest, { parameters: { restApiId: 'a' }, query: `limit=${encodeURIComponent(limit)}` }),
    ).toEqual(['SerializationException', "STRING_VALUE can not be converted to an Integer at 'limit'"]);
  });

  it.each(['TRUE', '1', 'yes', ''])('for includeValues=%s in the query', (value) => {
    expect(refusal(v1.GetApiKeysRequest, { query: `includeValues=${value}` })[0]).toBe('SerializationException');
  });
});

describe('unknown members of the body', () => {
  it('are refused by name, at every depth', () => {
    expect(refusal(v1.CreateRestApiRequest, restApi({ foo: 1, endpointConfiguration: { bar: 1 } }))).toEqual([
      'BadRequestException',
      'Unknown members in the request body: endpointConfiguration.bar, foo',
    ]);
    expect(
      refusal(v1.UpdateRestApiRequest, { parameters: { restApiId: 'a' }, body: { patchOperations: [{ op: 'add', baz: 1 }] } })[1],
    ).toContain('patchOperations.1.baz');
  });

  it('include the names of members that belong into the path or the query', () => {
    expect(
      refusal(v1.CreateResourceRequest, {
        parameters: { restApiId: 'a', parentId: 'b' },
        body: { pathPart: 'x', restApiId: 'c' },
      })[1],
    ).toContain('restApiId');
  });
});

describe("security class: tenants' names as object keys", () => {
  it('stay keys of maps, and reach no prototype', () => {
    const { tags } = read(v1.CreateRestApiRequest, { body: '{"name":"n","tags":{"__proto__":"a","constructor":"b"}}' });
    expect(Object.entries(tags!)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    expect(tags!['toString']).toBeUndefined();
  });

  it('stay keys of maps of structures', () => {
    const body = '{"name":"n","apiStages":[{"throttle":{"__proto__":{"burstLimit":1}}}]}';
    const { throttle } = read(v1.CreateUsagePlanRequest, { body }).apiStages![0]!;
    expect(Object.entries(throttle!)).toEqual([['__proto__', { burstLimit: 1 }]]);
  });

  it.each(['__proto__', 'constructor', 'toString'])('are unknown members of structures: %s', (name) => {
    expect(refusal(v1.CreateRestApiRequest, { body: `{"name":"n","${name}":{"polluted":"x"}}` })).toEqual([
      'BadRequestException',
      `Unknown members in the request body: ${name}`,
    ]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('stay keys of what is left of a query', () => {
    const { parameters } = read(v1.GetSdkRequest, {
      parameters: { restApiId: 'a', stageName: 'b', sdkType: 'c' },
      query: '__proto__=x&constructor=y',
    });
    expect(Object.entries(parameters!)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });
});

describe('what cannot be kept', () => {
  it.each([
    ['a NUL', { body: { name: 'a\0b' } }, 'name'],
    ['a lone surrogate in a map', { body: { name: 'n', tags: { a: '\ud800' } } }, 'tags.a'],
    ['a NUL in the key of a map', { body: { name: 'n', tags: { 'a\0': 'b' } } }, 'a key of tags'],
    ['a NUL in the path', { parameters: { restApiId: 'a\0' } }, 'restApiId'],
  ])('names %s', (_, given, where) => {
    const type = 'parameters' in given ? v1.GetRestApiRequest : v1.CreateRestApiRequest;
    expect(refusal(type, given)).toEqual([
      'BadRequestException',
      `Invalid characters in ${where}: NUL and unpaired surrogates are not allowed`,
    ]);
  });

  it('keeps characters outside the basic plane', () => {
    expect(read(v1.CreateRestApiRequest, { body: { name: '\u{1f9ed}' } }).name).toBe('\u{1f9ed}');
  });

  it('security class: parameter explosion: more patch operations than anyone sends are refused before any is applied', () => {
    const patches = (length: number) => ({
      parameters: { restApiId: 'a' },
      body: { patchOperations: Array.from({ length }, () => ({ op: 'replace' })) },
    });
    expect(read(v1.UpdateRestApiRequest, patches(1000)).patchOperations).toHaveLength(1000);
    expect(refusal(v1.UpdateRestApiRequest, patches(1001))).toEqual([
      'BadRequestException',
      'The request holds more than 1000 patchOperations',
    ]);
  });

  it.each([
    ['a list', (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`],
    ['a map', (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`],
  ])('security class: deep nesting: %s of many levels is refused, not answered with 500', (_, nested) => {
    for (const depth of [65, 10_000, 500_000]) {
      for (const member of ['name', 'tags', 'endpointConfiguration', 'unknown']) {
        const [type] = refusal(v1.CreateRestApiRequest, { body: `{"name":"n","${member}":${nested(depth)}}` });
        expect(type, `${member} ${depth}`).toBe('BadRequestException');
      }
    }
  });

  it('security class: parameter explosion: more values than any operation needs are refused before they are validated', () => {
    const patchOperations = Array.from({ length: 20_000 }, () => ({ op: 'replace' }));
    expect(refusal(v1.UpdateRestApiRequest, { parameters: { restApiId: 'a' }, body: { patchOperations } })).toEqual([
      'BadRequestException',
      'The request holds more than 20000 values',
    ]);
  });
});
