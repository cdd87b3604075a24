import type { FollowingReport, FunctionsReport, FunctionsReports, GatewayReport, GatewayReports } from '@gatehouse/publication';
import type { Scope } from '@gatehouse/snapshot';
import { setTimeout } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { PresentEpoch } from '../document-sender.js';
import { findPublished, type PublishedRow } from './published-rows.js';
import { whyNotServed } from './why-not-served.js';

/** Who serves what is published: functions processes the functions, gateways all the rest. */
export interface Fleet<G, F> {
  gateways: G;
  functions: F;
}

/** A process that does not serve a publication, and why. */
export type Laggard = { gatewayId: string; reason: string } | { functionsId: string; reason: string };

/** Either all live processes that should serve it do, told by their ids where there is something for their kind; or here is who does not, or why that cannot be told. */
export type WaitOutcome =
  ({ served: true } & Partial<Fleet<string[], string[]>>) | { served: false; laggards: Laggard[]; reason?: string };

interface Waiting {
  scope: Scope;
  publicationId: string;
  rows: PublishedRow[];
  /** As of the last look. */
  outcome: WaitOutcome;
  /** Says that it was looked at once. */
  looked: () => void;
  done: (outcome: WaitOutcome) => void;
}

/** Processes report right after each change; all who wait share one look at the reports. */
const LOOK_MS = 15;

/** Answers who waits for publications. */
export class PublicationWaits {
  private readonly waiting = new Set<Waiting>();
  private looking: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private readonly database: DataSource,
    private readonly reports: Fleet<GatewayReports, FunctionsReports>,
    private readonly present: PresentEpoch,
  ) {}

  /**
   * Waits until every live process that should serve the publication does, for `timeoutMs` at most, but for one look at the fleet at least. Answers null
   * for one that is not known.
   */
  async wait(scope: Scope, publicationId: string, timeoutMs: number): Promise<WaitOutcome | null> {
    const rows = await findPublished(this.database.manager, scope, publicationId);
    if (rows.length === 0) return null;
    const timeUp = new AbortController();
    const outcome: WaitOutcome = { served: false, laggards: [], reason: 'Redis does not answer' };
    const waiting: Waiting = { scope, publicationId, rows, outcome, looked: () => {}, done: () => {} };
    const looked = new Promise<void>((resolve) => (waiting.looked = resolve));
    const served = new Promise<WaitOutcome>((resolve) => (waiting.done = resolve));
    this.waiting.add(waiting);
    this.looking ??= this.look();
    try {
      const timer = setTimeout(this.stopped ? 0 : timeoutMs, null, { signal: timeUp.signal }).catch(() => null);
      const late = Promise.all([timer, looked]).then(() => null);
      return (await Promise.race([served, late])) ?? waiting.outcome;
    } finally {
      timeUp.abort();
      this.waiting.delete(waiting);
    }
  }

  /** Answers all who wait as of the last look, and from now on everyone after one look. */
  stop(): void {
    this.stopped = true;
    for (const waiting of this.waiting) waiting.done(waiting.outcome);
  }

  private async look(): Promise<void> {
    while (this.waiting.size > 0) {
      const judged = [...this.waiting];
      try {
        await this.lookForUnsent(judged);
        const [gateways, functions] = await Promise.all([this.reports.gateways.live(), this.reports.functions.live()]);
        for (const waiting of judged) this.judge(waiting, { gateways, functions });
      } catch {
        for (const waiting of judged) {
          waiting.outcome = { served: false, laggards: [], reason: 'Redis or the database does not answer' };
        }
      }
      for (const waiting of judged) waiting.looked();
      await setTimeout(LOOK_MS);
    }
    this.looking = null;
  }

  private async lookForUnsent(judged: readonly Waiting[]): Promise<void> {
    const unsent = judged.filter(({ rows }) => rows.some(({ sent }) => sent === null));
    await Promise.all(
      unsent.map(async (waiting) => {
        waiting.rows = await findPublished(this.database.manager, waiting.scope, waiting.publicationId);
      }),
    );
  }

  private judge(waiting: Waiting, { gateways, functions }: Fleet<readonly GatewayReport[], readonly FunctionsReport[]>): void {
    const isFunction = ({ name }: PublishedRow) => name.startsWith('function ');
    const ofFunctions = waiting.rows.filter(isFunction);
    const ofGateways = waiting.rows.filter((row) => !isFunction(row));
    const laggards: Laggard[] = [
      ...this.laggards(gateways, ofGateways).map(({ report: { gatewayId }, reason }) => ({ gatewayId, reason })),
      ...this.laggards(functions, ofFunctions).map(({ report: { functionsId }, reason }) => ({ functionsId, reason })),
    ];
    if (laggards.length > 0) waiting.outcome = { served: false, laggards };
    else if (ofGateways.length > 0 && gateways.length === 0)
      waiting.outcome = { served: false, laggards, reason: 'there is no live gateway' };
    else if (ofFunctions.length > 0 && functions.length === 0)
      waiting.outcome = { served: false, laggards, reason: 'there is no live functions process' };
    else
      waiting.done({
        served: true,
        ...(ofGateways.length > 0 && { gateways: gateways.map(({ gatewayId }) => gatewayId) }),
        ...(ofFunctions.length > 0 && { functions: functions.map(({ functionsId }) => functionsId) }),
      });
  }

  private laggards<R extends FollowingReport>(
    reports: readonly R[],
    rows: readonly PublishedRow[],
  ): { report: R; reason: string }[] {
    if (rows.length === 0) return [];
    return reports.flatMap((report) => {
      const reason = whyNotServed(report, rows, this.present.epoch);
      return reason === null ? [] : [{ report, reason }];
    });
  }
}
