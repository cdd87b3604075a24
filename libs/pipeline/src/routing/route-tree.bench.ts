import { bench, describe } from 'vitest';
import { RouteTree } from './route-tree.js';

/** As many routes as asked for, of which a third each is static, has a parameter, and is greedy. */
function treeOf(count: number): RouteTree<number> {
  return new RouteTree(
    Array.from({ length: count }, (_, route) => {
      const path = [`/static/${route}/items`, `/named${route}/{id}/items`, `/greedy${route}/{proxy+}`][route % 3] as string;
      return { path, httpMethod: 'GET' as const, route };
    }),
  );
}

for (const count of [10, 1_000, 100_000]) {
  describe(`${count} routes`, () => {
    const tree = treeOf(count);
    const middle = Math.floor(count / 2);
    const [fixed, named, greedy] = [0, 1, 2].map((kind) => middle - (middle % 3) + kind);
    bench('static', () => void tree.match('GET', `/prod/static/${fixed}/items`, 5));
    bench('parameter', () => void tree.match('GET', `/prod/named${named}/4711/items`, 5));
    bench('greedy', () => void tree.match('GET', `/prod/greedy${greedy}/a/b/c/d`, 5));
    bench('none', () => void tree.match('GET', '/prod/nothing/of/the/sort', 5));
  });
}
