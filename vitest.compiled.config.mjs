import { defineConfig } from 'vitest/config';

// For measurements of compiled code: what is built is run as it is, and packages of the workspace are what was built of them.
export default defineConfig({
  test: {
    name: 'compiled',
    environment: 'node',
    benchmark: { include: ['apps/gateway/src/**/*.bench.ts', 'libs/{json-schema,vtl}/src/**/*.bench.ts'] },
    server: { deps: { external: [/\/dist\//] } },
    globalSetup: ['libs/testing/src/global-temporary-directory.ts'],
  },
});
