import { describe, expect, it } from 'vitest';
import { imported, methodOf, openApi, refusalOf, withGet } from '../import.fixture.js';

const EXTENSION = 'x-amazon-apigateway-integration';
const document = (integration: unknown) => withGet({ [EXTENSION]: integration });
const integrationOf = (integration: unknown) => methodOf(document(integration)).methodIntegration;
const place = '/paths/~1pets/get/x-amazon-apigateway-integration';

describe('x-amazon-apigateway-integration', () => {
  it('has defaults', () => {
    expect(integrationOf({ type: 'http', httpMethod: 'get', uri: 'http://example.com' })).toEqual({
      type: 'HTTP',
      httpMethod: 'GET',
      uri: 'http://example.com',
      connectionType: 'INTERNET',
      requestParameters: {},
      requestTemplates: {},
      passthroughBehavior: 'WHEN_NO_MATCH',
      timeoutInMillis: 29000,
      cacheKeyParameters: [],
      integrationResponses: [],
    });
  });

  it('has all its members', () => {
    const given = {
      type: 'HTTP_PROXY',
      httpMethod: 'any',
      uri: 'https://example.com/{proxy}',
      connectionType: 'vpc_link',
      connectionId: 'abc123',
      credentials: 'arn:aws:iam::000000000000:role/r',
      requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
      requestTemplates: { 'application/json': '$input.body', 'text/plain': '', 'a/b': null },
      passthroughBehavior: 'never',
      contentHandling: 'convert_to_text',
      timeoutInMillis: 500,
      cacheNamespace: 'ns',
      cacheKeyParameters: ['method.request.path.proxy'],
      tlsConfig: { insecureSkipVerification: true },
      responseTransferMode: 'stream',
      integrationTarget: 'arn:target',
      payloadFormatVersion: '1.0',
      unknown: {},
    };
    expect(integrationOf(given)).toEqual({
      type: 'HTTP_PROXY',
      httpMethod: 'ANY',
      uri: 'https://example.com/{proxy}',
      connectionType: 'VPC_LINK',
      connectionId: 'abc123',
      credentials: 'arn:aws:iam::000000000000:role/r',
      requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
      requestTemplates: { 'application/json': '$input.body', 'text/plain': null, 'a/b': null },
      passthroughBehavior: 'NEVER',
      contentHandling: 'CONVERT_TO_TEXT',
      timeoutInMillis: 500,
      cacheNamespace: 'ns',
      cacheKeyParameters: ['method.request.path.proxy'],
      tlsConfig: { insecureSkipVerification: true },
      responseTransferMode: 'STREAM',
      integrationTarget: 'arn:target',
      integrationResponses: [],
    });
    expect(imported(document(given)).warnings).toEqual([]);
  });

  it.each([
    ['aws_proxy', 'GET', 'POST', undefined],
    ['aws_proxy', undefined, 'POST', undefined],
    ['aws', 'GET', 'GET', undefined],
    ['aws', undefined, undefined, undefined],
    ['http', undefined, undefined, 'INTERNET'],
    ['http_proxy', 'patch', 'PATCH', 'INTERNET'],
    ['mock', 'POST', undefined, undefined],
  ])('of type %s with verb %s has verb %s and connection type %s', (type, httpMethod, verb, connectionType) => {
    const integration = integrationOf({ type, httpMethod, uri: 'x' });
    expect([integration?.httpMethod, integration?.connectionType]).toEqual([verb, connectionType]);
  });

  it('may be shared', () => {
    const shared = openApi({
      paths: { '/a': { get: { [EXTENSION]: { $ref: '#/components/x-amazon-apigateway-integrations/one' } } } },
      components: { 'x-amazon-apigateway-integrations': { one: { type: 'mock' } } },
    });
    expect(methodOf(shared).methodIntegration?.type).toBe('MOCK');
    expect(imported(shared).warnings).toEqual([]);
  });

  it('leaves out values of the wrong kind, with the warning of AWS', () => {
    const given = {
      type: 'mock',
      requestParameters: { 'integration.request.header.nothing': true, 'integration.request.header.a': "'True'", b: 5, c: null },
      requestTemplates: { 'application/json': { statusCode: 200 } },
      responses: { default: { statusCode: 200, responseParameters: { x: [] }, responseTemplates: { y: 1 } } },
    };
    expect(imported(document(given)).warnings).toEqual([
      "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.nothing' of resource '/pets' and method 'GET' but got 'true'",
      "Invalid format for 'requestParameters'. Expected type string for property 'b' of resource '/pets' and method 'GET' but got '5'",
      "Invalid format for 'requestParameters'. Expected type string for property 'c' of resource '/pets' and method 'GET' but got 'null'",
      "Invalid format for 'requestTemplates'. Expected type string for property 'application/json' of resource '/pets' and method 'GET' but got '{\"statusCode\":200}'",
      "Invalid format for 'responseParameters'. Expected type string for property 'x' of resource '/pets' and method 'GET' but got '[]'",
      "Invalid format for 'responseTemplates'. Expected type string for property 'y' of resource '/pets' and method 'GET' but got '1'",
    ]);
    expect(integrationOf(given)).toMatchObject({
      requestParameters: { 'integration.request.header.a': "'True'" },
      requestTemplates: {},
      integrationResponses: [{ statusCode: '200', responseParameters: {}, responseTemplates: {} }],
    });
  });

  it.each([
    ['x', '', 'must be an object'],
    [{}, '', "'type' is missing"],
    [{ type: 'lambda' }, '/type', 'must be one of HTTP, AWS, MOCK, HTTP_PROXY, AWS_PROXY'],
    [{ type: 1 }, '/type', 'must be a text'],
    [{ type: 'http', uri: { 'Fn::Sub': 'x' } }, '/uri', 'must be a text'],
    [{ type: 'http', httpMethod: 1 }, '/httpMethod', 'must be a text'],
    [{ type: 'http', timeoutInMillis: 1.5 }, '/timeoutInMillis', 'must be a whole number'],
    [{ type: 'http', timeoutInMillis: 'soon' }, '/timeoutInMillis', 'must be a whole number'],
    [{ type: 'http', cacheKeyParameters: 'x' }, '/cacheKeyParameters', 'must be a list'],
    [{ type: 'http', cacheKeyParameters: [1] }, '/cacheKeyParameters/0', 'must be a text'],
    [{ type: 'http', connectionType: 'LAN' }, '/connectionType', 'must be one of INTERNET, VPC_LINK'],
    [{ type: 'http', responseTransferMode: 'x' }, '/responseTransferMode', 'must be one of BUFFERED, STREAM'],
    [
      { type: 'http', tlsConfig: { insecureSkipVerification: 1 } },
      '/tlsConfig/insecureSkipVerification',
      'must be true or false',
    ],
    [{ type: 'http', requestParameters: [] }, '/requestParameters', 'must be an object'],
    [{ type: 'http', responses: [] }, '/responses', 'must be an object'],
    [{ type: 'http', responses: { default: {} } }, '/responses/default', "'statusCode' is missing"],
    [{ type: 'http', responses: { default: { statusCode: 'x' } } }, '/responses/default/statusCode', 'must be a status code'],
    [{ type: 'http', responses: { default: null } }, '/responses/default', 'must be an object'],
  ])('%j is refused at its place', (given, pointer, reason) => {
    expect(refusalOf(document(given))).toMatch(
      new RegExp(`^Invalid OpenAPI input\\. ${place}${pointer} \\(line \\d+\\): ${reason}$`),
    );
  });
});

describe('responses of integrations', () => {
  it('have the pattern as their key; default has none', () => {
    const responses = {
      '5\\d{2}': { statusCode: '500', contentHandling: 'CONVERT_TO_BINARY' },
      default: { statusCode: '200', responseTemplates: { 'application/json': '' } },
      '': { statusCode: '404' },
    };
    expect(integrationOf({ type: 'mock', responses })?.integrationResponses).toEqual([
      { statusCode: '200', responseParameters: {}, responseTemplates: { 'application/json': null } },
      { statusCode: '404', selectionPattern: '', responseParameters: {}, responseTemplates: {} },
      {
        statusCode: '500',
        selectionPattern: '5\\d{2}',
        responseParameters: {},
        responseTemplates: {},
        contentHandling: 'CONVERT_TO_BINARY',
      },
    ]);
  });

  it('are one for each status code, the last one, with a warning', () => {
    const given = { type: 'mock', responses: { default: { statusCode: '200' }, '2..': { statusCode: '200' } } };
    expect(integrationOf(given)?.integrationResponses).toMatchObject([{ statusCode: '200', selectionPattern: '2..' }]);
    expect(imported(document(given)).warnings).toEqual([
      "Several integration responses have status code '200' of resource '/pets' and method 'GET'. Only '2..' is kept. [/paths/~1pets/get/x-amazon-apigateway-integration/responses/2.. (line 16)]",
    ]);
  });
});
