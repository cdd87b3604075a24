/** Where one gateway is reached, as `host:port`. */
export interface GatewayAddresses {
  gateway: string;
  internal: string;
}

/** A document that a gateway does not serve in its newest revision, and why. */
export interface UnservedDocument {
  name: string;
  revision: number;
  reason: string;
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

/** What one gateway runs: written after every swap and as a heartbeat; it expires when the gateway is gone. Times are ISO 8601. */
export interface GatewayReport {
  gatewayId: string;
  addresses: GatewayAddresses;
  startedAt: string;
  /** Since when it serves a complete configuration; null before. */
  servingSince: string | null;
  source: 'redis' | 'disk' | 'none';
  /** How far it followed the change log, and under which epoch; null before the first complete configuration. */
  epoch: string | null;
  sequence: number;
  counts: { deployments: number; stages: number; usagePlans: number; apiKeys: number; certificates: number; domains: number };
  /** The first of the documents whose newest revision it does not serve; the old revision serves on. `refusedTotal` counts all. */
  refused: UnservedDocument[];
  refusedTotal: number;
  /** The first of the documents that it serves and that the present epoch does not list. `orphansTotal` counts all. */
  orphans: string[];
  orphansTotal: number;
  /** One for each of its workers, whether or not it lives at this moment; none where the gateway is of a version that has no workers. */
  workers: WorkerReport[];
  heartbeatAt: string;
}

/** How many processes of a gateway take part in the limits that all share. */
export const holdersOf = ({ workers }: Pick<GatewayReport, 'workers'>): number => Math.max(1, workers.length);

/** Reads a report that came from outside; null for anything that a gateway did not write. */
export function parseGatewayReport(text: string): GatewayReport | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
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
    isObject(value) &&
    [report.gatewayId, report.startedAt, report.heartbeatAt].every(isText) &&
    [report.servingSince, report.epoch].every((member) => member === null || isText(member)) &&
    ['redis', 'disk', 'none'].includes(report.source) &&
    [report.sequence, report.refusedTotal, report.orphansTotal].every(Number.isSafeInteger) &&
    isObject(report.addresses) &&
    [report.addresses.gateway, report.addresses.internal].every(isText) &&
    isObject(report.counts) &&
    [report.counts.deployments, report.counts.stages, report.counts.usagePlans, report.counts.apiKeys].every(
      Number.isSafeInteger,
    ) &&
    Number.isSafeInteger(report.counts.certificates ?? 0) &&
    Number.isSafeInteger(report.counts.domains ?? 0) &&
    Array.isArray(report.refused) &&
    report.refused.every(isUnserved) &&
    Array.isArray(report.orphans) &&
    report.orphans.every(isText) &&
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

function isUnserved(value: unknown): value is UnservedDocument {
  const document = value as UnservedDocument;
  return isObject(value) && isText(document.name) && isText(document.reason) && Number.isSafeInteger(document.revision);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
