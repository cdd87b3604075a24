import type { AdminClient } from '../../admin-client.js';
import { atMost } from '../../proxy/bar.js';
import type { BenchPart } from '../bench-admin.js';
import { describeTimes, inParallel, timed } from '../timed.js';

const CLIENTS = 50;
const APIS = 10;
const PAGE = 500;

interface Api {
  id: string;
  rootResourceId: string;
  /** Path parts of the resources that must be there in the end, by id. */
  resources: Map<string, string>;
  /** Tags that must be there in the end. */
  tags: Map<string, string>;
}

/** Many clients edit a few APIs at once, each in its own words: nothing may fail, and in the end everything that was answered must be there. */
export const benchParallelClients: BenchPart = async ({ admin }, { seconds }, print) => {
  const apis = await Promise.all(Array.from({ length: APIS }, (_, n) => createApi(admin, `api-${n}`)));
  const statuses = new Map<number, number>();
  const times: number[] = [];
  /** Deployments that were refused because another client had not given its method an integration yet. */
  let unfinished = 0;
  const until = performance.now() + seconds * 1000;
  await inParallel(CLIENTS, CLIENTS, async (client) => {
    for (let n = 0; performance.now() < until; n++) await edit(apis[(client + n) % APIS]!, client, n);
  });
  let lost = 0;
  for (const api of apis) lost += await countLost(admin, api);
  print(`${times.length} calls in ${seconds} s: ${[...statuses].map(([status, count]) => `${count} x ${status}`).join(', ')}`);
  print(`${unfinished} deployments refused because a method of another client had no integration yet`);
  print(`a call: ${describeTimes(times)}`);
  const failed = [...statuses].reduce((sum, [status, count]) => sum + (status >= 400 ? count : 0), 0) - unfinished;
  return [
    atMost(failed, { work: `calls of ${CLIENTS} parallel clients that failed`, bar: 0, of: 'calls' }),
    atMost(lost, { work: 'writes that were answered and are not there', bar: 0, of: 'writes' }),
  ];

  /** What a client does to an API, in turns. */
  async function edit(api: Api, client: number, n: number): Promise<void> {
    const part = `c${client}-${n}`;
    const call = async <T>(method: string, path: string, body?: object): Promise<T | undefined> => {
      const { ms, result } = await timed(() => admin.answer(method, path, body));
      times.push(ms);
      statuses.set(result.status, (statuses.get(result.status) ?? 0) + 1);
      if (result.status === 400 && result.body.includes('No integration defined for method')) unfinished++;
      return result.status < 300 ? (JSON.parse(result.body || '{}') as T) : undefined;
    };
    const resource = await call<{ id: string }>('POST', `/restapis/${api.id}/resources/${api.rootResourceId}`, {
      pathPart: part,
    });
    if (!resource) return;
    api.resources.set(resource.id, part);
    const method = `/restapis/${api.id}/resources/${resource.id}/methods/GET`;
    await call('PUT', method, { authorizationType: 'NONE' });
    await call('PUT', `${method}/integration`, {
      type: 'HTTP_PROXY',
      httpMethod: 'GET',
      uri: `http://backend.example.com/${part}`,
    });
    const tagged = encodeURIComponent(`arn:aws:apigateway:us-east-1::/restapis/${api.id}`);
    if (await call('PATCH', `/restapis/${api.id}`, { patchOperations: [{ op: 'replace', path: '/description', value: part }] })) {
      // One tag of each client, so that the API does not run out of them.
      if (client % 10 === 0 && (await call('PUT', `/tags/${tagged}`, { tags: { [`c${client}`]: part } })) !== undefined) {
        api.tags.set(`c${client}`, part);
      }
    }
    if (n % 10 === 0) await call('POST', `/restapis/${api.id}/deployments`, { stageName: `s${client % 5}` });
    if (n % 3 === 2) {
      api.resources.delete(resource.id);
      await call('DELETE', `/restapis/${api.id}/resources/${resource.id}`);
    }
  }
};

async function createApi(admin: AdminClient, name: string): Promise<Api> {
  const { id, rootResourceId } = await admin.call<{ id: string; rootResourceId: string }>('POST', '/restapis', { name });
  return { id, rootResourceId, resources: new Map(), tags: new Map() };
}

async function countLost(admin: AdminClient, api: Api): Promise<number> {
  const found = new Map<string, object | undefined>();
  let position: string | undefined;
  do {
    const at = position === undefined ? '' : `&position=${encodeURIComponent(position)}`;
    const page = await admin.call<{ item: { id: string; resourceMethods?: object }[]; position?: string }>(
      'GET',
      `/restapis/${api.id}/resources?limit=${PAGE}${at}`,
    );
    for (const { id, resourceMethods } of page.item) found.set(id, resourceMethods);
    position = page.position;
  } while (position !== undefined);
  const { tags = {} } = await admin.call<{ tags?: Record<string, string> }>('GET', `/restapis/${api.id}`);
  const wanted = [...api.resources.keys(), api.rootResourceId];
  const missing = wanted.filter((id) => !found.has(id) || (id !== api.rootResourceId && found.get(id) === undefined));
  const unwanted = [...found.keys()].filter((id) => !wanted.includes(id));
  const wrongTags = [...api.tags].filter(([key, value]) => tags[key] !== value);
  return missing.length + unwanted.length + wrongTags.length;
}
