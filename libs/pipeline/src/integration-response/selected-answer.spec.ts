import { describe, expect, it } from 'vitest';
import type { Exchange } from '../exchange.js';
import { ERRORS } from '../gateway-response/gateway-error.js';
import { selectedAnswer } from './selected-answer.js';

const context = { apiId: 'abcdefghij', parameterNames: [], openLiteral: (text: string) => text };

describe('security class: HTTP/1.1 smuggling', () => {
  it.each([100, 101, 199])('a document whose answer has the status %i, which ends no exchange, is answered 500', (statusCode) => {
    const step = selectedAnswer([{ statusCode, statuses: null, headers: [] }], context, { traced: false });
    const draft = { status: 200, headers: [], body: null, length: 0 };
    expect(step({} as Exchange, draft)).toBe(ERRORS.misconfigured);
  });
});
