import { consistsOf, TEXT, TOKEN } from '@gatehouse/http1';
import { CONNECTION_FIELDS } from './request-head.js';

/** Those of HTTP/1.1 alone, and `te`: it may only be in requests, and Node throws where it says what trailers are not. */
const DROPPED = new Set([...CONNECTION_FIELDS, 'te']);

const BLANKS_AROUND = /^[ \t]+|[ \t]+$/g;

/** Statuses whose answers have no body, whatever the method. */
export function isBodiless(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

/**
 * The fields of an answer (RFC 9113, 8.3.2): names in lower case, without those that speak of one connection of HTTP/1.1. Null for a status that ends no
 * request, and for a name or value that another version of HTTP could not carry: somewhere behind this gateway it may have to.
 *
 * @param length of the body, null where it is not announced
 */
export function answerFields(status: number, headers: readonly string[], length: number | null): string[] | null {
  if (status < 200 || status > 599) return null;
  const fields = [':status', String(status)];
  for (let i = 0; i < headers.length; i += 2) {
    const name = (headers[i] as string).toLowerCase();
    const value = (headers[i + 1] as string).replace(BLANKS_AROUND, '');
    if (!consistsOf(TOKEN, name) || (value !== '' && !consistsOf(TEXT, value))) return null;
    if (!DROPPED.has(name)) fields.push(name, value);
  }
  if (length !== null && !isBodiless(status)) fields.push('content-length', String(length));
  return fields;
}
