import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const documents = [
  'README.md',
  'deploy/README.md',
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
];

it.each(documents.filter((name) => name.endsWith('.md')))('links in %s lead to files', (document) => {
  const targets = [...readFileSync(path.join(root, document), 'utf8').matchAll(/\]\(([^)#\s]+)/g)].map((match) => match[1]!);
  const local = targets.filter((target) => !/^[a-z]+:/.test(target));
  expect(local.filter((target) => !existsSync(path.join(root, path.dirname(document), target)))).toEqual([]);
});
