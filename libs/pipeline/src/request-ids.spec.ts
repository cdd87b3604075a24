import { describe, expect, it } from 'vitest';
import { isUuid, newExtendedRequestId, newRequestId, newTraceRoot } from './request-ids.js';

describe('request ids', () => {
  const many = <T>(make: () => T) => Array.from({ length: 1000 }, make);

  it('are random UUIDs of version 4', () => {
    const ids = many(newRequestId);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(isUuid(id)).toBe(true);
    }
    expect(new Set(ids).size).toBe(ids.length);
    for (const place of [0, 7, 9, 19, 35]) expect(new Set(ids.map((id) => id[place])).size).toBe(place === 19 ? 4 : 16);
  });

  it('are, extended, eight random bytes in base64', () => {
    const ids = many(newExtendedRequestId);
    for (const id of ids) {
      const bytes = Buffer.from(id, 'base64');
      expect(bytes).toHaveLength(8);
      expect(bytes.toString('base64')).toBe(id);
    }
    expect(new Set(ids).size).toBe(ids.length);
    for (let place = 0; place < 8; place++) {
      expect(new Set(ids.map((id) => Buffer.from(id, 'base64')[place])).size).toBeGreaterThan(200);
    }
  });

  it('of traces have the second of their arrival and 24 random digits', () => {
    const roots = many(() => newTraceRoot(0x67891233 * 1000 + 999));
    for (const root of roots) expect(root).toMatch(/^Root=1-67891233-[0-9a-f]{24}$/);
    expect(new Set(roots).size).toBe(roots.length);
    expect(newTraceRoot(5000)).toMatch(/^Root=1-00000005-/);
  });
});
