import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { operationsDocument } from './operations-document.js';

describe('docs/operations.md', () => {
  const rows = operationsDocument().split('\n');
  const rowOf = (name: string) => rows.find((row) => row.startsWith(`| ${name} | apigateway |`));

  it('is what the services give; `npm run generate` writes it', () => {
    const file = path.resolve(import.meta.dirname, '../../../docs/operations.md');
    expect(readFileSync(file, 'utf8').split('\n')).toEqual(rows);
  });

  it('lists every operation once', () => {
    expect(rows.filter((row) => /\| (built|501) \|$/.test(row))).toHaveLength(257);
  });

  it('knows what is left of REST APIs', () => {
    const left = rows.filter((row) => / \| apigateway \| .* \| 501 \|$/.test(row)).map((row) => row.split(' ')[1]);
    expect(left).toEqual(['GetSdk', 'GetSdkType', 'GetSdkTypes']);
  });

  it('calls built what a service overrides, and nothing else', () => {
    expect(rowOf('CreateRestApi')).toBe('| CreateRestApi | apigateway | rest-apis | `POST /restapis` | built |');
    expect(rowOf('ImportRestApi')).toBe('| ImportRestApi | apigateway | rest-apis | `POST /restapis?mode=import` | built |');
    expect(rowOf('GetSdkTypes')).toBe('| GetSdkTypes | apigateway | sdks | `GET /sdktypes` | 501 |');
  });
});
