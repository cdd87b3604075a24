/** A document that a process does not serve in its newest revision, and why. */
export interface UnservedDocument {
  name: string;
  revision: number;
  reason: string;
}

/** How a process of the data plane follows what is published: part of its report, which is written after every change and as a heartbeat. Times are ISO 8601. */
export interface FollowingReport {
  startedAt: string;
  /** Since when it serves everything; null before. */
  servingSince: string | null;
  source: 'redis' | 'disk' | 'none';
  /** How far it followed the change log, and under which epoch; null before it had followed it to the end once. */
  epoch: string | null;
  sequence: number;
  /** The first of the documents whose newest revision it does not serve; the old revision serves on. `refusedTotal` counts all. */
  refused: UnservedDocument[];
  refusedTotal: number;
  /** The first of the documents that it serves and that the present epoch does not list. `orphansTotal` counts all. */
  orphans: string[];
  orphansTotal: number;
  heartbeatAt: string;
}

/** True for what came from outside and has the form of a report. */
export function isFollowingReport(value: unknown): value is FollowingReport {
  const report = value as FollowingReport;
  return (
    isObject(value) &&
    [report.startedAt, report.heartbeatAt].every(isText) &&
    [report.servingSince, report.epoch].every((member) => member === null || isText(member)) &&
    ['redis', 'disk', 'none'].includes(report.source) &&
    [report.sequence, report.refusedTotal, report.orphansTotal].every(Number.isSafeInteger) &&
    Array.isArray(report.refused) &&
    report.refused.every(isUnserved) &&
    Array.isArray(report.orphans) &&
    report.orphans.every(isText)
  );
}

/** What JSON holds; null for what is none. */
export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isUnserved(value: unknown): value is UnservedDocument {
  const document = value as UnservedDocument;
  return isObject(value) && isText(document.name) && isText(document.reason) && Number.isSafeInteger(document.revision);
}

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
