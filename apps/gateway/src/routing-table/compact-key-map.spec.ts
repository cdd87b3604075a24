import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CompactKeyMap } from './compact-key-map.js';

const hashOf = (value: string) => hash('sha256', value, 'binary');
const record = (apiKeyId: string, value = apiKeyId, usagePlanIds = ['plan01'], enabled = true) => ({
  apiKeyId,
  valueHash: hash('sha256', value, 'hex'),
  enabled,
  usagePlanIds,
});

describe('CompactKeyMap', () => {
  it('finds what was set, by the hash of its value', () => {
    const map = new CompactKeyMap();
    map.set(record('key1', 'value-1', ['a', 'b'], false));
    expect(map.find(hashOf('value-1'))).toEqual({ apiKeyId: 'key1', enabled: false, usagePlanIds: ['a', 'b'] });
    expect(map.find(hashOf('key1'))).toBeUndefined();
    expect(map.size).toBe(1);
  });

  it('replaces a key of the same id, whatever changed', () => {
    const map = new CompactKeyMap();
    map.set(record('key1', 'old'));
    map.set(record('key1', 'new', []));
    expect(map.find(hashOf('old'))).toBeUndefined();
    expect(map.find(hashOf('new'))).toEqual({ apiKeyId: 'key1', enabled: true, usagePlanIds: [] });
    expect(map.size).toBe(1);
  });

  it('forgets', () => {
    const map = new CompactKeyMap();
    map.set(record('key1'));
    map.delete('key1');
    map.delete('key1');
    map.delete('never');
    expect(map.find(hashOf('key1'))).toBeUndefined();
    expect(map.size).toBe(0);
  });

  it('keeps a set of usage plans only while a key has it', () => {
    const map = new CompactKeyMap();
    for (let n = 0; n < 1000; n++) {
      map.set(record('changing', 'changing', ['plan', `plan${n}`]));
      map.set(record(`passing${n}`, `passing${n}`, [`only${n}`]));
      map.delete(`passing${n}`);
      map.set(record('staying', 'staying', ['plan', 'plan7']));
    }
    expect(map.planSetCount).toBe(2);
    expect(map.find(hashOf('changing'))?.usagePlanIds).toEqual(['plan', 'plan999']);
    expect(map.find(hashOf('staying'))?.usagePlanIds).toEqual(['plan', 'plan7']);
  });

  it('finds a value whose key was made again under another id', () => {
    const map = new CompactKeyMap();
    map.set(record('key1', 'value'));
    map.delete('key1');
    map.set(record('key2', 'value'));
    expect(map.find(hashOf('value'))?.apiKeyId).toBe('key2');
  });

  it.each(['elevenchars', 'twelve chars', 'x'.repeat(300), 'k\u00e9y', '\u2603', ''])('keeps the id %j', (id) => {
    const map = new CompactKeyMap();
    for (const other of ['before', id, 'after']) map.set(record(other, `value of ${other}`));
    expect(map.find(hashOf(`value of ${id}`))?.apiKeyId).toBe(id);
    map.set(record(id, 'changed'));
    expect(map.find(hashOf('changed'))?.apiKeyId).toBe(id);
    map.delete(id);
    expect(map.find(hashOf('changed'))).toBeUndefined();
    map.set(record('short', 'in its place'));
    expect(map.find(hashOf('in its place'))?.apiKeyId).toBe('short');
    expect(map.size).toBe(3);
  });

  it('tells keys apart whose hashes begin alike', () => {
    const map = new CompactKeyMap();
    const digits = (end: string) => `01234567${'89abcdef'.repeat(6)}0000000${end}`;
    const bytes = (end: string) => Buffer.from(digits(end), 'hex').toString('latin1');
    for (const end of ['a', 'b', 'c']) map.set({ ...record(end), valueHash: digits(end) });
    expect(['a', 'b', 'c', 'd'].map((end) => map.find(bytes(end))?.apiKeyId)).toEqual(['a', 'b', 'c', undefined]);
  });

  it("security class: tenants' names as object keys", () => {
    const map = new CompactKeyMap();
    for (const name of ['constructor', '__proto__', '']) map.set(record(name, `value of ${name}`, [name]));
    for (const name of ['constructor', '__proto__', '']) {
      expect(map.find(hashOf(`value of ${name}`))).toEqual({ apiKeyId: name, enabled: true, usagePlanIds: [name] });
    }
  });

  it('behaves as a Map does over many changes', () => {
    const map = new CompactKeyMap();
    const model = new Map<string, string>();
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48_271) % 0x7fffffff) % below;
    for (let step = 0; step < 20_000; step++) {
      const id = `key${random(3000)}`;
      if (random(3) === 0) {
        model.delete(id);
        map.delete(id);
      } else {
        const value = `${id}.${random(4)}`;
        model.set(id, value);
        map.set(record(id, value, [`plan${random(50)}`]));
      }
    }
    expect(map.size).toBe(model.size);
    for (let id = 0; id < 3000; id++) {
      for (let version = 0; version < 4; version++) {
        const value = `key${id}.${version}`;
        expect(map.find(hashOf(value))?.apiKeyId).toBe(model.get(`key${id}`) === value ? `key${id}` : undefined);
      }
    }
  });
});
