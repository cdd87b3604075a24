import { describe, expect, it } from 'vitest';
import { toWire } from './to-wire.js';

const date = new Date('2026-03-01T10:00:00.999Z');

describe('toWire', () => {
  it('writes dates as whole seconds since the epoch in v1', () => {
    expect(toWire({ item: [{ createdDate: date }] }, 'apigateway')).toEqual({ item: [{ createdDate: 1772359200 }] });
  });

  it('writes dates as ISO 8601 with whole seconds in v2', () => {
    expect(toWire({ items: [{ createdDate: date }] }, 'apigatewayv2')).toEqual({
      items: [{ createdDate: '2026-03-01T10:00:00Z' }],
    });
  });

  it('leaves members without value out of the JSON and everything else as it is', () => {
    const answer = toWire({ a: undefined, b: null, c: [], d: {}, e: false, f: 0, g: '' }, 'apigateway');
    expect(JSON.stringify(answer)).toBe('{"b":null,"c":[],"d":{},"e":false,"f":0,"g":""}');
  });
});
