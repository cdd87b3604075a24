import { restApiModel } from '@gatehouse/testing';
import { connect, type IncomingHttpHeaders } from 'node:http2';
import { once } from 'node:events';
import { connect as tlsConnect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessLogVariable, type Exchange } from '@gatehouse/pipeline';
import { Documents } from './documents.fixture.js';
import { HOST, socketGateway, type SocketGateway } from './gateway.fixture.js';
import { bodyOf, exchangeRaw } from './raw-client.fixture.js';
import { localTls } from './transport/tls/tls.fixture.js';

const CORS = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" };
const model = restApiModel(
  { 'GET /keyed': { apiKeyRequired: true }, 'GET /open': {} },
  {
    gatewayResponses: [
      {
        responseType: 'DEFAULT_4XX',
        responseParameters: CORS,
        responseTemplates: { 'application/json': '{"path":"$context.path","why":$context.error.messageString}' },
      },
      { responseType: 'INVALID_API_KEY', statusCode: '204', responseParameters: CORS, responseTemplates: {} },
    ],
  },
);

let plain: SocketGateway;
let secure: SocketGateway;
beforeAll(async () => {
  plain = await socketGateway(model);
  secure = await socketGateway(model, { tls: localTls() });
  plain.table.apply(
    new Documents().stage(model).domain('api.example.com', { pets: 'abcdefghij/prod', '': 'abcdefghij/prod' }).batch(),
  );
});
afterAll(async () => {
  await plain?.close();
  await secure?.close();
});

const ask = async (method: string, path: string, host = HOST) =>
  (await exchangeRaw(plain.port, `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).text;
const logged = (exchange: Exchange, name: string) => accessLogVariable(name)!(exchange);

describe('gateway responses of an API, on the wire', () => {
  it('answer a request, with the length of what they say', async () => {
    const text = await ask('GET', '/prod/nix');
    expect(text).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
    expect(text).toContain('\r\nAccess-Control-Allow-Origin: *\r\n');
    expect(text).toContain('\r\nx-amzn-ErrorType: MissingAuthenticationTokenException\r\n');
    const body = '{"path":"/prod/nix","why":"Missing Authentication Token"}';
    expect(text).toContain(`\r\nContent-Length: ${body.length}\r\n`);
    expect(bodyOf(text)).toBe(body);
  });

  it('answer HEAD with the same head and nothing behind it', async () => {
    const text = await ask('HEAD', '/prod/nix');
    expect(text).toContain('\r\nAccess-Control-Allow-Origin: *\r\n');
    expect(text).toMatch(/\r\nContent-Length: 57\r\n/);
    expect(bodyOf(text)).toBe('');
  });

  it('have no body where their status has none', async () => {
    const text = await ask('GET', '/prod/keyed');
    expect(text).toMatch(/^HTTP\/1\.1 204 No Content\r\n/);
    expect(text).not.toMatch(/Content-Length|Transfer-Encoding/i);
    expect(bodyOf(text)).toBe('');
  });

  it('answer over HTTP/2', async () => {
    const session = connect(`https://localhost:${secure.port}`, { rejectUnauthorized: false });
    const stream = session.request({ ':path': '/prod/nix', ':authority': HOST });
    const [headers] = (await once(stream, 'response')) as [IncomingHttpHeaders];
    let body = '';
    for await (const chunk of stream) body += String(chunk);
    session.destroy();
    expect([headers[':status'], headers['access-control-allow-origin'], body]).toEqual([
      403,
      '*',
      '{"path":"/prod/nix","why":"Missing Authentication Token"}',
    ]);
  });

  it.each([
    ['an unknown stage', 'GET /other/nix HTTP/1.1', HOST, 403],
    ['an unknown API', 'GET /prod/nix HTTP/1.1', 'unknown000.execute-api.us-east-1.localhost', 403],
    ['a path without a canonical form', 'GET /prod/../x HTTP/1.1', HOST, 400],
    ['what is no HTTP', 'GET /prod/nix HTTP/9.9', HOST, 505],
  ])('are nobody’s where there is no API yet: %s', async (_, line, host, status) => {
    const { text } = await exchangeRaw(plain.port, `${line}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(text).not.toContain('Access-Control');
  });
});

describe('what only the gateway knows of a request', () => {
  it('is the base path of a custom domain', async () => {
    const matched = async (path: string, host: string) => {
      const ended = plain.nextOutcome();
      await ask('GET', path, host);
      return logged((await ended).exchange, 'customDomain.basePathMatched');
    };
    expect(await matched('/pets/open', 'api.example.com')).toBe('pets');
    expect(await matched('/open', 'api.example.com')).toBe('(none)');
    expect(await matched('/prod/open', HOST)).toBeUndefined();
  });

  it('is what TLS agreed on', async () => {
    const ended = secure.nextOutcome();
    const socket = tlsConnect({ port: secure.port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false });
    socket.write(`GET /prod/open HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
    const { exchange } = await ended;
    socket.destroy();
    expect([logged(exchange, 'tlsVersion'), logged(exchange, 'cipherSuite')]).toEqual([
      'TLSv1.3',
      expect.stringMatching(/^TLS_AES_/),
    ]);
    const plainly = plain.nextOutcome();
    await ask('GET', '/prod/open');
    expect(logged((await plainly).exchange, 'tlsVersion')).toBeUndefined();
  });
});
