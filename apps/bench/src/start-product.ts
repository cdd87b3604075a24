import path from 'node:path';
import { RunningProcess } from './processes/running-process.js';

const apps = path.resolve(import.meta.dirname, '../..');

/** Starts a part of the built product, from its environment alone. */
export function startProduct(
  app: 'control-plane' | 'gateway' | 'functions',
  env: Record<string, string>,
  core: number | null = null,
): RunningProcess {
  return new RunningProcess({ command: process.execPath, args: [path.join(apps, app, 'dist/main.js')], env, core });
}
