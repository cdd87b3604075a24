import { describe, it } from 'vitest';
import { RouteTree } from './route-tree.js';

/** As many routes as asked for: of each three one is static, one has a parameter, one is greedy. */
function treeOf(count: number): RouteTree<number> {
  return new RouteTree(
    Array.from({ length: count }, (_, route) => {
      const path = [`/static/${route}/items`, `/named${route}/{id}/items`, `/greedy${route}/{proxy+}`][route % 3] as string;
      return { path, httpMethod: 'GET' as const, route };
    }),
  );
}

const LOOKUPS = 1000;

describe.each([10, 1_000, 100_000])('1,000 look-ups among %i routes', (count) => {
  const tree = treeOf(count);
  const middle = Math.floor(count / 2);
  const first = middle - (middle % 3);
  const paths = {
    static: `/prod/static/${first}/items`,
    parameter: `/prod/named${first + 1}/4711/items`,
    greedy: `/prod/greedy${first + 2}/a/b/c/d`,
    none: '/prod/nothing/of/the/sort',
  };
  for (const [name, path] of Object.entries(paths)) {
    it(name, async ({ bench }) => {
      await bench(`${count}, ${name}`, () => {
        for (let n = 0; n < LOOKUPS; n++) tree.match('GET', path, 5);
      }).run();
    });
  }
});
