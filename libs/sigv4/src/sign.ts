import { formatAmzDate } from './amz-date.js';
import { sha256 } from './canonical-request.js';
import { ALGORITHM, scopeText } from './signature-scope.js';
import { signatureOf } from './signature.js';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

export interface RequestToSign {
  method: string;
  url: URL;
  /** All of them are signed, beside `host` and `x-amz-date`. */
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface Signing {
  region: string;
  service: string;
  /** Milliseconds since the epoch; now when it is left out. */
  time?: number;
}

/**
 * Signs a request with Signature Version 4. Returns the headers to send: the given ones, `x-amz-date` and `authorization`; for S3, which asks for it, also
 * `x-amz-content-sha256`.
 */
export function sign(request: RequestToSign, credentials: Credentials, signing: Signing): Record<string, string> {
  const amzDate = formatAmzDate(signing.time ?? Date.now());
  const scope = { amzDate, date: amzDate.slice(0, 8), region: signing.region, service: signing.service };
  const headers = new Map(Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const payloadHash = sha256(request.body ?? '');
  headers.set('x-amz-date', amzDate);
  if (signing.service === 's3') headers.set('x-amz-content-sha256', payloadHash);
  const toSign = new Map(headers).set('host', request.url.host);
  const signedHeaders = [...toSign.keys()].sort();
  const head = { method: request.method, rawTarget: request.url.pathname + request.url.search, rawHeaders: [...toSign].flat() };
  const signature = signatureOf(head, signedHeaders, payloadHash, scope, credentials.secretAccessKey);
  const credential = `${credentials.accessKeyId}/${scopeText(scope)}`;
  headers.set(
    'authorization',
    `${ALGORITHM} Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`,
  );
  return Object.fromEntries(headers);
}
