import { describe, expect, it } from 'vitest';
import { checkPlace } from './resource-rules.js';
import { ResourceTree } from './resource-tree.js';
import type { ResourceEntity } from './resource.entity.js';

let reads = 0;

/** Counts how often its name is asked for. */
function counted(resourceId: string, parentId: string | null, part: string | null): ResourceEntity {
  return {
    accountId: 'a',
    region: 'r',
    apiId: 'api',
    resourceId,
    parentId,
    get pathPart() {
      reads += 1;
      return part;
    },
  };
}

describe('checkPlace', () => {
  it.each([
    ['names', (index: number) => `r${index}`, null],
    ['variables', (index: number) => `{r${index}}`, /^A sibling \(\{r\d+\}\) of this resource already has/],
  ])('looks at each of many siblings with %s a few times only', (_, partOf, refusal) => {
    const siblings = Array.from({ length: 2_000 }, (_, index) => counted(`s${index}`, 'root', partOf(index)));
    const tree = new ResourceTree([counted('root', null, null), ...siblings]);
    reads = 0;
    for (const sibling of siblings) {
      if (refusal) expect(() => checkPlace(tree, sibling)).toThrow(refusal);
      else checkPlace(tree, sibling);
    }
    expect(reads).toBeLessThan(10 * siblings.length);
  });
});
