import { describe, expect, it } from 'vitest';
import { UriTemplate, type Endpoint, type EndpointFault, type PlaceholderValue } from './endpoint-uri.js';

const show = (endpoint: Endpoint | EndpointFault | null) =>
  endpoint !== null && typeof endpoint === 'object'
    ? `${endpoint.origin} ${endpoint.path}${endpoint.query && `?${endpoint.query}`}`
    : endpoint;

/** Renders `uri`; values whose name begins with `path` come from the request's path. */
function render(uri: string, values: Record<string, string | undefined> = {}, variables: Record<string, string> = {}) {
  const names = Object.keys(values);
  const given = names.map((name): PlaceholderValue | undefined => {
    const bytes = values[name];
    return bytes === undefined ? undefined : { bytes, encoded: name.startsWith('path') };
  });
  const onStage = new UriTemplate(uri, names).onStage(new Map(Object.entries(variables)));
  return show(onStage.constant ?? onStage.render(given));
}

describe('the URI of an integration', () => {
  it.each([
    ['http://host', 'http://host /'],
    ['http://host?a=b', 'http://host /?a=b'],
    ['HTTPS://Host:443/a/b', 'https://host /a/b'],
    ['http://host:8080/a?b=c#d', 'http://host:8080 /a?b=c'],
    ['http://host/a b"é', 'http://host /a%20b%22%C3%A9'],
    ['http://host/{x}', 'http://host /%7Bx%7D'],
    ['http://host/a/../b', 'http://host /a/../b'],
    ['http://[::1]:80/a', 'http://[::1] /a'],
  ])('%s is settled without a request', (uri, shown) => expect(render(uri)).toBe(shown));

  it.each(['ftp://host/', 'http://', 'http://user:pass@host/', 'http://host:99999/', '', 'host/a', 'http://a b/'])(
    '%j is invalid',
    (uri) => expect(render(uri)).toBe('invalid'),
  );

  it('takes values of the path as they are, and encodes others', () => {
    expect(render('http://host/{pathA}/x', { pathA: 'a%2Fb/c' })).toBe('http://host /a%2Fb/c/x');
    expect(render('http://host/{a}/x', { a: 'a/b?c#d e%' })).toBe('http://host /a%2Fb%3Fc%23d%20e%25/x');
  });

  it('encodes values in the query, also those of the path', () => {
    expect(render('http://host/?q={pathA}', { pathA: 'a&b=c%26+' })).toBe('http://host /?q=a%26b%3Dc%26%2B');
    expect(render('http://host/?q={a}&r=1', { a: 'x&y' })).toBe('http://host /?q=x%26y&r=1');
  });

  it('leaves a placeholder without a value as it is', () => {
    expect(render('http://host/{a}/x', { a: undefined })).toBe('http://host /%7Ba%7D/x');
  });

  it('puts stage variables in, nothing where they are missing', () => {
    const variables = { host: 'back.internal:8080', base: 'v1/v2' };
    expect(render('http://${stageVariables.host}/${stageVariables.base}/x', {}, variables)).toBe(
      'http://back.internal:8080 /v1/v2/x',
    );
    expect(render('${stageVariables.url}/x', {}, { url: 'https://host' })).toBe('https://host /x');
    expect(render('http://host/a${stageVariables.missing}b')).toBe('http://host /ab');
    expect(render('http://${stageVariables.missing}/x')).toBe('invalid');
  });

  it("security class: tenants' names as object keys: a variable named constructor is empty unless it is there", () => {
    expect(render('http://host/${stageVariables.constructor}x')).toBe('http://host /x');
    expect(render('http://host/${stageVariables.__proto__}x')).toBe('http://host /x');
    expect(render('http://host/${stageVariables.constructor}', {}, { constructor: 'here' })).toBe('http://host /here');
  });

  it('security class: CR/LF: nothing in a URI ends a line', () => {
    expect(render('http://host/${stageVariables.x}', {}, { x: 'a\r\nX: y' })).toBe('http://host /a%0D%0AX:%20y');
    expect(render('http://host/?q={a}', { a: '\r\nX: y' })).toBe('http://host /?q=%0D%0AX%3A%20y');
    expect(render('http://host/{a}', { a: '\r\nX: y' })).toBe('unmappable');
    expect(render('http://ho${stageVariables.x}st/', {}, { x: '\r\n' })).toMatch(/^(invalid|http:\/\/host \/)$/);
  });

  it.each([
    ['http://host/{a}', '..'],
    ['http://host/x/{a}/y', '..'],
    ['http://host/x/{a}', '.'],
    ['http://host/x/.{a}/y', '.'],
    ['http://host/x/{pathA}/y', '..'],
    ['http://{a}/x/{b}/y', '..'],
    ['http://host/x/{a}', '../admin'],
    ['http://host/x/{a}', 'y/../../admin'],
    ['http://host/x/{a}', '..\\admin'],
    ['http://host/x/{a}', 'a\\b'],
    ['http://host/x/{a}', '..;v=1/admin'],
    ['http://host/x/{a}', 'a\0b'],
    ['http://host/x/{a}', 'a\nb'],
    ['http://host/x/..{a}', '/admin'],
    ['http://host/x/../{a}', '..'],
    ['http://host/x/../{a}', '../admin'],
    ['http://host/x/{pathA}', '..%2Fadmin'],
    ['http://host/x/{pathA}', 'a%5Cb'],
    ['http://host/x/{pathA}', 'a%00b'],
    ['http://{a}/x/{b}', '../admin'],
    ['http://{a}/x/{b}', 'a\\b'],
    ['http://host/x/..%2{a}', 'Fadmin'],
    ['http://host/x/..%{a}', '2Fadmin'],
    ['http://host/x/{pathA}', 'a/../b'],
    ['http://host/x/{pathA}', 'a/..'],
    ['http://host/x/{pathA}', 'a%2F..%2Fb'],
    ['http://host/x/.{a}', '.'],
    ['http://host/x/{a}./y', '.'],
  ])('security class: path normalisation: in %s the value %j leads nowhere', (uri, value) => {
    const values = uri.includes('{pathA}') ? { pathA: value } : uri.includes('{b}') ? { a: 'host', b: value } : { a: value };
    expect(render(uri, values)).toBe('unmappable');
  });

  it.each([
    ['http://host/x/../{a}', 'b', 'http://host /x/../b'],
    ['http://host/x%2f../{a}', 'b', 'http://host /x%2f../b'],
    ['http://host/x/{a}', 'a..b/...', 'http://host /x/a..b%2F...'],
    ['http://host/x?q={a}', '../\\', 'http://host /x?q=..%2F%5C'],
    ['http://host/x/{a}', '%2e%2e', 'http://host /x/%252e%252e'],
    ['http://host/x/{pathA}', 'a.b/..c/d..', 'http://host /x/a.b/..c/d..'],
    ['http://host/x/..{a}', 'b', 'http://host /x/..b'],
    ['http://host/x/{a}/%2e', 'a-b_c~1.json', 'http://host /x/a-b_c~1.json/%2e'],
  ])('in %s the value %j leads nowhere and passes', (uri, a, shown) =>
    expect(render(uri, uri.includes('{pathA}') ? { pathA: a } : { a })).toBe(shown),
  );

  it('may have a placeholder in its authority', () => {
    expect(render('http://{a}.host:8080/x', { a: 'one' })).toBe('http://one.host:8080 /x');
    expect(render('http://host{a}', { a: 'one' })).toBe('http://hostone /');
    expect(render('http://{a}/x', { a: 'evil@host' })).toMatch(/^(invalid|unmappable)$/);
    expect(render('http://{a}/x', { a: 'host/y' })).toMatch(/^(invalid|unmappable)$/);
  });
});
