import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const NAMES = /\b(?:GATEHOUSE(?:_[A-Z]+\d*)+|DATABASE_URL|REDIS_URL)\b/g;

/** The variables that a text names. A prefix that code completes (`GATEHOUSE_GATEWAY` + `_HOST`) is not one. */
const variablesIn = (text: string) => [...text.matchAll(NAMES)].map(([name]) => name);

function sources(): string[] {
  return ['apps', 'libs'].flatMap((folder) =>
    readdirSync(path.join(root, folder)).flatMap((project) => {
      const src = path.join(root, folder, project, 'src');
      const files = readdirSync(src, { recursive: true, encoding: 'utf8' });
      return files.filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')).map((file) => path.join(src, file));
    }),
  );
}

const documentation = readFileSync(path.join(root, 'docs/configuration.md'), 'utf8');
const documented = new Set([...documentation.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map((match) => match[1]!));
const named = new Set(sources().flatMap((file) => variablesIn(readFileSync(file, 'utf8'))));

describe('docs/configuration.md', () => {
  it('has a row for every variable that the code names', () => {
    const prefixes = new Set([...documented].map((name) => name.replace(/_(?:HOST|PORT)$/, '')));
    expect([...named].filter((name) => !documented.has(name) && !prefixes.has(name))).toEqual([]);
  });

  it('has no row for a variable that no code names', () => {
    // GATEHOUSE_X_HOST and GATEHOUSE_X_PORT may be put together from the prefix GATEHOUSE_X.
    const known = (name: string) => named.has(name) || named.has(name.replace(/_(?:HOST|PORT)$/, ''));
    expect([...documented].filter((name) => !known(name))).toEqual([]);
  });

  it('is needed: there are variables', () => {
    expect(documented.size).toBeGreaterThan(20);
    expect(variablesIn("env['GATEHOUSE_DATA_DIR'] + `${prefix}_HOST` + DATABASE_URL")).toEqual([
      'GATEHOUSE_DATA_DIR',
      'DATABASE_URL',
    ]);
  });
});

describe('manifests and the README', () => {
  it.each([
    'deploy/compose.yaml',
    'deploy/Dockerfile',
    'deploy/kubernetes/base/control-plane.yaml',
    'deploy/kubernetes/base/functions.yaml',
    'deploy/kubernetes/base/gateway.yaml',
    'deploy/README.md',
    'README.md',
  ])('%s names documented variables only', (file) => {
    const names = variablesIn(readFileSync(path.join(root, file), 'utf8'));
    expect(names.filter((name) => !documented.has(name))).toEqual([]);
  });
});
