import { expect, it } from 'vitest';
import { selfTimes } from './cpu-profile.js';

const frame = (id: number, functionName: string, url = '', lineNumber = -1) => ({
  id,
  callFrame: { functionName, url, lineNumber },
});
const profile = {
  startTime: 1000,
  nodes: [
    frame(1, '(root)'),
    frame(2, '(idle)'),
    frame(3, 'match', 'file:///somewhere/libs/pipeline/dist/routing/route-tree.js', 41),
    frame(4, 'writeLatin1String'),
    // The same function, called from elsewhere.
    frame(5, 'match', 'file:///somewhere/libs/pipeline/dist/routing/route-tree.js', 41),
  ],
  samples: [3, 2, 3, 4, 5, 3],
  timeDeltas: [100, 100, 200, 100, 100, 1000],
};

it('sums what functions spend in themselves between two moments, idle time left out', () => {
  expect(selfTimes(profile, 1150, 1700)).toEqual({
    busy: 400,
    functions: [
      { name: 'match', place: 'libs/pipeline/dist/routing/route-tree.js:42', share: 0.75 },
      { name: 'writeLatin1String', place: '', share: 0.25 },
    ],
    files: [
      { place: 'libs/pipeline/dist/routing/route-tree.js', share: 0.75 },
      { place: 'writeLatin1String', share: 0.25 },
    ],
  });
});
