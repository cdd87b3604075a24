import { describe, expect, it } from 'vitest';
import { escapeSegment, pointerSegments } from './json-pointer.js';

describe('pointerSegments', () => {
  it('unescapes slashes and tildes, in this order', () => {
    expect(pointerSegments('/requestTemplates/application~1json')).toEqual(['requestTemplates', 'application/json']);
    expect(pointerSegments('/~1pets~1{id}/GET')).toEqual(['/pets/{id}', 'GET']);
    expect(pointerSegments('/~01')).toEqual(['~1']);
  });

  it('refuses what is no pointer to a member', () => {
    for (const text of ['', 'name', 'a/b', '/a~2b', '/a~']) expect(pointerSegments(text)).toBeUndefined();
  });

  it('gives back what escapeSegment made', () => {
    for (const text of ['application/json', '~', '~1', 'a/b~c', '__proto__']) {
      expect(pointerSegments(`/${escapeSegment(text)}`)).toEqual([text]);
    }
  });
});
