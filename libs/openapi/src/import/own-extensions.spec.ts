import { describe, expect, it } from 'vitest';
import { imported, methodOf, openApi, refusalOf, schemaOf, swagger, withGet } from './import.fixture.js';

const integration = (members: object) => ({ 'x-amazon-apigateway-integration': { type: 'mock', ...members } });

describe("Gatehouse's own extensions", () => {
  it('say more of parameters than a specification', () => {
    const parameters = [
      { name: 'tag', in: 'query', required: true, schema: { type: 'array' }, 'x-gatehouse-multivalue': true },
      { name: 'list', in: 'query', schema: { type: 'array' } },
      { name: 'h', in: 'header', 'x-gatehouse-multivalue': true },
      { name: 'id', in: 'path', required: true, 'x-gatehouse-required': false },
      { name: 'toy', in: 'path', required: true, 'x-gatehouse-undeclared': true },
    ];
    const document = openApi({ paths: { '/{id}/{toy}/{other}': { get: { parameters } } } });
    expect(methodOf(document).requestParameters).toEqual({
      'method.request.multivaluequerystring.tag': true,
      'method.request.querystring.list': false,
      'method.request.multivalueheader.h': false,
      'method.request.path.id': false,
      'method.request.path.other': true,
    });
  });

  it('give bodies of Swagger 2.0 a model for each media type, and headers their flag', () => {
    const reference = (name: string) => ({ $ref: `#/definitions/${name}` });
    const own = { 'x-gatehouse-bodies': { 'a/b': reference('A'), 'c/d': reference('B') } };
    const operation = {
      consumes: ['a/b', 'c/d', 'e/f'],
      parameters: [{ in: 'body', name: 'A', schema: reference('A'), ...own }],
      responses: {
        200: { schema: reference('A'), headers: { x: { type: 'string', 'x-gatehouse-required': true }, y: {} }, ...own },
      },
    };
    const method = methodOf(withGet(operation, { definitions: { A: { type: 'object' }, B: { type: 'array' } } }, swagger));
    expect(method.requestModels).toEqual({ 'a/b': 'A', 'c/d': 'B' });
    expect(method.methodResponses).toEqual([
      {
        statusCode: '200',
        responseModels: { 'a/b': 'A', 'c/d': 'B' },
        responseParameters: { 'method.response.header.x': true, 'method.response.header.y': false },
      },
    ]);
  });

  it('keep what is between the lines of an integration', () => {
    const operation = {
      ...integration({ responses: { default: { statusCode: 200, responseTemplates: { 'a/b': 'x' } } } }),
      'x-gatehouse-integration': {
        httpMethod: 'get',
        uri: 'http://x',
        responses: { 200: { selectionPattern: '' }, 404: { responseTemplates: { 'c/d': 'y' } } },
      },
    };
    expect(methodOf(withGet(operation)).methodIntegration).toMatchObject({
      type: 'MOCK',
      httpMethod: 'GET',
      uri: 'http://x',
      integrationResponses: [
        { statusCode: '200', selectionPattern: '', responseTemplates: { 'a/b': 'x' } },
        { statusCode: '404', responseTemplates: { 'c/d': 'y' } },
      ],
    });
  });

  it('take back what stands in place of something, unless it was changed', () => {
    const info = {
      title: 'x',
      version: '2026',
      description: 'said',
      'x-gatehouse-replaced': { version: { by: '2026' }, description: { by: 'said', was: 'own' } },
    };
    expect(imported(openApi({ info })).definition).toMatchObject({ description: 'own' });
    expect(imported(openApi({ info })).definition.version).toBeUndefined();
    const changed = { ...info, version: '2', description: 'new' };
    expect(imported(openApi({ info: changed })).definition).toMatchObject({ version: '2', description: 'new' });
  });

  it('keep a schema as it is', () => {
    const schema = {
      default: 1,
      definitions: { a: { id: 'x' } },
      properties: { x: { $ref: '#/components/schemas/Pet/definitions/a' } },
    };
    const verbatim = { ...schema, description: 'd', 'x-gatehouse-description': '', 'x-gatehouse-verbatim': true };
    const document = openApi({ components: { schemas: { Pet: verbatim } } });
    expect(schemaOf(document, 'Pet')).toEqual({ ...schema, description: 'd', properties: { x: { $ref: '#/definitions/a' } } });
    const { definition, warnings } = imported(document);
    expect(definition.models).toMatchObject([{ name: 'Pet' }]);
    expect(definition.models[0]!.description).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it('have a place for models of other languages, validators without a name, and types of endpoints', () => {
    const document = openApi({
      'x-amazon-apigateway-request-validators': { v1: { validateRequestBody: true }, all: {} },
      'x-gatehouse-nameless-request-validators': ['v1'],
      'x-gatehouse-other-models': { Xml: { contentType: 'a/xml', schema: '<x/>' } },
      'x-gatehouse-endpoint-configuration': { types: ['PRIVATE'], ipAddressType: 'dualstack', vpcEndpointIds: ['vpce-1'] },
    });
    expect(imported(document).definition).toMatchObject({
      requestValidators: [
        { key: 'v1', validateRequestBody: true },
        { key: 'all', name: 'all' },
      ],
      models: [{ name: 'Xml', contentType: 'a/xml', schema: '<x/>' }],
      endpointConfiguration: { types: ['PRIVATE'], ipAddressType: 'dualstack', vpcEndpointIds: ['vpce-1'] },
    });
    expect(imported(document).definition.requestValidators[0]).not.toHaveProperty('name');
    const said = { 'x-amazon-apigateway-endpoint-configuration': { types: ['REGIONAL'] } };
    expect(imported({ ...document, ...said }).definition.endpointConfiguration).toEqual({ types: ['REGIONAL'] });
  });

  it.each([openApi, swagger])('are left out with a warning where they mean nothing', (base) => {
    const own = { 'x-gatehouse-zz': 1 };
    const schema = { type: 'object', ...own, 'x-gatehouse-replaced': { type: { was: 'array' }, title: { by: 'a', is: 'b' } } };
    const responses = { 200: { headers: { h: { type: 'string', ...own } }, 'x-gatehouse-verbatim': true } };
    const get = { ...own, parameters: [{ name: 'a', in: 'query', ...own }], responses };
    const { definition, warnings } = imported(
      base({
        ...own,
        info: { title: 'x', ...own, 'x-gatehouse-replaced': { title: {} } },
        paths: { '/a': { ...own, get } },
        definitions: { A: schema },
        components: { schemas: { A: schema } },
        'x-amazon-apigateway-request-validators': { all: {} },
        'x-gatehouse-nameless-request-validators': ['zz'],
      }),
    );
    expect(definition).toMatchObject({
      name: 'x',
      models: [{ schema: '{"type":"object"}' }],
      requestValidators: [{ name: 'all' }],
    });
    const at = base === swagger ? '/definitions/A' : '/components/schemas/A';
    const zz = (pointer: string) => `Unsupported extension 'x-gatehouse-zz'. Ignoring. [${pointer}/x-gatehouse-zz`;
    const replaced = (name: string, pointer: string) =>
      `'${name}' of 'x-gatehouse-replaced' must have 'by' and perhaps 'was'. Ignoring. [${pointer}/x-gatehouse-replaced/${name}`;
    const operation = '/paths/~1a/get';
    expect(warnings.map((warning) => warning.replace(/ \(line \d+\)\]$/, '')).sort()).toEqual(
      [
        zz(''),
        zz('/info'),
        replaced('title', '/info'),
        zz('/paths/~1a'),
        zz(operation),
        zz(`${operation}/parameters/0`),
        zz(`${operation}/responses/200/headers/h`),
        `Unsupported extension 'x-gatehouse-verbatim'. Ignoring. [${operation}/responses/200/x-gatehouse-verbatim`,
        zz(at),
        replaced('type', at),
        replaced('title', at),
        "Request validator 'zz' is not defined. Ignoring. [/x-gatehouse-nameless-request-validators/0",
      ].sort(),
    );
  });

  it.each([
    ['mock', { httpMethod: 'FETCH' }, '/httpMethod', 'must be one of GET, PUT'],
    ['mock', { uri: 1 }, '/uri', 'must be a text'],
    ['aws_proxy', { uri: 'nonsense' }, '/uri', 'only that of a MOCK stands here'],
  ])('say where they are wrong: beside %s %j', (type, own, pointer, reason) => {
    const document = withGet({ ...integration({ type, uri: 'arn:x' }), 'x-gatehouse-integration': own });
    const place = `/paths/~1pets/get/x-gatehouse-integration${pointer}`;
    expect(refusalOf(document)).toMatch(new RegExp(`^Invalid OpenAPI input\\. ${place} \\(line \\d+\\): ${reason}`));
  });

  it.each<[object, string]>([
    [withGet({ parameters: [{ name: 'a', in: 'query', 'x-gatehouse-multivalue': 'x' }] }), 'must be true or false'],
    [withGet({ ...integration({}), 'x-gatehouse-integration': { responses: { x: {} } } }), 'must be under a status code'],
    [withGet({ ...integration({}), 'x-gatehouse-integration': { responses: { 200: 'x' } } }), 'must be an object'],
    [openApi({ 'x-gatehouse-nameless-request-validators': 'x' }), 'must be a list'],
    [openApi({ 'x-gatehouse-other-models': { A: {} } }), "'contentType' is missing"],
    [
      openApi({ 'x-gatehouse-other-models': { A: { contentType: 'a/b' } }, components: { schemas: { A: {} } } }),
      'a schema of the document has this name',
    ],
    [openApi({ info: { title: 'x', 'x-gatehouse-replaced': { title: 1 } } }), 'must be an object'],
    [openApi({ components: { schemas: { A: { 'x-gatehouse-verbatim': 1 } } } }), 'must be true or false'],
  ])('are refused where they are wrong: %j', (document, reason) => {
    expect(refusalOf(document)).toContain(reason);
  });
});
