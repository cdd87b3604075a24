import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { readAsked } from './asked-operations.js';
import { MODEL } from './service-model.js';
import { UNBUILT } from './unbuilt.js';

/**
 * Vitest's globalSetup: when all specs beside this file were run, every operation of the service model must have been asked by the SDK with
 * success, and with an error. The run fails otherwise. A run of some files, or of tests by name, proves nothing and passes, and one in which a
 * test failed has failed already; a test that is skipped excuses nothing.
 */
export default function proveEveryOperationAsked(project: Pick<TestProject, 'vitest'>): () => void {
  return () => {
    if (!allRan(project)) return;
    const asked = readAsked();
    const wanted = Object.keys(MODEL.operations)
      .filter((operation) => !Object.hasOwn(UNBUILT, operation))
      .flatMap((operation) => [`${operation} answered`, `${operation} refused`]);
    const missing = wanted.filter((each) => !asked.has(each));
    if (missing.length > 0) throw new Error(`never seen in apps/e2e/src/rest-control-plane: ${missing.join(', ')}`);
  };
}

/** Whether all specs of this folder were run, and none of them failed. */
function allRan({ vitest }: Pick<TestProject, 'vitest'>): boolean {
  if (vitest.config.testNamePattern !== undefined) return false;
  const modules = new Map(vitest.state.getTestModules().map((module) => [module.moduleId, module]));
  const specs = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.spec.ts'));
  return specs.every((name) => modules.get(path.join(import.meta.dirname, name))?.ok() === true);
}
