import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ControlPlaneUnderTest } from './control-plane-under-test.js';
import { MODEL } from './service-model.js';
import { UNBUILT } from './unbuilt.js';

let plane: ControlPlaneUnderTest;

beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start();
});
afterAll(() => plane?.stop());

describe('every operation of the service model', () => {
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
