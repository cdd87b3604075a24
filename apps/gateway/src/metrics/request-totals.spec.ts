import { describe, expect, it } from 'vitest';
import { RequestTotals } from './request-totals.js';
import { SeriesChanges } from './series-changes.js';
import { Series } from './series.js';

/** What one worker counts and tells. */
class Counting {
  readonly series: Series[] = [];
  private readonly changes = new SeriesChanges();

  add(apiId: string, method = ''): Series {
    const series = new Series(apiId === '' ? null : `${apiId}/prod`, apiId, 'prod', method && '/a', method);
    this.series.push(series);
    return series;
  }
  tell() {
    return this.changes.take(this.series);
  }
}

async function counts(totals: RequestTotals): Promise<string[]> {
  let text = '';
  for await (const part of totals.text()) text += part;
  return text
    .split('\n')
    .filter((line) => line.startsWith('gatehouse_requests_total{'))
    .map((line) => line.replace(/^.*api_id="(\w*)".*method="(\w*)".*class="(\w+)"} /, '$1 $2 $3 '))
    .sort();
}

describe('RequestTotals', () => {
  it('adds up what workers tell, each thing once, and keeps it when they are gone', async () => {
    const totals = new RequestTotals(10);
    const [one, two] = [new Counting(), new Counting()];
    const series = [one.add('a'), two.add('a'), two.add('a', 'GET')];
    for (const each of series) each.countStatus(200);
    series[0]!.observeTotal(0.25);
    series[0]!.observeTotal(0.5);
    totals.add(one.tell());
    totals.add(one.tell());
    totals.add(two.tell());
    series[0]!.countStatus(503);
    totals.add(one.tell());
    expect(await counts(totals)).toEqual(['a  2xx 2', 'a  5xx 1', 'a GET 2xx 1']);

    const successor = new Counting();
    successor.add('a').countStatus(200);
    totals.add(successor.tell());
    expect(await counts(totals)).toEqual(['a  2xx 3', 'a  5xx 1', 'a GET 2xx 1']);
    let text = '';
    for await (const part of totals.text()) text += part;
    expect(text).toContain('gatehouse_request_seconds_sum{api_id="a",stage="prod",resource="",method=""} 0.75\n');
    expect(text).toContain('gatehouse_request_seconds_bucket{api_id="a",stage="prod",resource="",method="",le="0.25"} 1\n');
  });

  it('forgets the series of a deleted stage, counts late words without it, and counts anew when it is there again', async () => {
    const totals = new RequestTotals(1);
    const worker = new Counting();
    const series = worker.add('a');
    series.countStatus(200);
    totals.add(worker.tell());
    totals.stageRemoved('a/prod');
    totals.stageRemoved('never/there');
    expect(await counts(totals)).toEqual([]);
    for (const late of [series, worker.add('a', 'GET')]) late.countStatus(200);
    totals.add(worker.tell());
    expect(await counts(totals)).toEqual(['  2xx 2']);
    totals.stagePublished('a/prod');
    series.countStatus(200);
    totals.add(worker.tell());
    expect(await counts(totals)).toEqual(['  2xx 2', 'a  2xx 1']);
  });

  it('security class: resource exhaustion: remembers only so many deleted stages', async () => {
    const totals = new RequestTotals(1);
    for (let n = 0; n <= 10_000; n++) totals.stageRemoved(`${n}/prod`);
    const worker = new Counting();
    for (const apiId of ['0', '1']) worker.add(apiId).countStatus(200);
    totals.add(worker.tell());
    expect(await counts(totals)).toEqual(['  2xx 1', '0  2xx 1']);
  });

  it('never has more series than it may: what is above is counted together', async () => {
    const totals = new RequestTotals(2);
    for (const apiId of ['a', 'b', 'c', 'd']) {
      const worker = new Counting();
      worker.add(apiId).countStatus(200);
      worker.add('').countStatus(404);
      totals.add(worker.tell());
    }
    expect(await counts(totals)).toEqual(['  4xx 4', 'a  2xx 1', 'b  2xx 1', 'other  2xx 2']);
  });
});
