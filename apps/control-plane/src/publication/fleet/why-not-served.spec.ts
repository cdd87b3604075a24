import type { GatewayReport } from '@gatehouse/publication';
import { expect, it } from 'vitest';
import type { PublishedRow } from './published-rows.js';
import { whyNotServed } from './why-not-served.js';

const report = (more: Partial<GatewayReport> = {}): GatewayReport => ({
  gatewayId: 'g',
  addresses: { gateway: '', internal: '' },
  startedAt: '',
  servingSince: '',
  source: 'redis',
  epoch: 'now',
  sequence: 10,
  counts: { deployments: 0, stages: 0, usagePlans: 0, apiKeys: 0, certificates: 0, domains: 0 },
  refused: [],
  refusedTotal: 0,
  orphans: [],
  orphansTotal: 0,
  workers: [],
  heartbeatAt: '',
  ...more,
});
const row = (epoch: string | null, sequence = 10): PublishedRow => ({
  name: 'stage 1/r/a/b',
  revision: 5,
  sent: epoch === null ? null : { epoch, sequence },
});

it.each<[string, GatewayReport, PublishedRow, string | null]>([
  ['at the sequence', report(), row('now'), null],
  ['before the sequence', report({ sequence: 9 }), row('now'), 'it has followed the changes to 9 of 10'],
  ['in a newer epoch than the sending', report({ sequence: 0 }), row('before'), null],
  [
    'in an older epoch than the sending',
    report({ epoch: 'before', sequence: 99 }),
    row('now'),
    'it has followed the changes to 99 of 10',
  ],
  ['still in the epoch of the sending', report({ epoch: 'before' }), row('before'), null],
  [
    'in an epoch that is over, and not that of the sending',
    report({ epoch: 'oldest', sequence: 99 }),
    row('before'),
    'it has followed the changes to 99 of 10',
  ],
  ['before it serves anything', report({ source: 'none' }), row('now'), 'it serves no complete configuration yet'],
  ['before it was sent', report(), row(null), 'stage 1/r/a/b is not published yet'],
  ['refusing that revision', refusing(5), row('now'), 'it refuses stage 1/r/a/b: no'],
  ['refusing an older revision', refusing(4), row('now'), null],
  ['refusing more than it lists', report({ refusedTotal: 1000 }), row('now'), 'it refuses 1000 documents'],
])('%s', (_, gateway, published, reason) => {
  expect(whyNotServed(gateway, [published], 'now')).toBe(reason);
});

function refusing(revision: number): GatewayReport {
  return report({ refused: [{ name: 'stage 1/r/a/b', revision, reason: 'no' }], refusedTotal: 1 });
}
