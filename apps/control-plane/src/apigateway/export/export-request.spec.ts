import { describe, expect, it } from 'vitest';
import { exportMediaType } from './export-request.js';

describe('the media type of an export', () => {
  it.each([
    [undefined, 'json'],
    ['', 'json'],
    ['*/*', 'json'],
    ['application/json', 'json'],
    ['application/yaml', 'yaml'],
    ['Application/YAML; charset=utf-8', 'yaml'],
    ['application/yaml;q=0.9, application/json;q=0.1', 'yaml'],
    ['application/json;q=0.1, application/yaml;q=0.9', 'yaml'],
    ['application/yaml ; Q=0.1 , application/json', 'json'],
    ['application/yaml, application/json', 'yaml'],
    ['application/json, application/yaml', 'json'],
    ['application/yaml, */*', 'yaml'],
    ['*/*, application/yaml', 'yaml'],
    ['application/yaml;q=0.5, */*', 'json'],
    ['application/json;q=0, */*;q=0.1', 'yaml'],
    ['text/html, application/*;q=0.2', 'json'],
    ['application/json;q=0.2, application/*;q=0.5', 'yaml'],
    ['application/json;q=2, application/yaml;q=0.001', 'yaml'],
  ])('for Accept %j is %s', (accept, type) => {
    expect(exportMediaType(accept)).toBe(`application/${type}`);
  });

  it.each([
    'text/html',
    'application/json;q=0',
    'application/yaml;q=0, application/json;q=0',
    '*/*;q=0',
    'application/json;q=x',
    ',',
  ])('is none for Accept %j', (accept) => {
    expect(() => exportMediaType(accept)).toThrow('Unsupported export content type');
  });
});
