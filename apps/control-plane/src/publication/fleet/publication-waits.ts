import type { GatewayReport, GatewayReports } from '@gatehouse/publication';
import type { Scope } from '@gatehouse/snapshot';
import { setTimeout } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { PresentEpoch } from '../document-sender.js';
import { findPublished, type PublishedRow } from './published-rows.js';
import { whyNotServed } from './why-not-served.js';

/** A gateway that does not serve a publication, and why. */
export interface Laggard {
  gatewayId: string;
  reason: string;
}

/** Either all live gateways serve it, or here is who does not, or why that cannot be told. */
export type WaitOutcome = { served: true; gateways: string[] } | { served: false; laggards: Laggard[]; reason?: string };

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

/** Gateways report right after each swap; all who wait share one look at the reports. */
const LOOK_MS = 15;

/** Answers who waits for publications. */
export class PublicationWaits {
  private readonly waiting = new Set<Waiting>();
  private looking: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private readonly database: DataSource,
    private readonly reports: GatewayReports,
    private readonly present: PresentEpoch,
  ) {}

  /**
   * Waits until every live gateway serves the publication, for `timeoutMs` at most, but for one look at the gateways at least. Answers null for one
   * that is not known.
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
        const reports = await this.reports.live();
        for (const waiting of judged) this.judge(waiting, reports);
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

  private judge(waiting: Waiting, reports: readonly GatewayReport[]): void {
    const laggards = reports.flatMap((report): Laggard[] => {
      const reason = whyNotServed(report, waiting.rows, this.present.epoch);
      return reason === null ? [] : [{ gatewayId: report.gatewayId, reason }];
    });
    if (laggards.length > 0) waiting.outcome = { served: false, laggards };
    else if (reports.length === 0) waiting.outcome = { served: false, laggards, reason: 'there is no live gateway' };
    else waiting.done({ served: true, gateways: reports.map(({ gatewayId }) => gatewayId) });
  }
}
