import { describe, expect, it } from 'vitest';
import { requestMappingErrors, responseMappingErrors } from './parameter-mapping.js';

const declared = [
  'method.request.header.h',
  'method.request.querystring.q',
  'method.request.path.p',
  'method.request.path.__proto__',
];
const source = (text: string) => requestMappingErrors({ 'integration.request.header.x': text }, declared);
const key = (text: string) => requestMappingErrors({ [text]: "'x'" }, declared);

describe('requestMappingErrors', () => {
  it('takes well-formed sources', () => {
    for (const text of [
      ...declared,
      'method.request.multivalueheader.h',
      'method.request.multivaluequerystring.q',
      'method.request.body',
      'method.request.body.$.a[0]',
      'stageVariables.name',
      'context.requestId',
      'context.identity.sourceIp',
      "'static value'",
      "''",
      "'it''s'",
    ]) {
      expect(source(text)).toEqual([]);
    }
  });

  it('names sources that are not well formed', () => {
    for (const text of [
      'true',
      '',
      '"*"',
      '*',
      "'open",
      'method.request.cookie.x',
      'integration.response.header.h',
      'context.',
      'stageVariables.',
      'a b',
    ]) {
      expect(source(text)).toEqual([`Invalid mapping expression specified: ${text}`]);
    }
  });

  it('security class: a static value cannot end a header', () => {
    for (const text of ["'a\r\nx: y'", "'a\nb'", "'a\0b'"])
      expect(source(text)).toEqual([`Invalid mapping expression specified: ${text}`]);
  });

  it('names parameters that the method does not declare', () => {
    for (const text of ['method.request.path.q', 'method.request.header.constructor', 'method.request.multivalueheader.q']) {
      expect(source(text)).toEqual([`Invalid mapping expression parameter specified: ${text}`]);
    }
  });

  it('takes well-formed keys and names others', () => {
    for (const text of [
      'integration.request.header.X-A',
      'integration.request.querystring.a.b',
      'integration.request.path.__proto__',
    ]) {
      expect(key(text)).toEqual([]);
    }
    for (const text of [
      'wrong',
      'integration.request.body',
      'integration.request.header.',
      'integration.request.header.a b',
      'method.request.header.a',
    ]) {
      expect(key(text)).toEqual([`Invalid mapping expression parameter specified: ${text}`]);
    }
  });

  it('collects all findings', () => {
    expect(requestMappingErrors({ 'integration.request.header.x': 'true', wrong: 'x' }, [])).toEqual([
      'Invalid mapping expression specified: true',
      'Invalid mapping expression parameter specified: wrong',
    ]);
  });
});

describe('responseMappingErrors', () => {
  const header = 'method.response.header.h';

  it('takes well-formed sources for declared headers', () => {
    for (const text of [
      'integration.response.header.Content-Type',
      'integration.response.multivalueheader.Set-Cookie',
      'integration.response.body',
      'integration.response.body.$.a',
      'stageVariables.v',
      'context.requestId',
      "'*'",
    ]) {
      expect(responseMappingErrors({ [header]: text }, [header])).toEqual([]);
    }
  });

  it('names sources that are not well formed and headers that are not declared', () => {
    expect(responseMappingErrors({ [header]: '"*"' }, [header])).toEqual(['Invalid mapping expression specified: "*"']);
    expect(responseMappingErrors({ [header]: 'method.request.header.x' }, [header])).toEqual([
      'Invalid mapping expression specified: method.request.header.x',
    ]);
    expect(responseMappingErrors({ [header]: "'*'" }, [])).toEqual([`Invalid mapping expression parameter specified: ${header}`]);
    expect(responseMappingErrors({ wrong: "'*'" }, ['wrong'])).toEqual(['Invalid mapping expression parameter specified: wrong']);
  });

  it('needs a method response as soon as it maps anything', () => {
    expect(responseMappingErrors({}, undefined)).toEqual([]);
    expect(responseMappingErrors({ [header]: "'*'" }, undefined)).toEqual(['No method response exists for method.']);
  });
});

describe('long mappings', () => {
  it('cost no more for each parameter than short ones', () => {
    const names = Array.from({ length: 60_000 }, (_, index) => `p${index}`);
    const many = names.map((name) => `method.request.querystring.${name}`);
    const mapping = Object.fromEntries(names.map((name, index) => [`integration.request.querystring.${name}`, many[index]!]));
    const busy = process.cpuUsage();
    expect(requestMappingErrors(mapping, many)).toEqual([]);
    expect(process.cpuUsage(busy).user / 1000).toBeLessThan(2_000);
  });
});
