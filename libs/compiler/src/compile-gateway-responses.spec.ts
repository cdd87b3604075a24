import type { GatewayResponseModel } from '@gatehouse/api-model';
import { dataPlaneKey, readDocument, unseal, writeDocument, type DeploymentSnapshot } from '@gatehouse/snapshot';
import { restApiModel } from '@gatehouse/testing';
import { describe, expect, it } from 'vitest';
import { compileDeployment } from './compile-deployment.js';
import { literalName } from './sealed-literal.js';

const scope = { accountId: '123456789012', region: 'us-east-1' };
const key = dataPlaneKey(Buffer.alloc(32, 7));
const open = (sealed: string) => unseal([key], literalName(scope, 'abcdefghij'), sealed);

const response = (more: Partial<GatewayResponseModel> = {}): GatewayResponseModel => ({
  responseType: 'THROTTLED',
  responseParameters: {},
  responseTemplates: {},
  ...more,
});
const compile = (...gatewayResponses: GatewayResponseModel[]) =>
  compileDeployment(restApiModel({ 'GET /': {} }, { gatewayResponses }), { scope, key });

describe('gateway responses', () => {
  it('are absent where an API has changed none', () => {
    expect(compile().body).not.toHaveProperty('gatewayResponses');
  });

  it('become a part of a document that gateways read', () => {
    const { body, hash, unenforceable } = compile(
      response({
        statusCode: '430',
        responseParameters: {
          'gatewayresponse.header.b': "'static'",
          'gatewayresponse.header.a': 'method.request.multivalueheader.X',
          'gatewayresponse.path.x': "'nothing'",
          'gatewayresponse.querystring.x': 'context.requestId',
        },
        responseTemplates: { 'Text/Plain': 'plain', 'application/json': '{}' },
      }),
      response({ responseType: 'ACCESS_DENIED' }),
    );
    expect(unenforceable).toEqual([]);
    const [denied, throttled] = body.gatewayResponses!;
    expect(denied).toEqual({ responseType: 'ACCESS_DENIED', statusCode: null, headers: [], templates: [] });
    expect(throttled).toMatchObject({
      responseType: 'THROTTLED',
      statusCode: 430,
      headers: [
        { target: { in: 'header', name: 'a' }, source: { from: 'method.request', in: 'header', name: 'X', multiValue: true } },
        { target: { in: 'header', name: 'b' }, source: { from: 'literal' } },
      ],
    });
    expect(throttled!.templates.map(([type, sealed]) => [type, open(sealed)])).toEqual([
      ['application/json', '{}'],
      ['text/plain', 'plain'],
    ]);
    const ref = { kind: 'deployment', key: hash, ...scope } as const;
    expect(readDocument([key], ref, writeDocument(key, { ...ref, revision: 1, body })).body).toEqual(body);
  });

  it('security class: secrets in logs, errors, labels, job payloads: templates and static values are sealed', () => {
    const text = JSON.stringify(
      compile(
        response({
          responseParameters: { 'gatewayresponse.header.x': "'hunter2'" },
          responseTemplates: { 'application/json': 'hunter2' },
        }),
      ).body,
    );
    expect(text).not.toContain('hunter2');
  });

  it('are the same in any order', () => {
    const one = response({ responseTemplates: { 'a/a': '1', 'b/b': '2' } });
    const other = response({ responseTemplates: { 'b/b': '2', 'a/a': '1' } });
    const denied = response({ responseType: 'ACCESS_DENIED' });
    expect(compile(one, denied).hash).toBe(compile(denied, other).hash);
  });

  it.each<[string, Partial<GatewayResponseModel>]>([
    ['statusCode 101, which ends no exchange (RFC 9110, 15.2)', { statusCode: '101' }],
    [
      'mapping of gatewayresponse.header.x from method.request.body',
      { responseParameters: { 'gatewayresponse.header.x': 'method.request.body' } },
    ],
    [
      'mapping of gatewayresponse.header.x from an unknown source',
      { responseParameters: { 'gatewayresponse.header.x': 'a secret without its quotes' } },
    ],
    [
      'control characters in the literal mapped to gatewayresponse.header.x',
      { responseParameters: { 'gatewayresponse.header.x': "'a\r\nb'" } },
    ],
  ])('that no gateway can give are refused by name: %s', (name, change) => {
    const { body, unenforceable } = compile(response(change));
    expect(unenforceable).toEqual([`API, gateway response THROTTLED: ${name}`]);
    expect((body as DeploymentSnapshot).routes[0]!.integration.type).toBe('DENIED');
    // What gateways read all the same must be something that they can answer.
    expect(body.gatewayResponses![0]).toMatchObject({ statusCode: null, headers: [] });
  });
});
