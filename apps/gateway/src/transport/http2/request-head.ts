import { consistsOf, isAuthority, isMethod, TARGET } from '@gatehouse/http1';
import type { GatewayError } from '@gatehouse/pipeline';
import { REFUSALS } from '../http1/refusals.js';

/** What the fields of a request say (RFC 9113, 8.3), as the pipeline knows requests. */
export interface Http2Head {
  readonly method: string;
  readonly path: string;
  /** Host and its port; for this gateway's purposes the same as a Host header. */
  readonly authority: string;
  /** Without pseudo-headers; with one Host, and one cookie at most. */
  readonly headers: readonly string[];
  readonly contentLength: number | null;
  /** `expect: 100-continue`. */
  readonly expectsContinue: boolean;
}

/** What a request is measured by, in bytes of the same head in HTTP/1.1. */
export interface Http2HeadLimits {
  readonly maxHeaderBytes: number;
  readonly maxHeaders: number;
  readonly maxTargetBytes: number;
}

/** They speak of one connection of HTTP/1.1; in HTTP/2 they make a request malformed (RFC 9113, 8.2.2). */
export const CONNECTION_FIELDS = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);

const PSEUDO = [':method', ':scheme', ':path', ':authority'];
/** `: ` and the line's end. */
const AROUND_A_FIELD = 4;

/**
 * Reads the fields of a request, name, value, name, value ...; answers with the refusal of what can be read in two ways, is not for a gateway, or is
 * too large. nghttp2 has seen to it that names and values are made of what they may be made of.
 */
export function readHead(fields: readonly string[], limits: Http2HeadLimits): Http2Head | GatewayError {
  const pseudo = new Map<string, string>();
  const headers = ['Host', ''];
  let bytes = 0;
  let host: string | null = null;
  let cookie = -1;
  let contentLength: number | null = null;
  let expectsContinue = false;
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i] as string;
    const value = fields[i + 1] as string;
    bytes += name.length + value.length + AROUND_A_FIELD;
    if (name.startsWith(':')) {
      if (pseudo.has(name) || !PSEUDO.includes(name)) return REFUSALS.malformed;
      pseudo.set(name, value);
      continue;
    }
    if (CONNECTION_FIELDS.has(name)) return REFUSALS.malformed;
    if (name === 'host') {
      if (host !== null) return REFUSALS.malformed;
      host = value;
      continue;
    }
    // It may come in crumbs, each a field of its own, so that they compress better (RFC 9113, 8.2.3).
    if (name === 'cookie' && cookie >= 0) {
      headers[cookie] = `${headers[cookie]}; ${value}`;
      continue;
    }
    headers.push(name, value);
    if (name === 'cookie') cookie = headers.length - 1;
    else if (name === 'content-length') contentLength = Number(value);
    else if (name === 'expect') expectsContinue = value.toLowerCase() === '100-continue';
  }
  if (bytes > limits.maxHeaderBytes || headers.length > 2 * limits.maxHeaders) return REFUSALS['head-too-large'];
  const [method = '', scheme = '', path = '', authority = host ?? ''] = PSEUDO.map((name) => pseudo.get(name));
  if (path.length > limits.maxTargetBytes) return REFUSALS['target-too-long'];
  // CONNECT has no path, and no tunnel leads through here.
  if (!isMethod(method) || (scheme !== 'https' && scheme !== 'http')) return REFUSALS.malformed;
  if (!consistsOf(TARGET, path) || !(path.startsWith('/') || (path === '*' && method === 'OPTIONS'))) return REFUSALS.malformed;
  if (!isAuthority(authority) || (host !== null && host.toLowerCase() !== authority.toLowerCase())) return REFUSALS.malformed;
  headers[1] = authority;
  return { method, path, authority, headers, contentLength, expectsContinue };
}
