import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ControlPlaneUnderTest } from './control-plane-under-test.js';
import { MODEL } from './service-model.js';

/** Which spec covers the operations of a group. */
const SPECS: Record<string, string> = {
  account: 'account',
  'api-keys': 'keys-and-plans',
  authorizers: 'definition',
  'base-path-mappings': 'domains',
  'client-certificates': 'account',
  deployments: 'stages',
  'documentation-parts': 'documentation',
  'documentation-versions': 'documentation',
  'domain-name-access-associations': 'domains',
  'domain-names': 'domains',
  exports: 'import-export',
  'gateway-responses': 'definition',
  'integration-responses': 'integrations',
  integrations: 'integrations',
  'method-responses': 'methods',
  methods: 'methods',
  models: 'definition',
  'request-validators': 'definition',
  resources: 'resources',
  'rest-apis': 'rest-apis',
  stages: 'stages',
  tags: 'tags',
  usage: 'keys-and-plans',
  'usage-plan-keys': 'keys-and-plans',
  'usage-plans': 'keys-and-plans',
  'vpc-links': 'account',
};
/** Those that another spec covers than that of their group. */
const ELSEWHERE: Record<string, string> = { ImportRestApi: 'import-export', PutRestApi: 'import-export' };

/** What is not built yet: each answers 501. */
const UNBUILT: Record<string, [method: string, path: string, body?: object]> = {
  GetSdk: ['GET', '/restapis/abcdefghij/stages/prod/sdks/javascript'],
  GetSdkType: ['GET', '/sdktypes/javascript'],
  GetSdkTypes: ['GET', '/sdktypes'],
  TestInvokeAuthorizer: ['POST', '/restapis/abcdefghij/authorizers/abcdef', {}],
  TestInvokeMethod: ['POST', '/restapis/abcdefghij/resources/abcdef/methods/GET', {}],
};

let plane: ControlPlaneUnderTest;

beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start();
});
afterAll(() => plane?.stop());

describe('every operation of the service model', () => {
  it.each(Object.entries(MODEL.operations).filter(([name]) => !(name in UNBUILT)))(
    '%s is asked by its spec',
    (name, { group }) => {
      const spec = ELSEWHERE[name] ?? SPECS[group];
      expect(spec, `no spec is named for ${group}`).toBeDefined();
      const source = readFileSync(path.join(import.meta.dirname, `${spec}.spec.ts`), 'utf8');
      expect(source).toContain(`new ${name}Command(`);
    },
  );

  it.each(Object.entries(UNBUILT))('%s is not built, and says so', async (name, request) => {
    expect(await plane.rawRefusal(...request)).toBe(`NotImplementedException 501: ${name} is not implemented.`);
  });

  it.each(Object.entries(MODEL.operations).filter(([name]) => !(name in UNBUILT)))('%s is built', async (_, { method, uri }) => {
    const path = uri.replace(/\{[^}]+\}/g, 'nosuch');
    const { status, body } = await plane.raw(method, path, method === 'GET' || method === 'DELETE' ? undefined : {});
    expect(status, body).not.toBe(501);
    expect(status, body).toBeLessThan(500);
  });
});
