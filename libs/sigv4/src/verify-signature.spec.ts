import {
  APIGatewayClient,
  CreateRestApiCommand,
  DeleteMethodCommand,
  GetResourcesCommand,
  GetStageCommand,
  GetTagsCommand,
  GetUsageCommand,
  ImportRestApiCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-api-gateway';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSignature } from './check-signature.js';
import { readSignature } from './read-signature.js';
import type { RequestHead } from './request-head.js';
import { sign } from './sign.js';
import { verifySignature } from './verify-signature.js';

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLEAKIDEXAMP', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const API_ARN = 'arn:aws:apigateway:us-east-1::/restapis/a1b2c3d4e5/stages/päd & "quotes" ~*!\'()';

interface RequestPresigner {
  presign(
    request: object,
    options: { expiresIn: number },
  ): Promise<{
    path: string;
    query?: Record<string, string | string[] | null>;
    headers: Record<string, string>;
  }>;
}

type Received = RequestHead & { body: Buffer };

function verify({ body, ...head }: Received, secret = CREDENTIALS.secretAccessKey): void {
  const presented = readSignature(head);
  checkSignature(presented, head, { service: 'apigateway', now: Date.now() });
  verifySignature(presented, head, body, secret);
}

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

describe('verifySignature', () => {
  let server: Server;
  let client: APIGatewayClient;
  let last: Received;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        last = {
          method: request.method ?? '',
          rawTarget: request.url ?? '',
          rawHeaders: request.rawHeaders,
          body: Buffer.concat(chunks),
        };
        response.setHeader('content-type', 'application/json').end('{}');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    client = new APIGatewayClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'eu-central-1',
      credentials: CREDENTIALS,
    });
  });

  afterAll(() => {
    client.destroy();
    server.close();
  });

  it.each([
    ['a body', () => client.send(new CreateRestApiCommand({ name: 'päts ☃', tags: { constructor: 'x' } }))],
    [
      'raw bytes',
      () => client.send(new ImportRestApiCommand({ body: Buffer.from([0, 255, 128, 10]), parameters: { ignore: 'a b' } })),
    ],
    [
      'a query',
      () =>
        client.send(new GetResourcesCommand({ restApiId: 'a1b2c3d4e5', limit: 500, position: 'a+b/c=&?', embed: ['methods'] })),
    ],
    ['an encoded slash', () => client.send(new GetTagsCommand({ resourceArn: API_ARN }))],
    ['an encoded slash and a body', () => client.send(new TagResourceCommand({ resourceArn: API_ARN, tags: { 'a/b': 'ü' } }))],
    [
      'a repeated parameter',
      () => client.send(new UntagResourceCommand({ resourceArn: API_ARN, tagKeys: ['b', 'a', 'a b', ''] })),
    ],
    ['no body and no answer', () => client.send(new DeleteMethodCommand({ restApiId: 'a', resourceId: 'b', httpMethod: 'ANY' }))],
    ['dots', () => client.send(new GetStageCommand({ restApiId: 'a1b2c3d4e5', stageName: 'v1.0_~-' }))],
    [
      'dates',
      () => client.send(new GetUsageCommand({ usagePlanId: 'p', startDate: '2026-01-01', endDate: '2026-01-31', keyId: 'k' })),
    ],
  ])('accepts what the JavaScript SDK sends: %s', async (_name, send) => {
    await send();
    expect(() => verify(last)).not.toThrow();
    expect(() => verify(last, CREDENTIALS.secretAccessKey.toLowerCase())).toThrow(MISMATCH);
  });

  it.each([
    ['GET', ''],
    ['POST', '{"name":"ä"}'],
  ])('accepts a URL that the JavaScript SDK presigned: %s', async (method, body) => {
    // The client gives out its own signer, which can presign too.
    const signer = (await client.config.signer()) as unknown as RequestPresigner;
    const request = {
      method,
      protocol: 'http:',
      hostname: 'localhost',
      path: '/tags/arn%3Aaws%3Aapigateway',
      query: { tagKeys: ['b', 'a b'] },
      headers: { host: 'localhost', 'x-amz-meta': 'one' },
      body,
    };
    const presigned = await signer.presign(request, { expiresIn: 600 });
    const query = Object.entries(presigned.query ?? {}).flatMap(([name, value]) =>
      [value ?? ''].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`),
    );
    const received = (payload: string, pairs = query) => ({
      method,
      rawTarget: `${presigned.path}?${pairs.join('&')}`,
      rawHeaders: Object.entries(presigned.headers).flat(),
      body: Buffer.from(payload),
    });
    expect(() => verify(received(body))).not.toThrow();
    expect(() => verify(received(body, query.toReversed()))).not.toThrow();
    expect(() => verify(received(`${body} `))).toThrow(MISMATCH);
    expect(() => verify(received(body, [...query, 'limit=1']))).toThrow(MISMATCH);
    expect(() =>
      verify(
        received(
          body,
          query.map((pair) => pair.replace('Expires=600', 'Expires=6000')),
        ),
      ),
    ).toThrow(MISMATCH);
  });

  it('accepts what sign makes', () => {
    const url = new URL('https://localhost:4600/tags/arn%3Aaws?tagKeys=b&tagKeys=a%20b&flag&empty=&plus=%2B');
    const headers = sign({ method: 'POST', url, headers: { 'Content-Type': 'application/json' }, body: '{"ä":1}' }, CREDENTIALS, {
      region: 'us-east-1',
      service: 'apigateway',
    });
    const rawHeaders = Object.entries({ host: url.host, ...headers }).flat();
    const received = { method: 'POST', rawTarget: url.pathname + url.search, rawHeaders, body: Buffer.from('{"ä":1}') };
    expect(() => verify(received)).not.toThrow();
    expect(() => verify({ ...received, body: Buffer.from('{"ä":2}') })).toThrow(MISMATCH);
  });

  describe('security class: path normalisation and what a signature covers', () => {
    const signed = (target: string, more: Record<string, string> = {}, body = ''): Received => {
      const url = new URL(`http://localhost${target}`);
      const headers = sign({ method: 'DELETE', url, headers: more, body }, CREDENTIALS, {
        region: 'us-east-1',
        service: 'apigateway',
      });
      return {
        method: 'DELETE',
        rawTarget: target,
        rawHeaders: Object.entries({ host: 'localhost', ...headers }).flat(),
        body: Buffer.from(body),
      };
    };

    it.each([
      ['/restapis/a', '//restapis/a'],
      ['/restapis/a', '/restapis//a'],
      ['/restapis/a', '/restapis/./a'],
      ['/restapis/a', '/x/../restapis/a'],
      ['/restapis/a', '/restapis/a/'],
      ['/restapis/a', '/restapis/%61'],
      ['/restapis/a', '/RestApis/a'],
      ['/restapis/a', '/restapis/a;x'],
      ['/restapis/a', '/restapis/a#b'],
      ['/restapis/a', '/restapis%2Fa'],
      ['/restapis/a%2Fb', '/restapis/a/b'],
      ['/restapis/a%2Fb', '/restapis/a%2fb'],
      ['/restapis/a%2Fb', '/restapis/a%252Fb'],
      ['/restapis/a', 'http://localhost/restapis/a'],
      ['/restapis/a', '/restapis/a?force=true'],
      ['/restapis/a?x=1', '/restapis/a?x=2'],
      ['/restapis/a?x=1', '/restapis/a?x=1&x=1'],
      ['/restapis/a?x=%2B', '/restapis/a?x=+'],
      ['/restapis/a?x=%26y=1', '/restapis/a?x=&y=1'],
      ['/restapis/a?x=%3D', '/restapis/a?x%3D='],
    ])('a signature for %s is none for %s', (target, other) => {
      const received = signed(target);
      expect(() => verify(received)).not.toThrow();
      expect(() => verify({ ...received, rawTarget: other })).toThrow(MISMATCH);
    });

    it.each([
      ['/restapis?b=2&a=1', '/restapis?a=1&b=2'],
      ['/restapis?a=%7Eb', '/restapis?a=~b'],
      ['/restapis?a=%3a', '/restapis?a=:'],
      ['/restapis?a', '/restapis?a='],
      ['/restapis?a=x%20y', '/restapis?a=x+y'],
    ])('%s and %s mean the same and have one signature', (target, other) => {
      expect(() => verify({ ...signed(target), rawTarget: other })).not.toThrow();
    });

    it('a header that is repeated, added or changed breaks the signature', () => {
      const received = signed('/restapis/a', { 'x-amz-meta': 'one', 'content-type': 'text/plain' });
      const changed = (rawHeaders: string[]) => () => verify({ ...received, rawHeaders });
      expect(changed([...received.rawHeaders])).not.toThrow();
      expect(changed([...received.rawHeaders, 'X-Amz-Meta', 'one'])).toThrow(MISMATCH);
      expect(changed([...received.rawHeaders, 'host', 'localhost'])).toThrow(MISMATCH);
      expect(changed(['Host', 'evil', ...received.rawHeaders])).toThrow(MISMATCH);
      expect(changed(received.rawHeaders.map((text) => (text === 'text/plain' ? 'text/xml' : text)))).toThrow(MISMATCH);
      expect(changed(received.rawHeaders.map((text) => (text === 'text/plain' ? ' text/plain  ' : text)))).not.toThrow();
      expect(changed([...received.rawHeaders, 'x-unsigned', 'one'])).not.toThrow();
    });

    it('another method breaks the signature', () => {
      expect(() => verify({ ...signed('/restapis/a'), method: 'GET' })).toThrow(MISMATCH);
    });

    it('x-amz-content-sha256 is not believed', () => {
      const hashOfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
      const received = signed('/restapis/a', { 'x-amz-content-sha256': hashOfNothing });
      expect(() => verify(received)).not.toThrow();
      expect(() => verify({ ...received, body: Buffer.from('{}') })).toThrow(MISMATCH);
    });

    it.each(['', 'a', 'A'.repeat(64), 'é'.repeat(64)])('the signature %j is refused without a crash', (signature) => {
      const received = signed('/restapis/a');
      const rawHeaders = received.rawHeaders.map((text) => text.replace(/Signature=.*/, `Signature=${signature}`));
      expect(() => verify({ ...received, rawHeaders })).toThrow();
    });
  });
});
