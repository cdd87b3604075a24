// npm test [unit|integration|e2e|...]: runs every check, or the named ones, and ends with one line that sums them up.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse-test-reports-'));
const bin = (name) => path.join(root, 'node_modules', name);
const node = (script, ...args) => run(process.execPath, [script, ...args]);

/** Checks in the order in which they run. Each answers how many of its tests passed and failed; a check without tests counts as one. */
const checks = [
  ['lockfile', lockfileHasNoAddresses],
  ['build', () => node(bin('typescript/bin/tsc'), '-b')],
  ['types of specs', () => node(bin('typescript/bin/tsc'), '-p', 'tsconfig.specs.json')],
  ['format', () => node(bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.')],
  ['lint', () => node(bin('nx/dist/bin/nx.js'), 'run-many', '-t', 'lint', '--outputStyle', 'static')],
  ['lint outside projects', () => node(bin('eslint/bin/eslint.js'), 'deploy', 'tools')],
  ['generated code', generatedCodeIsUpToDate],
  ['unit', () => vitest('unit')],
  ['integration', () => vitest('integration')],
  ['e2e', () => vitest('e2e')],
];

let running;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true;
    running?.kill(signal);
  });
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !checks.some(([known]) => known === name));
if (unknown.length > 0) {
  console.error(`npm test: there is no check ${unknown[0]}; there are: ${checks.map(([name]) => name).join(', ')}`);
  process.exit(2);
}

const total = { passed: 0, failed: 0 };
const failures = [];
for (const [name, check] of checks) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = Date.now();
  console.log(`\n=== ${name}`);
  const { passed, failed } = await check();
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failures.push(name);
  console.log(`=== ${name}: ${passed} passed, ${failed} failed (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}
fs.rmSync(reports, { recursive: true, force: true });
if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);

/** Runs a command as one check. */
async function run(command, args, options = {}) {
  const ok = (await exitCode(command, args, options)) === 0;
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

function exitCode(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NX_DAEMON: 'false', ...options.env },
    });
    running = child;
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('exit', (code) => (interrupted ? process.exit(1) : resolve(code ?? 1)));
  });
}

/** Runs one project of vitest.config.mjs. A run that fails without a failed test (an error outside of tests, a crash) counts as one failure. */
async function vitest(project) {
  const report = path.join(reports, `${project}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await exitCode(process.execPath, [bin('vitest/vitest.mjs'), ...args]);
  if (!fs.existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(fs.readFileSync(report, 'utf8'));
  const brokenFiles = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  const failed = numFailedTests + brokenFiles;
  return { passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
}

/** The lockfile names no registry: npm adds the address of whoever installs. */
function lockfileHasNoAddresses() {
  const found = fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8').match(/"resolved": "(?:https?|git)[^"]*"/g) ?? [];
  if (found.length > 0) console.error(`package-lock.json holds ${found.length} addresses, the first is ${found[0]}`);
  return { passed: found.length > 0 ? 0 : 1, failed: found.length > 0 ? 1 : 0 };
}

/** Generates once more and compares. */
async function generatedCodeIsUpToDate() {
  const contract = await node(path.join(root, 'libs/admin-contract/dist/generator/main.js'), '--check');
  const operations = await node(path.join(root, 'apps/control-plane/dist/operations-coverage.js'), '--check');
  return { passed: contract.passed + operations.passed, failed: contract.failed + operations.failed };
}
