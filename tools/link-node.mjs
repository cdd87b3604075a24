// Puts the pinned Node.js (an ordinary, integrity-locked dependency) at node_modules/.bin/node, which `npm run` and `npx` put first on PATH.
// npm 10 drops that link when two optional platform packages both declare it, so the root postinstall makes it again.
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const link = path.join(root, 'node_modules/.bin/node');
const pinned = path.join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin/node');

if (fs.existsSync(pinned)) {
  fs.rmSync(link, { force: true });
  fs.mkdirSync(path.dirname(link), { recursive: true });
  fs.symlinkSync(path.relative(path.dirname(link), pinned), link);
} else if (Number(process.versions.node.split('.')[0]) < 22) {
  console.error('Gatehouse runs on Node.js 24 and found no pinned build for this platform: install Node.js 22 or newer.');
  process.exit(1);
}
