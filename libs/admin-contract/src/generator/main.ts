import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generatedFiles } from './generated-files.js';

// Runs from dist/generator; the sources it writes stand beside dist.
const project = path.resolve(import.meta.dirname, '../..');
const target = path.join(project, 'src/generated');

const wanted = generatedFiles(path.join(project, 'aws-model'));
const present = existsSync(target)
  ? readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  : [];
const different = [...wanted].filter(
  ([name, text]) => !present.includes(name) || readFileSync(path.join(target, name), 'utf8') !== text,
);
const obsolete = present.filter((name) => !wanted.has(name));

if (process.argv.includes('--check')) {
  for (const name of [...different.map(([each]) => each), ...obsolete])
    console.error(`differs from its model: src/generated/${name}`);
  if (different.length + obsolete.length > 0) process.exitCode = 1;
} else {
  for (const name of obsolete) rmSync(path.join(target, name));
  for (const [name, text] of different) {
    mkdirSync(path.dirname(path.join(target, name)), { recursive: true });
    writeFileSync(path.join(target, name), text);
  }
  console.log(`${wanted.size} files, ${different.length} written, ${obsolete.length} removed`);
}
