import { describe, expect, it } from 'vitest';
import { imported, methodOf, openApi, refusalOf, swagger, withGet } from '../import.fixture.js';

const X = 'x-amazon-apigateway-';
const definitionOf = (members: Record<string, unknown>, base = swagger) => imported(base(members)).definition;

describe('extensions of the document', () => {
  it.each<[Record<string, unknown>, object]>([
    [{ [`${X}api-key-source`]: 'AUTHORIZER' }, { apiKeySource: 'AUTHORIZER' }],
    [{ [`${X}api-key-source`]: 'header' }, { apiKeySource: 'HEADER' }],
    [{ [`${X}binary-media-types`]: ['*/*', 'image/png'] }, { binaryMediaTypes: ['*/*', 'image/png'] }],
    [{ [`${X}binary-media-types`]: [] }, { binaryMediaTypes: [] }],
    [{ [`${X}minimum-compression-size`]: 5242880 }, { minimumCompressionSize: 5242880 }],
    [{ [`${X}minimum-compression-size`]: '0' }, { minimumCompressionSize: 0 }],
    [{ [`${X}policy`]: { Version: '2012-10-17', Statement: [] } }, { policy: '{"Version":"2012-10-17","Statement":[]}' }],
    [{ [`${X}policy`]: '{"Version":"2012-10-17"}' }, { policy: '{"Version":"2012-10-17"}' }],
    [{ [`${X}security-policy`]: 'SecurityPolicy_TLS13_2025_EDGE' }, { securityPolicy: 'SecurityPolicy_TLS13_2025_EDGE' }],
    [{ [`${X}endpoint-access-mode`]: 'STRICT' }, { endpointAccessMode: 'STRICT' }],
    [
      {
        [`${X}endpoint-configuration`]: {
          types: ['private'],
          vpcEndpointIds: ['vpce-1'],
          ipAddressType: 'dualstack',
          disableExecuteApiEndpoint: true,
        },
      },
      {
        endpointConfiguration: { types: ['PRIVATE'], vpcEndpointIds: ['vpce-1'], ipAddressType: 'dualstack' },
        disableExecuteApiEndpoint: true,
      },
    ],
    [{ [`${X}endpoint-configuration`]: { disableExecuteApiEndpoint: false } }, { disableExecuteApiEndpoint: false }],
    [{ [`${X}importexport-version`]: '1.0' }, {}],
  ])('%j', (members, expected) => {
    const { definition, warnings } = imported(swagger(members));
    expect(definition).toEqual({ ...definitionOf({}), ...expected });
    expect(warnings).toEqual([]);
  });

  it('have the endpoint configuration in servers in OpenAPI 3', () => {
    const servers = [
      { url: '/', [`${X}endpoint-configuration`]: { disableExecuteApiEndpoint: true } },
      { url: '/', [`${X}endpoint-configuration`]: { vpcEndpointIds: ['vpce-1'] } },
    ];
    expect(definitionOf({ servers }, openApi)).toMatchObject({
      disableExecuteApiEndpoint: true,
      endpointConfiguration: { vpcEndpointIds: ['vpce-1'] },
    });
  });

  it.each<[Record<string, unknown>, string, string]>([
    [{ [`${X}api-key-source`]: 'COOKIE' }, 'api-key-source', 'must be one of HEADER, AUTHORIZER'],
    [{ [`${X}binary-media-types`]: '*/*' }, 'binary-media-types', 'must be a list'],
    [{ [`${X}minimum-compression-size`]: 'small' }, 'minimum-compression-size', 'must be a whole number'],
    [{ [`${X}policy`]: [] }, 'policy', 'must be a text'],
    [{ [`${X}security-policy`]: 1 }, 'security-policy', 'must be a text'],
    [
      { [`${X}endpoint-configuration`]: { types: ['LOCAL'] } },
      'endpoint-configuration/types/0',
      'must be one of EDGE, REGIONAL, PRIVATE',
    ],
    [
      { [`${X}endpoint-configuration`]: { ipAddressType: 'ipv6' } },
      'endpoint-configuration/ipAddressType',
      'must be one of ipv4, dualstack',
    ],
    [{ [`${X}endpoint-configuration`]: 'x' }, 'endpoint-configuration', 'must be an object'],
    [{ [`${X}request-validators`]: [] }, 'request-validators', 'must be an object'],
    [
      { [`${X}request-validators`]: { a: { validateRequestBody: 'x' } } },
      'request-validators/a/validateRequestBody',
      'must be true or false',
    ],
    [{ [`${X}gateway-responses`]: { NOPE: {} } }, 'gateway-responses/NOPE', 'must be one of ACCESS_DENIED, '],
    [
      { [`${X}gateway-responses`]: { THROTTLED: { statusCode: 'x' } } },
      'gateway-responses/THROTTLED/statusCode',
      'must be a status code',
    ],
    [
      { [`${X}gateway-responses`]: { THROTTLED: { responseParameters: { a: 1 } } } },
      'gateway-responses/THROTTLED/responseParameters/a',
      'Invalid null or empty value in responseParameters',
    ],
    [
      { [`${X}gateway-responses`]: { THROTTLED: { responseTemplates: { a: '' } } } },
      'gateway-responses/THROTTLED/responseTemplates/a',
      'Invalid null or empty value in responseTemplates',
    ],
    [{ [`${X}documentation`]: { documentationParts: {} } }, 'documentation/documentationParts', 'must be a list'],
    [{ [`${X}documentation`]: { documentationParts: [{}] } }, 'documentation/documentationParts/0', "'location' is missing"],
    [
      { [`${X}documentation`]: { documentationParts: [{ location: { type: 'MODEL' }, properties: {} }] } },
      'documentation/documentationParts/0/location',
      "Invalid documentation part location: 'name' is required for type 'MODEL'",
    ],
    [
      { [`${X}documentation`]: { documentationParts: [{ location: { type: 'PAGE' }, properties: {} }] } },
      'documentation/documentationParts/0/location/type',
      'must be one of API, ',
    ],
    [
      { [`${X}documentation`]: { documentationParts: [{ location: { type: 'RESPONSE', statusCode: 'abc' }, properties: {} }] } },
      'documentation/documentationParts/0/location',
      "Invalid documentation part location: 'statusCode' must be a status code or '*'",
    ],
  ])('%j is refused at its place', (members, pointer, reason) => {
    const message = refusalOf(swagger(members));
    expect(message.replace(/\(line \d+\)/, '(line)')).toContain(`Invalid OpenAPI input. /${X}${pointer} (line): ${reason}`);
  });
});

describe('request validators', () => {
  const validators = {
    [`${X}request-validators`]: { all: { validateRequestBody: true, validateRequestParameters: true }, none: {} },
  };

  it('are defined by the document', () => {
    expect(definitionOf(validators).requestValidators).toEqual([
      { key: 'all', name: 'all', validateRequestBody: true, validateRequestParameters: true },
      { key: 'none', name: 'none', validateRequestBody: false, validateRequestParameters: false },
    ]);
  });

  it('are named by operations, else by the document', () => {
    const own = { [`${X}request-validator`]: 'none' };
    const ofDocument = { ...validators, [`${X}request-validator`]: 'all' };
    expect(methodOf(withGet({}, validators)).requestValidator).toBeUndefined();
    expect(methodOf(withGet(own, validators)).requestValidator).toBe('none');
    expect(methodOf(withGet({}, ofDocument)).requestValidator).toBe('all');
    expect(methodOf(withGet(own, ofDocument)).requestValidator).toBe('none');
  });

  it('that are not defined are refused at their place', () => {
    expect(refusalOf(withGet({ [`${X}request-validator`]: 'typo' }, validators))).toBe(
      "Invalid OpenAPI input. /paths/~1pets/get/x-amazon-apigateway-request-validator (line 10): the request validator 'typo' is not defined",
    );
    expect(refusalOf(withGet({}, { [`${X}request-validator`]: 'typo' }))).toContain(
      ' /x-amazon-apigateway-request-validator (line ',
    );
  });
});

describe('gateway responses', () => {
  it('are read with status codes as numbers or texts', () => {
    const given = {
      UNAUTHORIZED: {
        statusCode: 401,
        responseParameters: { 'gatewayresponse.header.X': "'*'" },
        responseTemplates: { 'application/json': '{"message":$context.error.messageString}' },
      },
      DEFAULT_5XX: { statusCode: '502' },
      THROTTLED: {},
    };
    expect(definitionOf({ [`${X}gateway-responses`]: given }).gatewayResponses).toEqual([
      { responseType: 'UNAUTHORIZED', ...given.UNAUTHORIZED, statusCode: '401' },
      { responseType: 'DEFAULT_5XX', statusCode: '502', responseParameters: {}, responseTemplates: {} },
      { responseType: 'THROTTLED', responseParameters: {}, responseTemplates: {} },
    ]);
  });
});

describe('documentation', () => {
  const partsOf = (...documentationParts: object[]) =>
    definitionOf({ [`${X}documentation`]: { documentationParts } }).documentationParts;
  const part = (location: object) => ({ location, properties: { description: 'x' } });

  it.each([
    [{ type: 'API', path: '/x' }, { type: 'API' }],
    [{ type: 'method' }, { type: 'METHOD', path: '/', method: '*' }],
    [
      { type: 'RESOURCE', path: '/a', method: 'GET' },
      { type: 'RESOURCE', path: '/a' },
    ],
    [
      { type: 'MODEL', name: 'Pet' },
      { type: 'MODEL', name: 'Pet' },
    ],
    [
      { type: 'AUTHORIZER', name: 'a' },
      { type: 'AUTHORIZER', name: 'a' },
    ],
    [
      { type: 'REQUEST_BODY', path: '/a' },
      { type: 'REQUEST_BODY', path: '/a', method: '*' },
    ],
    [
      { type: 'QUERY_PARAMETER', name: 'q' },
      { type: 'QUERY_PARAMETER', path: '/', method: '*', name: 'q' },
    ],
    [
      { type: 'RESPONSE', statusCode: 200 },
      { type: 'RESPONSE', path: '/', method: '*', statusCode: '200' },
    ],
    [
      { type: 'RESPONSE_HEADER', name: 'h' },
      { type: 'RESPONSE_HEADER', path: '/', method: '*', statusCode: '*', name: 'h' },
    ],
  ])('at %j is at %j', (location, expected) => {
    expect(partsOf(part(location))).toEqual([{ location: expected, properties: '{"description":"x"}' }]);
  });

  it('has the first part of a location, and warns of the others', () => {
    const documentationParts = [part({ type: 'API' }), { location: { type: 'api', path: '' }, properties: '{"a":1}' }];
    const { definition, warnings } = imported(swagger({ [`${X}documentation`]: { documentationParts } }));
    expect(definition.documentationParts).toEqual([{ location: { type: 'API' }, properties: '{"description":"x"}' }]);
    expect(warnings).toEqual([
      `Ignored documentation part 2: there is another part for the location: type 'API' [/${X}documentation/documentationParts/1 (line 18)]`,
    ]);
  });

  it('tells which members of a location are not its type’s', () => {
    const documentationParts = [part({ type: 'RESOURCE', path: '/a', method: 'GET' })];
    expect(imported(swagger({ [`${X}documentation`]: { documentationParts } })).warnings).toEqual([
      `Documentation part 1: 'method' is not a valid field for type 'RESOURCE'. Ignoring. [/${X}documentation/documentationParts/0/location (line 11)]`,
    ]);
  });

  it('keeps the bodies of different names apart', () => {
    const locations = ['a', 'b', undefined].map((name) => ({ type: 'REQUEST_BODY', path: '/', method: 'POST', name }));
    expect(partsOf(...locations.map(part)).map(({ location }) => location)).toEqual(locations);
  });

  it('names a version', () => {
    expect(definitionOf({ [`${X}documentation`]: { version: '1.0.3' } })).toMatchObject({
      documentationVersion: '1.0.3',
      documentationParts: [],
    });
    expect(definitionOf({})).not.toHaveProperty('documentationVersion');
  });
});

describe('extensions that mean nothing where they stand', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ [`${X}cors`]: {} }, `Extension '${X}cors' is supported for HTTP APIs only. Ignoring. [/${X}cors (line 8)]`],
    [
      { tags: [{ name: 'a', [`${X}tag-value`]: 'b' }] },
      `Extension '${X}tag-value' is supported for HTTP APIs only. Ignoring. [/tags/0/${X}tag-value (line 11)]`,
    ],
    [{ [`${X}nothing`]: 1 }, `Unsupported extension '${X}nothing'. Ignoring. [/${X}nothing (line 8)]`],
    [{ [`${X}integration`]: {} }, `Unsupported extension '${X}integration'. Ignoring. [/${X}integration (line 8)]`],
    [
      { paths: { '/a': { [`${X}integration`]: {} } } },
      `Unsupported extension '${X}integration'. Ignoring. [/paths/~1a/${X}integration (line 9)]`,
    ],
    [
      { paths: { '/a': { get: { [`${X}x`]: {} } } } },
      `Unsupported extension '${X}x'. Ignoring. [/paths/~1a/get/${X}x (line 10)]`,
    ],
    [{ components: { [`${X}x`]: {} } }, `Unsupported extension '${X}x'. Ignoring. [/components/${X}x (line 9)]`],
    [{ servers: [{ url: '/', [`${X}x`]: {} }] }, `Unsupported extension '${X}x'. Ignoring. [/servers/0/${X}x (line 11)]`],
    [
      { components: { securitySchemes: { a: { type: 'http', [`${X}x`]: {} } } } },
      `Unsupported extension '${X}x'. Ignoring. [/components/securitySchemes/a/${X}x (line 12)]`,
    ],
  ])('%j gets a warning', (members, warning) => {
    expect(imported(openApi(members)).warnings).toEqual([warning]);
  });

  it('of others are none of our business', () => {
    expect(imported(openApi({ 'x-other': {}, 'X-AMAZON': 1 })).warnings).toEqual([]);
  });
});
