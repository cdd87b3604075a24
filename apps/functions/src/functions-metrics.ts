import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { SandboxFigures } from './sandbox/sandbox-pools.js';
import type { InvocationOutcome } from './server/invoker.js';

export interface MetricSources {
  follower: { readonly ready: boolean; readonly revision: number };
  pools: { readonly busy: number; readonly figures: SandboxFigures };
  events: { readonly size: number };
}

const OUTCOMES: readonly InvocationOutcome[] = ['success', 'function_error', 'throttled', 'failed'];

/** What `/metrics` tells of a functions process. It names no function and no account: whoever reaches the port may read it. */
export class FunctionsMetrics {
  private readonly registry = new Registry();
  private readonly invocations: Counter<'outcome'>;
  private readonly refused: Counter;

  constructor({ follower, pools, events }: MetricSources) {
    const registers = [this.registry];
    this.invocations = new Counter({
      name: 'gatehouse_function_invocations_total',
      help: 'Invocations that have ended, tries of asynchronous ones included; throttled: at a limit; failed: for a reason of this service',
      labelNames: ['outcome'],
      registers,
    });
    for (const outcome of OUTCOMES) this.invocations.inc({ outcome }, 0);
    this.refused = new Counter({
      name: 'gatehouse_refused_documents_total',
      help: 'Published functions that this process could not serve; what was before them serves on',
      registers,
    });
    this.gauge('gatehouse_function_invocations_under_way', 'Invocations under way', () => pools.busy);
    this.gauge(
      'gatehouse_function_events_waiting',
      'Accepted events of asynchronous invocations that are not handled yet',
      () => events.size,
    );
    this.gauge('gatehouse_config_revision', 'Highest revision of configuration that was followed', () => follower.revision);
    this.gauge('gatehouse_ready', '1 while all functions are known', () => (follower.ready ? 1 : 0));
    new Gauge({
      name: 'gatehouse_function_sandboxes',
      help: 'Sandboxes that wait for an event, and those that start, work or end',
      labelNames: ['state'],
      registers,
      collect() {
        const { all, waiting } = pools.figures;
        this.set({ state: 'waiting' }, waiting);
        this.set({ state: 'busy' }, all - waiting);
      },
    });
    new Counter({
      name: 'gatehouse_function_cold_starts_total',
      help: 'Sandboxes that were started',
      registers,
      collect() {
        this.reset();
        this.inc(pools.figures.started);
      },
    });
    collectDefaultMetrics({ register: this.registry });
  }

  private gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(value());
      },
    });
  }

  invoked(outcome: InvocationOutcome): void {
    this.invocations.inc({ outcome });
  }

  documentRefused(): void {
    this.refused.inc();
  }

  /** Prometheus' text form. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }
}
