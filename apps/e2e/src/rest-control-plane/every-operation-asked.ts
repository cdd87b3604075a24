import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { readAsked } from './asked-operations.js';
import { MODEL } from './service-model.js';
import { UNBUILT } from './unbuilt.js';

/**
 * Vitest's globalSetup: when all specs beside this file have passed, every operation of the service model must have been asked by the SDK with
 * success, and with an error. The run fails otherwise; a run of some specs or tests proves nothing and passes.
 */
export default function proveEveryOperationAsked(project: TestProject): () => void {
  return () => {
    if (!allPassed(project)) return;
    const asked = readAsked();
    const wanted = Object.keys(MODEL.operations)
      .filter((operation) => !Object.hasOwn(UNBUILT, operation))
      .flatMap((operation) => [`${operation} answered`, `${operation} refused`]);
    const missing = wanted.filter((each) => !asked.has(each));
    if (missing.length > 0) throw new Error(`never seen in apps/e2e/src/rest-control-plane: ${missing.join(', ')}`);
  };
}

function allPassed(project: TestProject): boolean {
  const modules = new Map(project.vitest.state.getTestModules().map((module) => [module.moduleId, module]));
  const specs = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.spec.ts'));
  return specs.every((name) => {
    const module = modules.get(path.join(import.meta.dirname, name));
    return module !== undefined && [...module.children.allTests()].every((test) => test.result().state === 'passed');
  });
}
