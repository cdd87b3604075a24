import { describe, expect, it } from 'vitest';
import { functionArn, parseFunctionArn, parseFunctionReference, parseLambdaUri } from './function-arn.js';

const hello = { accountId: '123456789012', region: 'us-east-1', functionName: 'hello', qualifier: null };

describe('function ARNs', () => {
  it.each([
    ['arn:aws:lambda:us-east-1:123456789012:function:hello', hello],
    ['arn:aws:lambda:us-east-1:123456789012:function:hello:live', { ...hello, qualifier: 'live' }],
    ['arn:aws:lambda:us-east-1:123456789012:function:hello:$LATEST', { ...hello, qualifier: '$LATEST' }],
  ])('%s', (arn, name) => {
    expect(parseFunctionArn(arn)).toEqual(name);
    expect(functionArn(name)).toBe(arn);
  });

  it.each(['hello', 'arn:aws:lambda:us-east-1:1234:function:hello', 'arn:aws:lambda:us-east-1:123456789012:function:a:b:c', ''])(
    'not %j',
    (text) => expect(parseFunctionArn(text)).toBeNull(),
  );
});

describe('what requests name a function by', () => {
  const scope = { accountId: '123456789012', region: 'us-east-1' };

  it.each([
    ['hello', hello],
    ['hello:live', { ...hello, qualifier: 'live' }],
    ['function:hello', hello],
    ['210987654321:function:hello:$LATEST', { ...hello, accountId: '210987654321', qualifier: '$LATEST' }],
    ['eu-west-1:210987654321:function:hello', { ...hello, accountId: '210987654321', region: 'eu-west-1' }],
    ['arn:aws:lambda:eu-west-1:123456789012:function:hello:1', { ...hello, region: 'eu-west-1', qualifier: '1' }],
  ])('%s', (text, name) => expect(parseFunctionReference(text, scope)).toEqual(name));

  it.each(['', 'a b', 'a:b:c', 'hello:', 'arn:aws-cn:lambda:us-east-1:123456789012:function:hello', 'x'.repeat(65)])(
    'not %j',
    (text) => expect(parseFunctionReference(text, scope)).toBeNull(),
  );
});

describe('URIs of Lambda integrations', () => {
  const arn = 'arn:aws:lambda:us-east-1:123456789012:function:${stageVariables.name}';

  it('name the function and whether its answer is streamed', () => {
    const path = 'arn:aws:apigateway:us-east-1:lambda:path';
    expect(parseLambdaUri(`${path}/2015-03-31/functions/${arn}/invocations`)).toEqual({ functionArn: arn, streams: false });
    expect(parseLambdaUri(`${path}/2021-11-15/functions/${arn}/response-streaming-invocations`)).toEqual({
      functionArn: arn,
      streams: true,
    });
    expect(parseLambdaUri(`${path}/2015-03-31/functions/${arn}`)).toBeNull();
    expect(parseLambdaUri('http://127.0.0.1/2015-03-31/functions/f/invocations')).toBeNull();
  });
});
