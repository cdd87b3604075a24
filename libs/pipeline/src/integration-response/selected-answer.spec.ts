import { describe, expect, it } from 'vitest';
import type { Exchange } from '../exchange.js';
import { ERRORS } from '../gateway-response/gateway-error.js';
import { BinaryMediaTypes } from '../http/binary-media-types.js';
import { answerByStatus } from './select-by-status.js';

const context = {
  apiId: 'abcdefghij',
  resourceId: 'res000',
  resourcePath: '/',
  operationName: undefined,
  binaryMediaTypes: new BinaryMediaTypes([]),
  parameterNames: [],
  openLiteral: (text: string) => text,
};

describe('security class: HTTP/1.1 smuggling', () => {
  it.each([100, 101, 199])('a document whose answer has the status %i, which ends no exchange, is answered 500', (statusCode) => {
    const { answer: step } = answerByStatus([{ statusCode, statuses: null, headers: [] }], context, { traced: false });
    const draft = { status: 200, headers: [], body: null, length: 0 };
    expect(step({ overrides: null } as Exchange, draft)).toBe(ERRORS.misconfigured);
  });
});

describe('security class: CR/LF and header injection', () => {
  it.each(['X Y', 'X:', 'X\r\nY', ''])('a document that maps to %j is not served', (name) => {
    const headers = [{ target: { in: 'header' as const, name }, source: { from: 'context' as const, name: 'requestId' } }];
    expect(() => answerByStatus([{ statusCode: 200, statuses: null, headers }], context, { traced: false })).toThrow('no header');
  });
});
