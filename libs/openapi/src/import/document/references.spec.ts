import { describe, expect, it } from 'vitest';
import { imported, openApi, refusalOf } from '../import.fixture.js';

const withParameter = (reference: unknown, components: object = {}) =>
  openApi({ paths: { '/a': { get: { parameters: [{ $ref: reference }] } } }, components });

const place = 'Invalid OpenAPI input. /paths/~1a/get/parameters/0/$ref (line 12): ';

describe('references', () => {
  it.each([
    ['#/components/parameters/None', '#/components/parameters/None is not in the document'],
    ['other.yaml#/Page', 'other.yaml#/Page leads out of the document, which is not supported'],
    ['https://example.com/a.json', 'https://example.com/a.json leads out of the document, which is not supported'],
    ['Page', 'Page leads out of the document, which is not supported'],
    ['#Page', '#Page leads out of the document, which is not supported'],
    ['', ' leads out of the document, which is not supported'],
    ['#/paths/~1a/get/parameters/7', '#/paths/~1a/get/parameters/7 is not in the document'],
    ['#/__proto__/toString', '#/__proto__/toString is not in the document'],
    ['#/info/title/length', '#/info/title/length is not in the document'],
  ])('to %j are refused at their place', (reference, reason) => {
    expect(refusalOf(withParameter(reference))).toBe(`${place}${reason}`);
  });

  it('in circles are refused at their place', () => {
    const parameters = { A: { $ref: '#/components/parameters/B' }, B: { $ref: '#/components/parameters/A' } };
    expect(refusalOf(withParameter('#/components/parameters/A', { parameters }))).toBe(
      'Invalid OpenAPI input. /components/parameters/B/$ref (line 24): the reference goes in circles',
    );
    expect(refusalOf(withParameter('#/paths/~1a/get/parameters/0'))).toBe(`${place}the reference goes in circles`);
  });

  it('may name anything in the document, escaped and percent-encoded', () => {
    const parameters = { 'a/b c~': { name: 'x', in: 'query' } };
    const { definition } = imported(withParameter('#/components/parameters/a~1b%20c~0', { parameters }));
    expect(definition.resources[0]?.methods[0]?.requestParameters).toEqual({ 'method.request.querystring.x': false });
  });

  it('that make a document grow are refused', () => {
    const parameters = Array.from({ length: 2_000 }, (_, index) => ({ name: `p${index}`, in: 'query' }));
    const big = { get: { parameters }, put: { parameters }, post: { parameters } };
    const paths = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`/a${index}`, { $ref: '#/x-big' }]));
    expect(refusalOf(openApi({ 'x-big': big, paths }))).toMatch(/\/paths\/~1a\d+ \(line \d+\): references bring in too much/);
  });
});
