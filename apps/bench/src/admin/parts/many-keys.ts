import type { AdminClient } from '../../admin-client.js';
import { percentile } from '../../percentile.js';
import { atMost } from '../../proxy/bar.js';
import type { BenchPart } from '../bench-admin.js';
import { describeTimes, timed, timeEach } from '../timed.js';

const KEYS_OF_A_FILE = 10_000;
const PAGE = 500;
/** For the gateway to follow the import. */
const FIRST_WAITS = 10;
/** Publications are waited for one after the other. */
const MOST_PUBLICATIONS = 200;
const WAIT_SECONDS = 60;

interface ApiKeys {
  item: { id: string }[];
  position?: string;
}

/** Lists, look-ups by value and new keys, with many API keys that a gateway serves. */
export const benchKeys: BenchPart = async (installation, { keys, calls }, print) => {
  const { admin } = installation;
  await installation.startGateway();
  const filled = await timed(() => importKeys(admin, keys));
  print(`${keys} keys imported in ${(filled.ms / 1000).toFixed(0)} s`);
  const followed = await timed(async () => published(admin, await newKey(admin, 'first'), FIRST_WAITS));
  print(`a gateway serves them ${(followed.ms / 1000).toFixed(1)} s later`);

  const pages = await timePages(admin, calls);
  const named = await timeEach(calls, (n) => admin.call('GET', `/apikeys?nameQuery=key-${(n * 7919) % keys}`));
  // The value decides whether a key is refused, so that the refusal is a look-up of it.
  const lookUps = await timeEach(calls, async (n) => {
    const value = keyValue((n * 7919) % keys);
    const { status } = await admin.answer('POST', '/apikeys', { name: 'again', value });
    if (status !== 409) throw new Error(`a key with the value of another one was answered ${status}`);
  });
  const publications = await timeEach(Math.min(calls, MOST_PUBLICATIONS), async (n) =>
    published(admin, await newKey(admin, `measured-${n}`)),
  );
  print(`a page of ${PAGE}: ${describeTimes(pages)}`);
  print(`a page by nameQuery: ${describeTimes(named)}`);
  print(`looking a key up by its value: ${describeTimes(lookUps)}`);
  print(`a new key, from the call until the gateway serves it: ${describeTimes(publications)}`);
  const of = `${keys} keys`;
  return [
    atMost(percentile(pages, 99), { work: `p99 of a page of GetApiKeys of ${of}`, bar: 50, of: 'ms' }),
    atMost(percentile(named, 99), { work: `p99 of GetApiKeys with nameQuery of ${of}`, bar: 50, of: 'ms' }),
    atMost(percentile(lookUps, 99), { work: `p99 of a look-up by value among ${of}`, bar: 50, of: 'ms' }),
    atMost(percentile(publications, 99), { work: `p99 of creating and publishing a key beside ${of}`, bar: 1000, of: 'ms' }),
  ];
};

const keyValue = (n: number) => `value-of-key-number-${String(n).padStart(8, '0')}`;

async function importKeys(admin: AdminClient, keys: number): Promise<void> {
  for (let from = 0; from < keys; from += KEYS_OF_A_FILE) {
    const rows = Array.from({ length: Math.min(KEYS_OF_A_FILE, keys - from) }, (_, n) => from + n);
    const lines = rows.map((n) => `key-${n},${keyValue(n)},,true,`);
    await admin.call(
      'POST',
      '/apikeys?mode=import&format=csv',
      ['name,key,description,Enabled,usageplanIds', ...lines].join('\n'),
    );
  }
}

/** Gives the id of the publication. */
async function newKey(admin: AdminClient, name: string): Promise<string> {
  const { status, body, publicationId } = await admin.answer('POST', '/apikeys', { name, enabled: true });
  if (status !== 201 || publicationId === undefined) throw new Error(`POST /apikeys: ${status} ${body}`);
  return publicationId;
}

async function published(admin: AdminClient, publicationId: string, waits = 1): Promise<void> {
  const path = `/gatehouse/publications/${publicationId}/wait`;
  for (let n = 0; n < waits; n++) {
    const { served } = await admin.call<{ served: boolean }>('POST', path, { timeoutSeconds: WAIT_SECONDS });
    if (served) return;
  }
  throw new Error(`publication ${publicationId} is not served after ${waits * WAIT_SECONDS} s`);
}

/** From the first page on, and from there again when the last was read. */
async function timePages(admin: AdminClient, calls: number): Promise<number[]> {
  let position: string | undefined;
  return timeEach(calls, async () => {
    const at = position === undefined ? '' : `&position=${encodeURIComponent(position)}`;
    const page = await admin.call<ApiKeys>('GET', `/apikeys?limit=${PAGE}${at}`);
    position = page.position;
  });
}
