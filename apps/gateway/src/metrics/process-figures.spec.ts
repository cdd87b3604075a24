import { describe, expect, it } from 'vitest';
import type { ProcessMetric } from '../worker/messages.js';
import { ProcessFigures, type Life } from './process-figures.js';

const cpu = (value: number): ProcessMetric => ({
  name: 'cpu_seconds_total',
  help: 'CPU',
  type: 'counter',
  values: [{ value, labels: {} }],
});
const memory = (value: number): ProcessMetric => ({ name: 'memory', help: 'M', type: 'gauge', values: [{ value, labels: {} }] });
const gc = (count: number): ProcessMetric => ({
  name: 'gc_seconds',
  help: 'GC',
  type: 'histogram',
  values: [
    { value: count, labels: { le: 0.1, kind: 'minor' }, metricName: 'gc_seconds_bucket' },
    { value: count, labels: { kind: 'minor' }, metricName: 'gc_seconds_count' },
  ],
});

const life = (name: string): Life => ({ name });

describe('ProcessFigures', () => {
  it('tells each process by its name', () => {
    const figures = new ProcessFigures();
    figures.told(life('1'), [cpu(1), gc(2)]);
    figures.told(life('supervisor'), [cpu(3)]);
    expect(figures.text().trim().split('\n')).toEqual([
      '# HELP cpu_seconds_total CPU',
      '# TYPE cpu_seconds_total counter',
      'cpu_seconds_total{worker="1"} 1',
      'cpu_seconds_total{worker="supervisor"} 3',
      '# HELP gc_seconds GC',
      '# TYPE gc_seconds histogram',
      'gc_seconds_bucket{le="0.1",kind="minor",worker="1"} 2',
      'gc_seconds_count{kind="minor",worker="1"} 2',
    ]);
  });

  it('goes on with sums, and not with other figures, where one process takes the place of another', () => {
    const figures = new ProcessFigures();
    const [first, second, third] = [life('1'), life('1'), life('1')];
    figures.told(first, [cpu(10), memory(500), gc(7)]);
    figures.ended(first);
    expect(figures.text()).toBe('');
    figures.told(second, [cpu(1), memory(100), gc(1)]);
    expect(figures.text()).toContain('cpu_seconds_total{worker="1"} 11\n');
    expect(figures.text()).toContain('memory{worker="1"} 100\n');
    expect(figures.text()).toContain('gc_seconds_count{kind="minor",worker="1"} 8\n');
    figures.ended(second);
    figures.ended(life('1'));
    figures.told(third, [cpu(2)]);
    expect(figures.text()).toContain('cpu_seconds_total{worker="1"} 13\n');
  });

  it('adds up two processes of one name while one takes the other’s place, whichever of them ends', () => {
    for (const successorEnds of [false, true]) {
      const figures = new ProcessFigures();
      const [old, successor] = [life('1'), life('1')];
      figures.told(old, [cpu(100), memory(500)]);
      figures.told(successor, [cpu(0.5), memory(60)]);
      expect(figures.text()).toContain('cpu_seconds_total{worker="1"} 100.5\n');
      expect(figures.text()).toContain('memory{worker="1"} 60\n');
      figures.ended(successorEnds ? successor : old);
      expect(figures.text()).toContain('cpu_seconds_total{worker="1"} 100.5\n');
      expect(figures.text()).toContain(`memory{worker="1"} ${successorEnds ? 500 : 60}\n`);
    }
  });

  it('takes nothing of a process that has ended', () => {
    const figures = new ProcessFigures();
    const [old, successor] = [life('1'), life('1')];
    figures.told(old, [cpu(10)]);
    figures.ended(old);
    figures.told(old, [cpu(10)]);
    figures.told(successor, [cpu(1)]);
    expect(figures.text()).toContain('cpu_seconds_total{worker="1"} 11\n');
  });

  it('goes on telling a sum that only the one before had', () => {
    const figures = new ProcessFigures();
    const [old, successor] = [life('1'), life('1')];
    figures.told(old, [gc(7)]);
    figures.ended(old);
    figures.told(successor, [{ ...gc(0), values: [] }]);
    expect(figures.text()).toContain('gc_seconds_count{kind="minor",worker="1"} 7\n');
  });
});
