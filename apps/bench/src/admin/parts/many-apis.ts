import { percentile } from '../../percentile.js';
import { atMost } from '../../proxy/bar.js';
import type { BenchPart } from '../bench-admin.js';
import { describeTimes, inParallel, timeEach } from '../timed.js';

const FILLED_AT_ONCE = 16;
const PAGE = 500;

interface RestApis {
  item: { id: string }[];
  position?: string;
}

/** Pages of GetRestApis, and CreateRestApi, with many APIs. */
export const benchApis: BenchPart = async ({ admin }, { apis, calls }, print) => {
  await inParallel(apis, FILLED_AT_ONCE, (n) => admin.call('POST', '/restapis', { name: `api-${n}` }));
  const pages = await timePages();
  const creates = await timeEach(calls, (n) => admin.call('POST', '/restapis', { name: `measured-${n}` }));
  print(`a page of ${PAGE} of ${apis} APIs: ${describeTimes(pages)}`);
  print(`CreateRestApi beside ${apis}: ${describeTimes(creates)}`);
  return [
    atMost(percentile(pages, 99), { work: `p99 of a page of GetRestApis of ${apis} APIs`, bar: 50, of: 'ms' }),
    atMost(percentile(creates, 99), { work: `p99 of CreateRestApi beside ${apis} APIs`, bar: 50, of: 'ms' }),
  ];

  /** From the first page to the last, over and over. */
  async function timePages(): Promise<number[]> {
    let position: string | undefined;
    return timeEach(calls, async () => {
      const at = position === undefined ? '' : `&position=${encodeURIComponent(position)}`;
      const page = await admin.call<RestApis>('GET', `/restapis?limit=${PAGE}${at}`);
      position = page.position;
    });
  }
};
