import { describe, expect, it } from 'vitest';
import { RequestMapping } from './request-mapping.js';

const mappingTo = (name: string) =>
  new RequestMapping(
    [{ target: { in: 'header', name }, source: { from: 'context', name: 'requestId' } }],
    [],
    (sealed) => sealed,
  );

describe('security class: CR/LF and header injection', () => {
  it.each(['X Y', 'X:', 'X\r\nY', ''])('a document that maps to the header %j is not served', (name) =>
    expect(() => mappingTo(name)).toThrow('no header'),
  );
  it('one that maps to a header is', () => expect(mappingTo('X-Y').hasHeaders).toBe(true));
});
