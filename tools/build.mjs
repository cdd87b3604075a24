// Builds all projects with `tsc -b`, or knows that nothing changed since the last build: comparing names, times and sizes of a thousand files
// takes milliseconds, asking the compiler takes a second.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const cache = path.join(root, '.cache');
const stamp = path.join(cache, 'build-stamp');
const lock = path.join(cache, 'build-lock');

/** Brings every `dist` up to date; says so on standard error when that takes work. Ends the process when the sources do not compile. */
export async function build() {
  if (isUpToDate()) return;
  await holdLock();
  try {
    if (isUpToDate()) return; // another command built while this one waited
    const fingerprint = sourceFingerprint();
    console.error('Building ...');
    const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-b'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    if (status !== 0) {
      console.error('The build failed.');
      fs.rmSync(lock, { force: true });
      process.exit(1);
    }
    fs.writeFileSync(stamp, fingerprint);
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

function isUpToDate() {
  const built = fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === sourceFingerprint();
  return built && projects().every((project) => fs.existsSync(path.join(root, project, 'dist/.tsbuildinfo')));
}

function sourceFingerprint() {
  const files = ['tsconfig.json', 'tsconfig.base.json', 'package-lock.json'].map((name) => path.join(root, name));
  for (const project of projects()) {
    files.push(path.join(root, project, 'tsconfig.json'), path.join(root, project, 'package.json'));
    for (const entry of fs.readdirSync(path.join(root, project, 'src'), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) files.push(path.join(entry.parentPath, entry.name));
    }
  }
  const hash = createHash('sha256').update(root);
  for (const file of files.sort()) {
    const { mtimeMs, size } = fs.statSync(file);
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}

function projects() {
  return JSON.parse(fs.readFileSync(path.join(root, 'tsconfig.json'), 'utf8')).references.map((reference) => reference.path);
}

/** Two commands that start at the same time must not run what the other is halfway through writing. */
async function holdLock() {
  fs.mkdirSync(cache, { recursive: true });
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!isAlive(Number(readIfPresent(lock)))) fs.rmSync(lock, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function readIfPresent(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
