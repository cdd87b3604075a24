import { defineConfig } from 'vitest/config';

// Tests read the sources of the workspace's packages (export condition @gatehouse/source), so no build is needed to run them.
// 'import' must not be among the conditions: they also reach `require`, and then pg's `require('pg-pool')` gets a module namespace.
const conditions = ['@gatehouse/source'];
// Vitest loads a globalSetup without those conditions; for it the packages' main entries are named once more.
const alias = [{ find: /^@gatehouse\/([a-z0-9-]+)$/, replacement: `${import.meta.dirname}/libs/$1/src/index.ts` }];
const temporaryDirectory = 'libs/testing/src/global-temporary-directory.ts';
const project = (name, include, more = {}) => ({
  resolve: { conditions, alias },
  ssr: { resolve: { conditions: [...conditions, 'node', 'default'] } },
  test: {
    name,
    include,
    environment: 'node',
    exclude: ['**/dist/**', '**/node_modules/**'],
    globalSetup: [temporaryDirectory],
    ...more,
  },
});

export default defineConfig({
  test: {
    projects: [
      project(
        'unit',
        [
          'libs/*/src/**/*.spec.ts',
          'apps/{cli,gateway,control-plane,functions,bench}/src/**/*.spec.ts',
          'deploy/**/*.spec.ts',
          'tools/**/*.spec.ts',
        ],
        {
          exclude: ['**/dist/**', '**/node_modules/**', '**/*.{integration,e2e}.spec.ts'],
          pool: 'threads',
          // For a test that hangs, not for a machine that is slow.
          testTimeout: 20_000,
        },
      ),
      // Against the real Postgres and Redis that libs/testing starts once for the run.
      project('integration', ['libs/*/src/**/*.integration.spec.ts', 'apps/*/src/**/*.integration.spec.ts'], {
        globalSetup: [temporaryDirectory, 'libs/testing/src/global-services.ts'],
        pool: 'forks',
        maxWorkers: 2,
        testTimeout: 30_000,
        hookTimeout: 60_000,
      }),
      // The built product, as separate processes, driven from outside.
      project('e2e', ['apps/e2e/src/**/*.spec.ts', 'apps/cli/src/**/*.e2e.spec.ts'], {
        globalSetup: [temporaryDirectory, 'apps/e2e/src/rest-control-plane/every-operation-asked.ts'],
        pool: 'forks',
        maxWorkers: 1,
        testTimeout: 120_000,
        hookTimeout: 120_000,
      }),
    ],
  },
});
