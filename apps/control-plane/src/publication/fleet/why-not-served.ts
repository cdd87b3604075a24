import type { FollowingReport } from '@gatehouse/publication';
import type { PublishedRow } from './published-rows.js';

/** Why a process does not serve a publication yet; null when it does. `epoch` is the present one of Redis. */
export function whyNotServed(report: FollowingReport, rows: readonly PublishedRow[], epoch: string | null): string | null {
  if (report.source === 'none') return 'it serves no complete configuration yet';
  const unsent = rows.find(({ sent }) => sent === null);
  if (unsent) return `${unsent.name} is not published yet`;
  for (const { name, revision, sent } of rows) {
    // An epoch that began after the document was sent holds it, and gateways take up complete epochs only.
    const follows =
      report.epoch === sent!.epoch ? report.sequence >= sent!.sequence : report.epoch !== null && report.epoch === epoch;
    if (!follows) return `it has followed the changes to ${report.sequence} of ${sent!.sequence}`;
    const refused = report.refused.find((document) => document.name === name && document.revision >= revision);
    if (refused) return `it refuses ${name}: ${refused.reason}`;
  }
  // The list of a report has an end; what it leaves out may be one of ours.
  if (report.refusedTotal > report.refused.length) return `it refuses ${report.refusedTotal} documents`;
  return null;
}
