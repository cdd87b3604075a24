import { gatewayFrom, restApiModel, type MethodsOf } from '@gatehouse/testing';
import { describe, expect, it } from 'vitest';

const mocking = (integration: NonNullable<MethodsOf[string]['integration']>) =>
  gatewayFrom(restApiModel({ 'ANY /': { integration } }));

describe('MOCK', () => {
  const template = (status: number) => `{"statusCode": ${status}}`;

  it('answers with the response that its status selects', async () => {
    const { status, body, headers } = await mocking({
      requestTemplates: { 'application/json': template(404) },
      integrationResponses: [
        { statusCode: '200' },
        { statusCode: '444', selectionPattern: '404', responseParameters: { 'method.response.header.X': "'y'" } },
      ],
    }).call();
    expect([status, body]).toEqual([444, '']);
    expect(headers.slice(0, 4)).toEqual(['X', 'y', 'Content-Type', 'application/json']);
    expect(headers.filter((_, index) => index % 2 === 0)).toEqual(['X', 'Content-Type', 'x-amzn-RequestId', 'x-amz-apigw-id']);
  });

  it('answers preflights as an API says', async () => {
    const { status, header } = await mocking({
      integrationResponses: [
        {
          statusCode: '200',
          responseParameters: {
            'method.response.header.Access-Control-Allow-Origin': "'*'",
            'method.response.header.X-Method': 'context.httpMethod',
          },
        },
      ],
    }).call({ method: 'OPTIONS' });
    expect([status, header('access-control-allow-origin'), header('x-method')]).toEqual([200, '*', 'OPTIONS']);
  });

  it('answers 500 when no response fits', async () => {
    const { status, body } = await mocking({ integrationResponses: [{ statusCode: '200', selectionPattern: '201' }] }).call();
    expect([status, body]).toEqual([500, '{"message":"Internal server error"}']);
  });

  const templates = { 'application/json': template(200), 'text/xml': template(201) };
  const integrationResponses = [
    { statusCode: '200' },
    { statusCode: '201', selectionPattern: '201' },
    { statusCode: '202', selectionPattern: '202' },
  ];
  it.each([
    [undefined, 'WHEN_NO_MATCH', templates, 200],
    ['application/json', 'NEVER', templates, 200],
    ['Application/JSON; charset=utf-8', 'NEVER', templates, 200],
    ['text/xml;charset=x', 'NEVER', templates, 201],
    ['text/plain', 'WHEN_NO_MATCH', templates, 500],
    ['text/plain', 'WHEN_NO_TEMPLATES', templates, 415],
    ['text/plain', 'NEVER', templates, 415],
    ['text/plain', 'NEVER', { $default: template(202) }, 202],
    ['text/plain', 'WHEN_NO_MATCH', {}, 500],
    ['text/plain', 'WHEN_NO_TEMPLATES', {}, 500],
    ['text/plain', 'NEVER', {}, 415],
    [undefined, 'NEVER', {}, 415],
  ])(
    'content type %s, passthrough %s, templates %j: %i',
    async (contentType, passthroughBehavior, requestTemplates, expected) => {
      const gateway = mocking({ passthroughBehavior, requestTemplates, integrationResponses });
      const { status } = await gateway.call({
        method: 'POST',
        headers: contentType === undefined ? [] : ['content-type', contentType],
        body: 'x',
      });
      expect(status).toBe(expected);
    },
  );

  it("security class: tenants' names as object keys: a content type named constructor is one like any other", async () => {
    const gateway = mocking({ passthroughBehavior: 'NEVER', requestTemplates: { 'application/json': template(200) } });
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect((await gateway.call({ headers: ['Content-Type', name] })).status).toBe(415);
    }
  });
});
