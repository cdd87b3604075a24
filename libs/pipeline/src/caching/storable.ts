import type { AnswerDraft } from '../rest-pipeline.js';

/** Beside those that say that all went well: what is the same for everyone, and not the fault of one request (RFC 9110, 15.1). */
const KEPT = new Set([301, 308, 404, 410]);
/** An answer to a part of the question (RFC 9110, 15.3.7). */
const PARTIAL = 206;

/**
 * Whether an answer may be given to others: it is whole, no failure of the backend, sets nobody's cookies, and neither says that it is for one client (`Cache-Control`: `private`,
 * `no-store`; RFC 9111, 3) nor that it depends on more than its key (`Vary`; but for the coding of its body, which the gateway undoes). AWS heeds the status alone.
 */
export function isStorable({ status, headers }: AnswerDraft): boolean {
  const isKept = status >= 200 && status <= 299 ? status !== PARTIAL : KEPT.has(status);
  if (!isKept) return false;
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
