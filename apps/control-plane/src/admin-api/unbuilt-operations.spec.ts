import { OPERATIONS, type OperationDescription } from '@gatehouse/admin-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApplication, type TestApplication } from './admin-api.fixture.js';

let test: TestApplication;
beforeAll(async () => {
  test = await startTestApplication();
});
afterAll(() => test.app.close());

const served: OperationDescription[] = [
  ...Object.values(OPERATIONS.apigateway),
  ...Object.values(OPERATIONS.apigatewayv2),
  ...Object.values(OPERATIONS.lambda),
];

describe('operations that no service overrides', () => {
  it('are all there', () => {
    expect(served).toHaveLength(124 + 103 + 27);
  });

  it.each(served.map((operation) => [`${operation.service}.${operation.name}`, operation] as const))(
    '%s answers 501 and names itself',
    async (_name, operation) => {
      const path = operation.path.replace(/\{\w+\}/g, 'a1b2c3');
      const answer = await test.app.inject({
        method: operation.method,
        url: operation.mode ? `${path}?mode=${operation.mode}` : path,
        headers: { authorization: 'me' },
        ...(operation.method === 'POST' ? { payload: '{"FunctionName":"a1b2c3"}' } : {}),
      });
      expect(answer.json()).toEqual({ message: `${operation.name} is not implemented.` });
      expect(answer.statusCode).toBe(501);
      expect(answer.headers['x-amzn-errortype']).toBe('NotImplementedException');
      expect(test.authorization.asked.at(-1)).toBe(
        `${operation.action} ${operation.resource
          .replace('{region}', 'us-east-1')
          .replace('{accountId}', '123456789012')
          .replace(/\{\w+\}/g, 'a1b2c3')}`,
      );
    },
  );
});
