import { createRequire } from 'node:module';
import { describe, it } from 'vitest';

// The build (`npx tsc -b libs/http1`), since Vitest makes a call of every use of an import, of which there are several for each byte here.
const { BodyReader, RequestHeadReader, ResponseHeadReader, requestHeadText, responseHeadText } = createRequire(import.meta.url)(
  '../dist/index.js',
) as typeof import('./index.js');

const HEAD_LIMITS = { targetBytes: 10_240, headBytes: 16_384, headers: 200 };
const BODY_LIMITS = { extensionBytes: 4_096, trailerBytes: 8_192, trailers: 50 };
const MESSAGES = 1_000;

const headers = [
  ...['Host', 'api.example.com', 'User-Agent', 'curl/8.5.0', 'Accept', '*/*', 'X-Api-Key', 'da2-fakeApiId123456789012345'],
  ...[
    'Accept-Encoding',
    'gzip, deflate, br',
    'Content-Type',
    'application/json',
    'X-Request-Id',
    '6b1f0f34-4b0c-4a8e-9a52-1f7a3d0c9d11',
  ],
];
const answered = [
  ...[
    'Content-Type',
    'application/json',
    'Content-Length',
    '100',
    'Date',
    'Sun, 22 Nov 2026 12:00:00 GMT',
    'Connection',
    'keep-alive',
  ],
  ...['x-amzn-RequestId', '6b1f0f34-4b0c-4a8e-9a52-1f7a3d0c9d11', 'x-amz-apigw-id', 'Ab1cDE2fGhIjKlM='],
];
const request = Buffer.from(requestHeadText('GET', '/prod/pets/4711?limit=10', headers), 'latin1');
const response = Buffer.from(responseHeadText(200, answered), 'latin1');
const withBody = Buffer.concat([request, Buffer.alloc(60_000, 'x')]);
const chunked = Buffer.from(`64\r\n${'x'.repeat(100)}\r\n`.repeat(10) + '0\r\n\r\n');
const sink = { data: () => undefined };

describe(`${MESSAGES.toLocaleString('en')} messages`, () => {
  const requests = new RequestHeadReader(HEAD_LIMITS);
  const responses = new ResponseHeadReader(HEAD_LIMITS);
  const work: Record<string, () => void> = {
    [`request head, ${request.length} bytes`]: () => requests.read(request, 0),
    'request head before 60,000 bytes of body': () => requests.read(withBody, 0),
    'request head in two pieces': () => {
      requests.read(request.subarray(0, 100), 0);
      requests.read(request.subarray(100), 0);
    },
    [`response head, ${response.length} bytes`]: () => responses.read(response, 0, 'GET'),
    'body of a length': () => new BodyReader({ kind: 'length', length: 100 }, BODY_LIMITS).read(chunked, 0, sink),
    'body of 10 chunks': () => new BodyReader({ kind: 'chunked' }, BODY_LIMITS).read(chunked, 0, sink),
    'request head text': () => requestHeadText('GET', '/prod/pets/4711?limit=10', headers),
    'response head text': () => responseHeadText(200, answered),
  };
  for (const [name, once] of Object.entries(work)) {
    it(name, async ({ bench }) => {
      await bench(name, () => {
        for (let n = 0; n < MESSAGES; n++) once();
      }).run();
    });
  }
});
