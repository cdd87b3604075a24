import { isFollowingReport, isText, jsonValue, type FollowingReport } from './following-report.js';

/** What one functions process runs; its report expires when the process is gone. */
export interface FunctionsReport extends FollowingReport {
  functionsId: string;
  /** Where it takes invocations, as `host:port`. */
  address: string;
  /** Functions that it serves. */
  functions: number;
  /** Invocations under way. */
  busy: number;
}

/** Reads a report that came from outside; null for anything that a functions process did not write. */
export function parseFunctionsReport(text: string): FunctionsReport | null {
  const value = jsonValue(text);
  return isReport(value) ? value : null;
}

function isReport(value: unknown): value is FunctionsReport {
  const report = value as FunctionsReport;
  return (
    isFollowingReport(value) &&
    [report.functionsId, report.address].every(isText) &&
    [report.functions, report.busy].every(Number.isSafeInteger)
  );
}
