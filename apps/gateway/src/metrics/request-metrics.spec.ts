import { gatewayFrom, restApiModel } from '@gatehouse/testing';
import { describe, expect, it } from 'vitest';
import { RequestMetrics, requestMetricsText } from './request-metrics.js';
import type { SeriesValues } from './series.js';

const setting = {
  metricsEnabled: true,
  dataTraceEnabled: false,
  throttlingBurstLimit: -1,
  throttlingRateLimit: -1,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};
const api = (apiId: string, detailed = false) =>
  gatewayFrom(restApiModel({ 'GET /a': {} }, { apiId }), { stage: detailed ? { methodSettings: { '*/*': setting } } : {} });

const always = () => true;

async function count(metrics: RequestMetrics, gateway: ReturnType<typeof gatewayFrom>, path = '/a'): Promise<void> {
  const { exchange } = await gateway.call({ path });
  metrics.count({ exchange, bytesSent: 0, aborted: false });
}

async function textOf(metrics: RequestMetrics): Promise<string> {
  let text = '';
  for await (const part of metrics.text()) text += part;
  return text;
}

async function requests(metrics: RequestMetrics): Promise<string[]> {
  return (await textOf(metrics)).split('\n').filter((line) => line.startsWith('gatehouse_requests_total'));
}

describe('RequestMetrics', () => {
  it('counts by API, stage and class, per method where the stage asks for it', async () => {
    const metrics = new RequestMetrics(100, always);
    const [plain, detailed] = [api('plain00000'), api('detailed00', true)];
    for (const gateway of [plain, plain, detailed]) await count(metrics, gateway);
    await count(metrics, plain, '/nix');
    expect((await requests(metrics)).sort()).toEqual([
      'gatehouse_requests_total{api_id="detailed00",stage="prod",resource="/a",method="GET",status_class="2xx"} 1',
      'gatehouse_requests_total{api_id="plain00000",stage="prod",resource="",method="",status_class="2xx"} 2',
      'gatehouse_requests_total{api_id="plain00000",stage="prod",resource="",method="",status_class="4xx"} 1',
    ]);
    const text = await textOf(metrics);
    expect(text).toContain('# TYPE gatehouse_request_seconds histogram');
    expect(text).toContain(
      'gatehouse_request_seconds_bucket{api_id="plain00000",stage="prod",resource="",method="",le="+Inf"} 3',
    );
    expect(text).toContain('gatehouse_request_seconds_count{api_id="plain00000",stage="prod",resource="",method=""} 3');
    expect(text).toContain('gatehouse_integration_seconds_count{api_id="plain00000",stage="prod",resource="",method=""} 0');
  });

  it('gives rows of numbers, which are summed number by number and go from process to process', async () => {
    const [one, other] = [new RequestMetrics(100, always), new RequestMetrics(100, always)];
    const gateway = api('plain00000');
    for (const metrics of [one, other, other]) await count(metrics, gateway);
    one.countRefused(431);
    const sums = new Map<string, SeriesValues>();
    for (const series of [...one.snapshot(), ...other.snapshot()].map((series) => structuredClone({ ...series }))) {
      const sum = sums.get(series.labels);
      if (sum) sum.values.forEach((value, place) => (sum.values[place] = value + series.values[place]!));
      else sums.set(series.labels, series);
    }
    let text = '';
    for await (const part of requestMetricsText([...sums.values()])) text += part;
    const labels = 'api_id="plain00000",stage="prod",resource="",method=""';
    expect(text).toContain(`gatehouse_requests_total{${labels},status_class="2xx"} 3\n`);
    expect(text).toContain(`gatehouse_gateway_seconds_count{${labels}} 3\n`);
    expect(text).toContain('gatehouse_requests_total{api_id="",stage="",resource="",method="",status_class="4xx"} 1\n');
    expect([...sums.values()].map(({ stageKey }) => stageKey)).toEqual([null, null, 'plain00000/prod']);
  });

  it('never has more series than it may', async () => {
    const metrics = new RequestMetrics(2, always);
    for (const apiId of ['a', 'b', 'c', 'd']) await count(metrics, api(apiId));
    expect((await requests(metrics)).sort()).toEqual([
      'gatehouse_requests_total{api_id="a",stage="prod",resource="",method="",status_class="2xx"} 1',
      'gatehouse_requests_total{api_id="b",stage="prod",resource="",method="",status_class="2xx"} 1',
      'gatehouse_requests_total{api_id="other",stage="other",resource="",method="",status_class="2xx"} 2',
    ]);
  });

  it('forgets the series of a deleted stage, and has room for others then', async () => {
    const metrics = new RequestMetrics(1, always);
    await count(metrics, api('a'));
    metrics.stageRemoved('a', 'prod');
    metrics.stageRemoved('never', 'prod');
    await count(metrics, api('b'));
    expect(await requests(metrics)).toEqual([
      'gatehouse_requests_total{api_id="b",stage="prod",resource="",method="",status_class="2xx"} 1',
    ]);
  });

  it('counts what ends after its stage was deleted without a stage, so that no series stays for it', async () => {
    let served = true;
    const metrics = new RequestMetrics(1, () => served);
    const [deleted, published] = [api('a', true), api('b')];
    await count(metrics, deleted);
    served = false;
    metrics.stageRemoved('a', 'prod');
    for (let n = 0; n < 3; n++) await count(metrics, deleted);
    served = true;
    await count(metrics, published);
    expect((await requests(metrics)).sort()).toEqual([
      'gatehouse_requests_total{api_id="",stage="",resource="",method="",status_class="2xx"} 3',
      'gatehouse_requests_total{api_id="b",stage="prod",resource="",method="",status_class="2xx"} 1',
    ]);
  });

  it('security class: resource exhaustion: a scrape of many series leaves turns to requests', async () => {
    const metrics = new RequestMetrics(10_000, always);
    const { exchange } = await api('a').call({ path: '/a' });
    const stage = exchange.stage as NonNullable<typeof exchange.stage>;
    for (let n = 0; n < 1000; n++) {
      exchange.stage = Object.create(stage, { key: { value: `a/${n}` }, stageName: { value: String(n) } }) as typeof stage;
      metrics.count({ exchange, bytesSent: 0, aborted: false });
    }
    let turns = 0;
    const turn = () => {
      turns++;
      next = setImmediate(turn);
    };
    let next = setImmediate(turn);
    expect((await textOf(metrics)).match(/^gatehouse_gateway_seconds_count/gm)).toHaveLength(1002);
    clearImmediate(next);
    expect(turns).toBeGreaterThan(15);
  });

  it('escapes what a label may not hold as it is', async () => {
    const metrics = new RequestMetrics(10, always);
    const gateway = gatewayFrom(restApiModel({ 'GET /a': {} }, { apiId: 'a"b\\c' }));
    await count(metrics, gateway);
    expect(await requests(metrics)).toEqual([
      'gatehouse_requests_total{api_id="a\\"b\\\\c",stage="prod",resource="",method="",status_class="2xx"} 1',
    ]);
  });
});
