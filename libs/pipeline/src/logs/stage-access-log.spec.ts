import { gatewayFrom, restApiModel, type TestCall } from '@gatehouse/testing';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../exchange.js';
import { StageAccessLog } from './stage-access-log.js';

const gateway = gatewayFrom(restApiModel({ 'GET /pets/{id}': {}, 'GET /keyed': { apiKeyRequired: true } }));
const exchangeOf = async (call: TestCall = {}): Promise<Exchange> => {
  const { exchange } = await gateway.call({ path: '/pets/7', ...call });
  exchange.responseLength = 12;
  return exchange;
};
const line = (format: string, exchange: Exchange) => new StageAccessLog({ logGroup: 'g', format }, false).line(exchange);

describe('the access log of a stage', () => {
  it('has the common log format', async () => {
    const exchange = await exchangeOf();
    const format =
      '$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] ' +
      '"$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength $context.requestId';
    expect(line(format, exchange)).toMatch(
      new RegExp(
        String.raw`^192\.0\.2\.7 - - \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET /pets/\{id\} HTTP/1\.1" 200 12 ${exchange.requestId}$`,
      ),
    );
  });

  it('has values, a dash for what is absent or unknown, and everything else as it is written', async () => {
    const exchange = await exchangeOf();
    expect(
      line(
        '$context.stage-$context.httpMethod ${context.status} $context.nix $context.error.message $stageVariables.x $5 é',
        exchange,
      ),
    ).toBe('prod-GET 200 - - $stageVariables.x $5 \u00c3\u00a9');
    expect(line('$context.constructor $context.authorizer.__proto__', exchange)).toBe('- -');
  });

  it('tells of errors', async () => {
    const { exchange } = await gateway.call({ path: '/keyed' });
    const format = '{"status":$context.status,"error":$context.error.messageString,"type":"$context.error.responseType"}';
    expect(JSON.parse(line(format, exchange))).toEqual({ status: 403, error: 'Forbidden', type: 'INVALID_API_KEY' });
  });

  it('is one line, whatever the format says', async () => {
    expect(line('$context.stage\n', await exchangeOf())).toBe('prod');
    expect(line('a\r\n$context.stage\u0000b\r\n\n', await exchangeOf())).toBe('a  prod b');
  });

  it('of a canary release is in a group of its own', () => {
    expect(new StageAccessLog({ logGroup: 'g', format: '' }, true).logGroup).toBe('g/Canary');
  });

  const EVIL = '","status":200,"x":"\\\r\n{"status":200}\u0085\u2028\u001b[31m</ua><ua>&\'é';
  const evilBytes = Buffer.from(EVIL, 'utf8').toString('latin1');

  it('security class: CR/LF and header injection: a value ends neither its line nor its place in JSON', async () => {
    const exchange = await exchangeOf({ headers: ['User-Agent', evilBytes] });
    const written = line('{"ua":"$context.identity.userAgent","status":$context.status}', exchange);
    expect(written).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(written)).toEqual({ ua: EVIL, status: 200 });
    exchange.error = { ...(await gateway.call({ path: '/nix' })).exchange.error!, message: `${EVIL}\u009b` };
    const message = line('{"message":$context.error.messageString}', exchange);
    expect(message).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(message)).toEqual({ message: `${EVIL}\u009b` });
  });

  it('security class: CR/LF and header injection: nor in XML, nor in quotes of other formats', async () => {
    const exchange = await exchangeOf({ headers: ['User-Agent', evilBytes] });
    const xml = line('<r><ua a="$context.identity.userAgent">$context.identity.userAgent</ua></r>', exchange);
    expect(xml).toMatch(/^[\x20-\x7e]*$/);
    expect(xml.match(/[<>"]/g)).toHaveLength('<r><ua a=""></ua></r>'.match(/[<>"]/g)!.length);
    expect(xml).toContain('&#38;&#39;&#233;');
    expect(xml).toContain('&#65533;&#65533;{');
    const clf = line('"$context.identity.userAgent" $context.status', exchange);
    expect(clf.replaceAll(/\\./g, '').match(/"/g)).toHaveLength(2);
  });

  it('does not grow with what a client sends', async () => {
    const exchange = await exchangeOf({ headers: ['User-Agent', 'x'.repeat(100_000)] });
    expect(line('$context.identity.userAgent', exchange)).toHaveLength(2048);
    expect(line('$context.identity.userAgent'.repeat(1000), exchange)).toHaveLength(262_144);
  });
});
