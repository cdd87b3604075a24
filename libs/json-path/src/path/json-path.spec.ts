import { describe, expect, it } from 'vitest';
import { compileJsonPath, parseJson, writeJson } from '../index.js';

describe('a path', () => {
  it('leads a definite path to its value, and others to a list', () => {
    const document = parseJson('{"pets":[{"name":"Rex"},{"name":"Tom"}]}');
    const definite = compileJsonPath('$.pets[1].name');
    const indefinite = compileJsonPath('$..name');
    expect([definite.isDefinite, indefinite.isDefinite]).toEqual([true, false]);
    expect(definite.read(document)).toBe('Tom');
    expect(writeJson(indefinite.read(document) ?? null)).toBe('["Rex","Tom"]');
  });
});
