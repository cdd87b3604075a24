import { badRequest } from '@gatehouse/aws-wire';
import { describe, expect, it } from 'vitest';
import { applyPatch } from './apply-patch.js';
import { LISTS_PATHS, NAMES_PATH } from './patch-refusals.js';
import type { PatchOperation, PatchRefusal, PatchTable } from './patch-table.js';
import { flag, removeEntry, replaceEntry, setEntry, wholeNumber } from './patch-values.js';

class Thing {
  name = 'old';
  enabled = false;
  size = 0;
  deploymentId = 'd1';
  canary: { deploymentId: string } | null = { deploymentId: 'd2' };
  parameters: Record<string, boolean> = {};
  types: string[] = ['EDGE'];
}

const table = (refusal: PatchRefusal): PatchTable<Thing> => ({
  refusal,
  rules: [
    { path: '/name', replace: (thing, value) => (thing.name = value ?? 'none') },
    { path: '/enabled', replace: (thing, value) => (thing.enabled = flag(value)) },
    { path: '/size', replace: (thing, value) => (thing.size = wholeNumber(value, 0, 10, badRequest('Invalid size'))) },
    {
      path: '/parameters/{name}',
      add: (thing, value, name) => setEntry(thing.parameters, name, flag(value)),
      remove: (thing, _, name) => removeEntry(thing.parameters, name, 'Invalid parameter name specified'),
      replace: (thing, value, name) => replaceEntry(thing.parameters, name, flag(value), 'Invalid parameter name specified'),
    },
    {
      path: '/deploymentId',
      replace: (thing, value) => (thing.deploymentId = value ?? ''),
      copy: {
        '/canary/deploymentId': (thing) => {
          if (!thing.canary) throw badRequest('Promotion not available. Canary does not exist.');
          thing.deploymentId = thing.canary.deploymentId;
        },
      },
    },
  ],
});

const patch = (operations: PatchOperation[], refusal = NAMES_PATH, thing = new Thing()) =>
  applyPatch(table(refusal), thing, operations);
const message = (operations: PatchOperation[], refusal = NAMES_PATH) => {
  try {
    patch(operations, refusal);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};

describe('applyPatch', () => {
  it('applies operations in order to a copy that is of the same class', () => {
    const thing = new Thing();
    const patched = patch(
      [
        { op: 'replace', path: '/name', value: 'a' },
        { op: 'replace', path: '/name', value: 'b' },
        { op: 'add', path: '/parameters/x', value: 'true' },
      ],
      NAMES_PATH,
      thing,
    );
    expect(patched).toBeInstanceOf(Thing);
    expect(patched).toMatchObject({ name: 'b', parameters: { x: true } });
    expect(thing).toEqual(new Thing());
  });

  it('applies all operations or none', () => {
    const thing = new Thing();
    const operations = [
      { op: 'add', path: '/parameters/x', value: 'true' },
      { op: 'replace', path: '/size', value: '11' },
    ];
    expect(() => patch(operations, NAMES_PATH, thing)).toThrow('Invalid size');
    expect(thing).toEqual(new Thing());
  });

  it('does nothing without operations', () => {
    expect(applyPatch(table(NAMES_PATH), new Thing(), undefined)).toEqual(new Thing());
    expect(patch([])).toEqual(new Thing());
  });

  it('treats a null value as a missing one, and unknown boolean text as false', () => {
    expect(patch([{ op: 'replace', path: '/name', value: null }]).name).toBe('none');
    expect(patch([{ op: 'replace', path: '/enabled', value: 'TRUE' }]).enabled).toBe(true);
    expect(patch([{ op: 'replace', path: '/enabled', value: 'whatever' }]).enabled).toBe(false);
    expect(patch([{ op: 'replace', path: '/enabled' }]).enabled).toBe(false);
  });

  it('takes whole numbers within their bounds only', () => {
    expect(patch([{ op: 'replace', path: '/size', value: '10' }]).size).toBe(10);
    for (const value of ['11', '-1', '1.5', '1e1', 'ten', '', ' 1', undefined]) {
      expect(message([{ op: 'replace', path: '/size', value }])).toBe('Invalid size');
    }
  });

  it('unescapes names', () => {
    expect(patch([{ op: 'add', path: '/parameters/a~1b~0c', value: 'true' }]).parameters).toEqual({ 'a/b~c': true });
  });

  it('keeps entries named like members of Object', () => {
    const added = patch([
      { op: 'add', path: '/parameters/__proto__', value: 'true' },
      { op: 'add', path: '/parameters/constructor', value: 'true' },
    ]);
    expect(Object.entries(added.parameters)).toEqual([
      ['__proto__', true],
      ['constructor', true],
    ]);
    const removed = patch([{ op: 'remove', path: '/parameters/__proto__' }], NAMES_PATH, added);
    expect(Object.entries(removed.parameters)).toEqual([['constructor', true]]);
    expect(message([{ op: 'remove', path: '/parameters/constructor' }])).toBe('Invalid parameter name specified');
  });

  it('copies between declared pairs only', () => {
    expect(patch([{ op: 'copy', from: '/canary/deploymentId', path: '/deploymentId' }]).deploymentId).toBe('d2');
    const refused = 'Valid copy:path are [/deploymentId] and valid copy:from are [/canary/deploymentId]';
    expect(message([{ op: 'copy', from: '/name', path: '/deploymentId' }])).toBe(
      `Invalid copy operation with path: /deploymentId and from /name. ${refused}`,
    );
    expect(message([{ op: 'copy', from: '/canary/deploymentId', path: '/name' }])).toBe(
      `Invalid copy operation with path: /name and from /canary/deploymentId. ${refused}`,
    );
    expect(message([{ op: 'copy', from: 'constructor', path: '/deploymentId' }])).toContain(refused);
  });
});

describe('NAMES_PATH', () => {
  it('names an unknown path', () => {
    expect(message([{ op: 'replace', path: '/other', value: 'x' }])).toBe('Invalid patch path /other');
    expect(message([{ op: 'add', path: '/parameters', value: 'x' }])).toBe('Invalid patch path /parameters');
    expect(message([{ op: 'add', path: '/parameters/', value: 'x' }])).toBe('Invalid patch path /parameters/');
    expect(message([{ op: 'add', path: '/parameters/application/json', value: 'x' }])).toBe(
      'Invalid patch path /parameters/application/json',
    );
    expect(message([{ op: 'replace', value: 'x' }])).toBe('Invalid patch path null');
    expect(message([{ op: 'replace', path: 'name', value: 'x' }])).toBe('Invalid patch path name');
  });

  it('names the operations that a path allows', () => {
    const one = 'Invalid patch operation specified. Must be one of: [replace]';
    expect(message([{ op: 'add', path: '/name', value: 'x' }])).toBe(one);
    expect(message([{ op: 'remove', path: '/name' }])).toBe(one);
    expect(message([{ op: 'test', path: '/name' }])).toBe(one);
    expect(message([{ path: '/name' }])).toBe(one);
    expect(message([{ op: 'move', path: '/parameters/x', from: '/name' }])).toBe(
      "Invalid patch operation specified. Must be 'add'|'remove'|'replace'",
    );
  });
});

describe('LISTS_PATHS', () => {
  it('lists the paths that the operation may have, in the order of the table', () => {
    expect(message([{ op: 'replace', path: '/invalid', value: 'x' }], LISTS_PATHS)).toBe(
      "Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/name, /enabled, /size, /parameters/{name}, /deploymentId]",
    );
    expect(message([{ op: 'add', path: '/name', value: 'x' }], LISTS_PATHS)).toBe(
      "Invalid patch path  '/name' specified for op 'add'. Must be one of: [/parameters/{name}]",
    );
  });

  it('asks for a supported operation when no path has this one', () => {
    const asked = 'Please choose supported operations';
    expect(message([{ op: 'move', path: '/name' }], LISTS_PATHS)).toBe(
      `Invalid patch path  '/name' specified for op 'move'. ${asked}`,
    );
    expect(message([{ op: 'test', path: '/wrong' }], LISTS_PATHS)).toBe(
      `Invalid patch path  '/wrong' specified for op 'test'. ${asked}`,
    );
  });
});
