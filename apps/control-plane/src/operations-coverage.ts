import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { operationsDocument } from './operations-document.js';

// Runs from dist. Without arguments it writes docs/operations.md; with --check it exits with code 1 when the file is not what it would write.
const file = path.resolve(import.meta.dirname, '../../../docs/operations.md');
const wanted = operationsDocument();

if (!process.argv.includes('--check')) {
  writeFileSync(file, wanted);
  console.log('docs/operations.md written');
} else if (read() !== wanted) {
  console.error('differs from the services: docs/operations.md');
  process.exitCode = 1;
}

function read(): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
