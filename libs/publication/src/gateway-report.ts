import { isFollowingReport, isObject, isText, jsonValue, type FollowingReport } from './following-report.js';

/** Where one gateway is reached, as `host:port`. */
export interface GatewayAddresses {
  gateway: string;
  internal: string;
}

/** One of the processes that serve a gateway's requests. */
export interface WorkerReport {
  /** 1, 2, ...: the same over all lives of a worker. */
  number: number;
  /** Null between two lives. */
  pid: number | null;
  /** It takes connections. */
  serving: boolean;
  /** Highest revision of configuration that it took in. */
  revision: number;
}

/** What one gateway runs; its report expires when the gateway is gone. */
export interface GatewayReport extends FollowingReport {
  gatewayId: string;
  addresses: GatewayAddresses;
  counts: { deployments: number; stages: number; usagePlans: number; apiKeys: number; certificates: number; domains: number };
  /** One for each of its workers, whether or not it lives at this moment; none where the gateway is of a version that has no workers. */
  workers: WorkerReport[];
}

/** How many processes of a gateway take part in the limits that all share. */
export const holdersOf = ({ workers }: Pick<GatewayReport, 'workers'>): number => Math.max(1, workers.length);

/** Reads a report that came from outside; null for anything that a gateway did not write. */
export function parseGatewayReport(text: string): GatewayReport | null {
  const value = jsonValue(text);
  if (!isReport(value)) return null;
  // Gateways of versions before have no workers and do not count certificates or domains; a fleet that is being upgraded is still one fleet.
  return {
    ...value,
    counts: { ...value.counts, certificates: value.counts.certificates ?? 0, domains: value.counts.domains ?? 0 },
    workers: value.workers ?? [],
  };
}

function isReport(value: unknown): value is GatewayReport {
  const report = value as GatewayReport;
  return (
    isFollowingReport(value) &&
    isText(report.gatewayId) &&
    isObject(report.addresses) &&
    [report.addresses.gateway, report.addresses.internal].every(isText) &&
    isObject(report.counts) &&
    [report.counts.deployments, report.counts.stages, report.counts.usagePlans, report.counts.apiKeys].every(
      Number.isSafeInteger,
    ) &&
    Number.isSafeInteger(report.counts.certificates ?? 0) &&
    Number.isSafeInteger(report.counts.domains ?? 0) &&
    Array.isArray(report.workers ?? []) &&
    (report.workers ?? []).every(isWorker)
  );
}

function isWorker(value: unknown): value is WorkerReport {
  const worker = value as WorkerReport;
  return (
    isObject(value) &&
    [worker.number, worker.revision].every(Number.isSafeInteger) &&
    (worker.pid === null || Number.isSafeInteger(worker.pid)) &&
    typeof worker.serving === 'boolean'
  );
}
