import type { BodySink, BodyStream } from '../http/body-stream.js';
import { functionsAt, requestOf, type TestGateway } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serve } from '../rest-pipeline.js';
import type { Upstream, UpstreamListener } from '../upstream/upstream.js';
import { Exchange } from '../exchange.js';
import {
  callingFunctions,
  chunkFrame,
  completeFrame,
  fakeLambda,
  frame,
  HELLO,
  payload,
  refusal,
  type FakeLambda,
} from './lambda.fixture.js';

let lambda: FakeLambda;
const gateways: TestGateway[] = [];

beforeEach(async () => void (lambda = await fakeLambda()));
afterEach(async () => {
  await lambda.close();
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
});

const STREAMING = `arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/${HELLO}/response-streaming-invocations`;
const DELIMITER = '\0'.repeat(8);
const TYPE = { 'Content-Type': 'application/vnd.amazon.eventstream' };

function calling(more: { timeoutInMillis?: number; uri?: string } = {}): TestGateway {
  const gateway = callingFunctions(lambda, { type: 'AWS_PROXY', uri: STREAMING, responseTransferMode: 'STREAM', ...more });
  gateways.push(gateway);
  return gateway;
}

const streamed =
  (...frames: Buffer[]): FakeLambda['answer'] =>
  (response) =>
    response.writeHead(200, TYPE).end(Buffer.concat(frames));
const call = () => calling().call({ path: '/pets/1' });
const badGateway = { status: 502, body: '{"message":"Internal server error"}' };

/** A call whose body the spec takes itself; `held`: not before it says so. */
function begin(gateway: TestGateway, { held = false } = {}) {
  const begun = { exchange: null as unknown as Exchange, text: '', ended: false, failed: false, body: null as BodyStream | null };
  const sink: BodySink = {
    data: (chunk) => void (begun.text += chunk.toString()),
    end: () => void (begun.ended = true),
    fail: () => void (begun.failed = true),
  };
  begun.exchange = new Exchange(requestOf({ path: '/pets/1' }), {
    respond({ body }) {
      begun.body = body as BodyStream;
      begun.body.start(sink);
      if (held) begun.body.pause();
    },
  });
  serve(begun.exchange, gateway.stage, 0);
  return begun;
}

describe('AWS_PROXY, streamed', () => {
  it('asks for a stream, and gives what comes', async () => {
    const metadata = {
      statusCode: 201,
      headers: { 'X-One': '1' },
      multiValueHeaders: { 'X-Two': ['2', '3'] },
      cookies: ['a=1', 'b=2'],
    };
    lambda.answer = streamed(
      chunkFrame(JSON.stringify(metadata) + DELIMITER),
      chunkFrame('hello, '),
      chunkFrame('world'),
      completeFrame(),
    );
    const answer = await call();
    expect(lambda.invoked[0]?.url).toBe(`/2021-11-15/functions/${encodeURIComponent(HELLO)}/response-streaming-invocations`);
    expect(lambda.invoked[0]?.event).toMatchObject({ resource: '/pets/{id}', httpMethod: 'GET' });
    expect([answer.status, answer.body, answer.broken]).toEqual([201, 'hello, world', false]);
    expect(answer.headers.slice(0, 14)).toEqual([
      ...['X-Two', '2', 'X-Two', '3', 'X-One', '1', 'Content-Type', 'application/json'],
      ...['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-Amzn-Trace-Id', expect.stringMatching(/^Root=/)],
    ]);
    expect(answer.exchange.integrationStatus).toBe(200);
  });

  it('by responseTransferMode alone too', async () => {
    lambda.answer = streamed(chunkFrame(`{}${DELIMITER}x`), completeFrame());
    const uri = STREAMING.replace('2021-11-15', '2015-03-31').replace('response-streaming-invocations', 'invocations');
    const answer = await calling({ uri }).call({ path: '/pets/1' });
    expect([answer.status, answer.body]).toEqual([200, 'x']);
    expect(lambda.invoked[0]?.url).toContain('response-streaming-invocations');
  });

  it.each([1, 7, 100])('finds the delimiter wherever chunks are divided (by %i)', async (size) => {
    const all = Buffer.from(`{"statusCode":203}${DELIMITER}body`);
    const frames = Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
      chunkFrame(all.subarray(n * size, (n + 1) * size)),
    );
    lambda.answer = streamed(...frames, completeFrame());
    const answer = await call();
    expect([answer.status, answer.body]).toEqual([203, 'body']);
  });

  it('a body may have eight NUL bytes of its own, and be empty', async () => {
    lambda.answer = streamed(chunkFrame(`{}${DELIMITER}${DELIMITER}`), completeFrame());
    expect((await call()).body).toBe(DELIMITER);
    lambda.answer = streamed(chunkFrame(`{"statusCode":204}${DELIMITER}`), completeFrame());
    expect(await call()).toMatchObject({ status: 204, body: '', broken: false });
  });

  it('the first bytes go out before the last are made', async () => {
    let end = () => undefined as void;
    lambda.answer = (response) => {
      response.writeHead(200, TYPE).write(Buffer.concat([chunkFrame(`{}${DELIMITER}`), chunkFrame('first')]));
      end = () => void response.end(Buffer.concat([chunkFrame(' last'), completeFrame()]));
    };
    const begun = begin(calling());
    await expect.poll(() => begun.text).toBe('first');
    expect(begun.exchange.status).toBe(200);
    end();
    await expect.poll(() => begun.ended).toBe(true);
    expect(begun.text).toBe('first last');
  });

  it('who is slow slows the function down', async () => {
    let written = 0;
    lambda.answer = (response) => {
      response.writeHead(200, TYPE).write(chunkFrame(`{}${DELIMITER}`));
      const chunk = chunkFrame(Buffer.alloc(65_536, 'x'));
      const go = () => {
        while (written < 400) {
          written++;
          if (!response.write(chunk)) return void response.once('drain', go);
        }
        response.end(completeFrame());
      };
      go();
    };
    const begun = begin(calling(), { held: true });
    await expect.poll(() => begun.body).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(written).toBeLessThan(400);
    begun.body?.resume();
    await expect.poll(() => begun.ended, { timeout: 10_000 }).toBe(true);
    expect(begun.text).toHaveLength(400 * 65_536);
  });

  it('a pause of the client is not the function being silent', async () => {
    lambda.answer = (response) => {
      response.writeHead(200, TYPE).write(chunkFrame(`{}${DELIMITER}a`));
      setTimeout(() => response.end(Buffer.concat([chunkFrame('b'), completeFrame()])), 50);
    };
    const begun = begin(calling({ timeoutInMillis: 100 }), { held: true });
    await expect.poll(() => begun.body).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 300));
    begun.body?.resume();
    await expect.poll(() => begun.ended).toBe(true);
    expect(begun.text).toBe('ab');
  });
});

describe('AWS_PROXY, streamed, and a client that pauses at the end', () => {
  it('does not keep the connection from its end', () => {
    let listener = null as unknown as UpstreamListener;
    let paused = false;
    const upstream: Upstream = {
      send(_, given) {
        listener = given;
        return { pause: () => void (paused = true), resume: () => void (paused = false), abort: () => undefined };
      },
      close: () => Promise.resolve(),
    };
    const gateway = callingFunctions(
      lambda,
      { type: 'AWS_PROXY', uri: STREAMING },
      { lambda: functionsAt(lambda.origin, upstream) },
    );
    gateways.push(gateway);
    const begun = begin(gateway);
    listener.answered(200, ['Content-Type', 'application/vnd.amazon.eventstream'], null);
    listener.data(chunkFrame(`{}${DELIMITER}`));
    begun.body?.pause();
    expect(paused).toBe(true);
    listener.data(Buffer.concat([chunkFrame('rest'), completeFrame()]));
    expect([begun.text, begun.ended, paused]).toEqual(['rest', true, false]);
  });
});

describe('AWS_PROXY, streamed, what goes wrong before the answer', () => {
  it.each<[string, FakeLambda['answer']]>([
    ['no delimiter', streamed(chunkFrame('{"statusCode":200}'), completeFrame())],
    ['no delimiter within 16 KB', streamed(chunkFrame(`{"headers":{"a":"${'x'.repeat(17_000)}"}}${DELIMITER}`), completeFrame())],
    ['metadata that is no JSON', streamed(chunkFrame(`hello${DELIMITER}`), completeFrame())],
    ['a member that is not known', streamed(chunkFrame(`{"body":"x"}${DELIMITER}`), completeFrame())],
    ['cookies that are no list', streamed(chunkFrame(`{"cookies":"a=1"}${DELIMITER}`), completeFrame())],
    ['a cookie with a line end', streamed(chunkFrame(`{"cookies":["a\\r\\nX: 1"]}${DELIMITER}`), completeFrame())],
    [
      'too many cookies',
      streamed(chunkFrame(`${JSON.stringify({ cookies: Array(300).fill('a=1') })}${DELIMITER}`), completeFrame()),
    ],
    ['nothing', streamed(completeFrame())],
    ['a function that failed', streamed(completeFrame({ ErrorCode: 'Unhandled', ErrorDetails: '{}' }))],
    ['an end that is no JSON', streamed(frame({ ':message-type': 'event', ':event-type': 'InvokeComplete' }, 'x'))],
    ['an end without an end', streamed(chunkFrame('{}'))],
    ['an exception', streamed(frame({ ':message-type': 'exception', ':exception-type': 'ServiceException' }, '{}'))],
    ['broken frames', streamed(Buffer.from('{"statusCode":200,"body":"x"}'))],
    ['an answer that is no event stream', payload({ statusCode: 200 })],
    ['429', refusal(429, 'TooManyRequestsException', 'Rate Exceeded.')],
    ['a reset', (response) => response.socket?.resetAndDestroy()],
  ])('%s: 502', async (_, answer) => {
    lambda.answer = answer;
    expect(await call()).toMatchObject(badGateway);
  });

  it('a function that is not there: 500', async () => {
    lambda.answer = refusal(404, 'ResourceNotFoundException', `Function not found: ${HELLO}`);
    expect((await call()).status).toBe(500);
  });

  it('silence: 504', async () => {
    lambda.answer = (response) => void response.writeHead(200, TYPE).write(chunkFrame('{"statusCode"'));
    const answer = await calling({ timeoutInMillis: 60 }).call({ path: '/pets/1' });
    expect([answer.status, answer.body]).toEqual([504, '{"message":"Endpoint request timed out"}']);
  });
});

describe('AWS_PROXY, streamed, what goes wrong after it has begun breaks the answer off', () => {
  const begun = chunkFrame(`{}${DELIMITER}some`);
  const broken = chunkFrame('rest');
  broken[broken.length - 6]! ^= 1;

  it.each<[string, FakeLambda['answer']]>([
    ['a function that fails', streamed(begun, completeFrame({ ErrorCode: 'Unhandled' }))],
    ['an end without an end', streamed(begun)],
    ['a message that ends in the middle', streamed(begun, chunkFrame('rest').subarray(0, 20))],
    ['a wrong checksum', streamed(begun, broken)],
    [
      'a reset',
      (response) => {
        response.writeHead(200, TYPE).write(begun);
        setTimeout(() => response.socket?.resetAndDestroy(), 20);
      },
    ],
  ])('%s', async (_, answer) => {
    lambda.answer = answer;
    const given = await call();
    expect([given.status, given.broken]).toEqual([200, true]);
    expect(given.body.startsWith('some')).toBe(true);
    expect(given.exchange.error).not.toBeNull();
  });

  it('silence', async () => {
    lambda.answer = (response) => void response.writeHead(200, TYPE).write(begun);
    const given = await calling({ timeoutInMillis: 60 }).call({ path: '/pets/1' });
    expect([given.status, given.broken, given.exchange.error?.responseType]).toEqual([200, true, 'INTEGRATION_TIMEOUT']);
  });

  it('a client that goes away ends the call', async () => {
    const closed = new Promise<void>((resolve) => {
      lambda.answer = (response) => {
        response.on('close', resolve);
        response.writeHead(200, TYPE).write(begun);
      };
    });
    const one = begin(calling());
    await expect.poll(() => one.text).toBe('some');
    one.body?.destroy();
    await closed;
  });
});
