// node tools/run.mjs <entry> [arguments]: builds what changed, then runs the entry in this process, so that signals and the exit code are its own.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const OLDEST_NODE = 22;
const root = path.resolve(import.meta.dirname, '..');

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) runWithPinnedNode();
else await runHere();

async function runHere() {
  const [entry, ...args] = process.argv.slice(2);
  if (!entry) {
    console.error('usage: node tools/run.mjs <entry> [arguments]');
    process.exit(2);
  }
  const { build } = await import('./build.mjs');
  await build();
  const file = path.resolve(root, entry);
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
}

/** `npm run` and `npx` put the pinned Node.js first on PATH; a plain `node tools/run.mjs` may be an older one. */
function runWithPinnedNode() {
  const pinned = path.join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin/node');
  if (!fs.existsSync(pinned)) {
    console.error(`Gatehouse needs Node.js ${OLDEST_NODE} or newer; this is ${process.versions.node}.`);
    process.exit(1);
  }
  const child = spawn(pinned, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => (signal ? process.kill(process.pid, signal) : process.exit(code ?? 1)));
}
