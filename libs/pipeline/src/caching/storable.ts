import type { AnswerDraft } from '../rest-pipeline.js';

/** Refusals to one caller, which the next one may not get. */
const NOT_KEPT = new Set([401, 403, 407, 429]);
/** An answer to a part of the question (RFC 9110, 15.3.7, 15.4.5). */
const PARTIAL = new Set([206, 304]);

/**
 * Whether an answer may be given to others: it is whole, no failure of the backend, sets nobody's cookies, and neither says that it is for one client (`Cache-Control`: `private`,
 * `no-store`; RFC 9111, 3) nor that it depends on more than its key (`Vary`; but for the coding of its body, which the gateway undoes). AWS heeds the status alone.
 */
export function isStorable({ status, headers }: AnswerDraft): boolean {
  if (status < 200 || status >= 500 || NOT_KEPT.has(status) || PARTIAL.has(status)) return false;
  for (let i = 0; i < headers.length; i += 2) {
    const name = (headers[i] as string).toLowerCase();
    const value = headers[i + 1] as string;
    if (name === 'set-cookie') return false;
    if (name === 'vary' && listed(value).some((field) => field !== 'accept-encoding')) return false;
    if (name === 'cache-control' && listed(value).some(isForOneClient)) return false;
  }
  return true;
}

/** `private` may name headers: then it is for one client as far as they go. */
function isForOneClient(directive: string): boolean {
  return directive === 'no-store' || directive === 'private' || directive.startsWith('private=');
}

/** The members of a comma-separated list, in lower case. */
export function listed(value: string): string[] {
  return value
    .toLowerCase()
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
}
