import { NO_BODY, parseRequestTarget, type GatewayResponse } from '@gatehouse/pipeline';
import { describe, expect, it } from 'vitest';
import { RequestHandler } from './request-handler.js';

function handle(rawTarget: string, ready = true): GatewayResponse {
  let answer: GatewayResponse | undefined;
  new RequestHandler({ resolve: () => undefined, domainOf: () => undefined }, () => ready).handle(
    {
      method: 'GET',
      rawTarget,
      target: parseRequestTarget(rawTarget),
      headers: [],
      host: 'localhost',
      remoteAddress: '192.0.2.7',
      localPort: 8080,
      secure: false,
      protocol: 'HTTP/1.1',
      connectionOptions: [],
      body: NO_BODY,
      onAbort: () => undefined,
    },
    { respond: (response) => (answer = response) },
  );
  return answer!;
}

describe('RequestHandler', () => {
  it.each(['/ping', '/sping', '/ping?x=y', '//ping'])('says by %s that it is healthy', (target) => {
    const { status, body } = handle(target);
    expect([status, String(body)]).toEqual([200, 'healthy']);
  });

  it.each([
    ['/prod/pets', 403, '{"message":"Forbidden"}', 'ForbiddenException'],
    ['/prod/../pets', 400, '{"message":"Bad Request"}', 'BadRequestException'],
    ['/prod?x={y}', 400, '{"message":"Bad Request"}', 'BadRequestException'],
    [`/${'x'.repeat(10_240)}`, 414, '{"message":"Request-URI Too Long"}', 'BadRequestException'],
  ])('answers what it does not know', (target, status, text, errorType) => {
    const { headers, body, ...answer } = handle(target);
    expect([answer.status, String(body), headers[headers.indexOf('x-amzn-ErrorType') + 1]]).toEqual([status, text, errorType]);
  });

  it('calls nothing unknown before it has a configuration', () => {
    expect([handle('/prod/pets', false).status, String(handle('/prod/pets', false).body)]).toEqual([
      503,
      '{"message":"Service Unavailable"}',
    ]);
  });
});
