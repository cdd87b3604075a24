import { dataPlaneKey } from '@gatehouse/snapshot';
import { describe, expect, it } from 'vitest';
import { codeLocation, readCodeLocation } from './code-location.js';

const key = dataPlaneKey(Buffer.alloc(32, 1));
const older = dataPlaneKey(Buffer.alloc(32, 2));
const name = { accountId: '000000000000', region: 'us-east-1', sha256: 'ab'.repeat(32) };

describe('codeLocation', () => {
  it('is read by whoever has the key that signed it, until it expires', () => {
    const location = codeLocation(older, name, 1_000);
    expect(readCodeLocation([key, older], location, 1_000_000)).toEqual(name);
    expect(readCodeLocation([key], location, 1_000_000)).toBeNull();
    expect(readCodeLocation([key, older], location, 1_000_001)).toBeNull();
  });

  it('leads nowhere else when any part of it is changed', () => {
    const location = codeLocation(key, name, 1_000);
    const changes = [
      location.replace('000000000000', '000000000001'),
      location.replace('us-east-1', 'us-east-2'),
      location.replace('/abab', '/abac'),
      location.replace('expires=1000', 'expires=9999999999'),
      location.replace(/signature=../, 'signature='),
      location.replace(/&signature=.*/, ''),
      location.replace(/expires=1000&/, ''),
      '//x',
    ];
    for (const changed of changes) expect(readCodeLocation([key], changed, 0), changed).toBeNull();
    expect(readCodeLocation([key], location, 0)).toEqual(name);
  });
});
