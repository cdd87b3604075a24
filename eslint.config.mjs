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
  app: ['contract', 'engine', 'runtime', 'platform', 'testing'],
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
const forbidImports = (files, group, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
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
    ['apps/gateway/**/*.ts', 'libs/pipeline/**/*.ts', 'libs/publication/**/*.ts', '**/apps/gateway/**/*.ts'],
    [...database, ...frameworks],
    'The data plane knows neither a database nor Nest.',
  ),
  forbidImports(
    ['libs/{api-model,snapshot,aws-wire,sigv4,throttling,compiler}/**/*.ts'],
    [...database, ...frameworks],
    'The contract and engine floors know no framework.',
  ),
);
