import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

// The floors (docs/architecture.md): a project imports its own floor and the floors below it, and only planes that it may touch.
const floors = ['contract', 'engine', 'runtime', 'platform', 'testing', 'app'];
const mayImport = {
  contract: ['contract'],
  engine: ['contract', 'engine'],
  runtime: ['contract', 'engine', 'runtime'],
  platform: ['contract', 'engine', 'platform'],
  testing: ['contract', 'engine', 'runtime', 'platform', 'testing'],
  app: ['contract', 'engine', 'runtime', 'platform'],
};
const depConstraints = [
  ...floors.map((floor) => ({
    sourceTag: `floor:${floor}`,
    onlyDependOnLibsWithTags: mayImport[floor].map((name) => `floor:${name}`),
  })),
  { sourceTag: 'plane:data', onlyDependOnLibsWithTags: ['plane:data', 'plane:shared'] },
  { sourceTag: 'plane:control', onlyDependOnLibsWithTags: ['plane:control', 'plane:shared'] },
];

const database = ['typeorm', 'typeorm/*', 'pg'];
const frameworks = ['@nestjs/*', 'fastify', '@fastify/*', 'class-validator', 'class-transformer', 'rxjs'];
const httpOfNode = ['node:http', 'node:https', 'node:http2'];
/** Forbids packages both as `import ... from` and as `import(...)`. */
const forbidImports = (files, group, message) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: [{ group, message }] }],
    'no-restricted-syntax': [
      'error',
      ...group.map((name) => ({
        selector: `ImportExpression[source.value=/^${name.replaceAll('/', '\\/').replace('*', '.*')}$/]`,
        message,
      })),
    ],
  },
});

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: [], enforceBuildableLibDependency: false, depConstraints }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
  {
    // Specs may use @gatehouse/testing, which stands above what they test; the builds leave them out.
    files: ['**/*.spec.ts', '**/*.bench.ts', '**/*.fixture.ts'],
    rules: { '@nx/enforce-module-boundaries': 'off' },
  },
  forbidImports(
    ['apps/functions/**/*.ts', 'apps/gateway/**/*.ts', 'libs/publication/**/*.ts'],
    [...database, ...frameworks],
    'The data plane knows neither a database nor Nest.',
  ),
  forbidImports(
    ['libs/pipeline/src/**/*.ts'],
    [...database, ...frameworks, ...httpOfNode],
    "The pipeline knows no database, no framework and no transport: Node's IncomingMessage stays in apps/gateway.",
  ),
  {
    // Specs serve backends of their own.
    files: ['libs/pipeline/**/*.spec.ts'],
    rules: { 'no-restricted-imports': 'off', 'no-restricted-syntax': 'off' },
  },
  forbidImports(
    [
      'libs/{api-model,snapshot,lambda-contract,patterns,json-schema,aws-wire,sigv4,iam-policy,function-archive,throttling,compiler,http1,openapi,json-path,vtl}/**/*.ts',
    ],
    [...database, ...frameworks],
    'The contract and engine floors know no framework.',
  ),
);
