import { AwsError } from '@gatehouse/aws-wire';
import { createHash } from 'node:crypto';
import { parseAmzDate } from './amz-date.js';
import { headerValues, splitTarget, type RequestHead } from './request-head.js';
import { ALGORITHM, TERMINATOR, type SignatureScope } from './signature-scope.js';
import { canonicalQueryPart } from './uri-encoding.js';

/** What a request says of its signature; nothing of it is proven yet. */
export interface PresentedSignature extends SignatureScope {
  /** In the Authorization header, or in the query of a presigned URL. */
  form: 'header' | 'query';
  accessKeyId: string;
  /** In lower case, in the order in which they were signed. */
  signedHeaders: string[];
  signature: string;
  /** For how long a presigned URL is good. */
  expiresSeconds?: number;
}

/** A presigned URL lives for at most a week. */
const MAX_EXPIRES_SECONDS = 604_800;

const SIGNED_HEADERS = /^[!#$%&'*+.^_`|~0-9a-z-]+(;[!#$%&'*+.^_`|~0-9a-z-]+)*$/;
const REGION = /^[a-z0-9-]{1,64}$/;

const incomplete = (message: string) => new AwsError('IncompleteSignatureException', message);
const invalid = (message: string) => new AwsError('InvalidSignatureException', message);

/**
 * Reads the signature that a request carries, in its Authorization header or its query.
 * Throws `AwsError`: MissingAuthenticationTokenException without one, IncompleteSignatureException when something of it is missing,
 * malformed or doubled, UnrecognizedClientException for session credentials, which do not exist here.
 */
export function readSignature(head: RequestHead): PresentedSignature {
  const authorization = headerValues(head, 'authorization');
  const query = presignedParameters(head);
  if (authorization.length === 0 && query.size === 0) {
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  if (authorization.length > 1 || (authorization.length === 1 && query.size > 0)) {
    throw incomplete('A request must carry one signature: in one Authorization header, or in its query.');
  }
  if (headerValues(head, 'x-amz-security-token').length > 0 || query.has('X-Amz-Security-Token')) {
    throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  return authorization[0] === undefined ? readQuery(query) : readHeader(authorization[0], headerValues(head, 'x-amz-date'));
}

function readHeader(authorization: string, dates: string[]): PresentedSignature {
  const parts = authorizationParts(authorization);
  const credential = parts.get('Credential');
  const signedHeaders = parts.get('SignedHeaders');
  const signature = parts.get('Signature');
  const missing = [
    ...['Credential', 'Signature', 'SignedHeaders']
      .filter((name) => !parts.get(name))
      .map((name) => `Authorization header requires '${name}' parameter.`),
    ...(dates[0] ? [] : ["Authorization header requires existence of a 'X-Amz-Date' header."]),
  ];
  if (!credential || !signedHeaders || !signature || !dates[0]) {
    throw incomplete(`${missing.join(' ')} (Hashed with SHA-256 and encoded with Base64) Authorization=${digest(authorization)}`);
  }
  return {
    form: 'header',
    ...readCredential(credential),
    amzDate: readDate(dates.join(',')),
    signedHeaders: readSignedHeaders(signedHeaders),
    signature,
  };
}

/** The members of `AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...`. The header is named by its hash, as AWS does: it may be a password. */
function authorizationParts(authorization: string): Map<string, string> {
  const space = authorization.indexOf(' ');
  const parts = new Map<string, string>();
  for (const part of authorization.slice(space + 1).split(',')) {
    const equals = part.indexOf('=');
    if (equals < 0 || authorization.slice(0, Math.max(space, 0)) !== ALGORITHM) {
      throw incomplete(
        `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${digest(authorization)}'.`,
      );
    }
    const name = part.slice(0, equals).trim();
    if (parts.has(name)) throw incomplete(`Authorization header has more than one '${name}' parameter.`);
    parts.set(name, part.slice(equals + 1).trim());
  }
  return parts;
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64');
}

const PRESIGNED = new Set([
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
  'X-Amz-Security-Token',
]);

function presignedParameters(head: RequestHead): Map<string, string> {
  const found = new Map<string, string>();
  const { query } = splitTarget(head.rawTarget);
  if (query === '') return found;
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=');
    const name = canonicalQueryPart(equals < 0 ? pair : pair.slice(0, equals));
    if (!PRESIGNED.has(name)) continue;
    if (found.has(name)) throw incomplete(`AWS query-string parameters must include '${name}' only once.`);
    found.set(name, equals < 0 ? '' : decodeURIComponentOr(pair.slice(equals + 1)));
  }
  return found;
}

function decodeURIComponentOr(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return '';
  }
}

function readQuery(query: Map<string, string>): PresentedSignature {
  const required = (name: string): string => {
    const value = query.get(name);
    if (!value) throw incomplete(`AWS query-string parameters must include '${name}'. Re-examine the query-string parameters.`);
    return value;
  };
  const algorithm = required('X-Amz-Algorithm');
  if (algorithm !== ALGORITHM) throw incomplete(`X-Amz-Algorithm must be '${ALGORITHM}'.`);
  return {
    form: 'query',
    ...readCredential(required('X-Amz-Credential')),
    amzDate: readDate(required('X-Amz-Date')),
    expiresSeconds: readExpires(required('X-Amz-Expires')),
    signedHeaders: readSignedHeaders(required('X-Amz-SignedHeaders')),
    signature: required('X-Amz-Signature'),
  };
}

function readCredential(credential: string): Pick<PresentedSignature, 'accessKeyId' | 'date' | 'region' | 'service'> {
  const elements = credential.split('/');
  const [accessKeyId, date, region, service, terminator] = elements;
  if (elements.length !== 5 || !accessKeyId || !date || !region || !service || !terminator) {
    throw incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  if (terminator !== TERMINATOR) {
    throw invalid(`Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${terminator}'.`);
  }
  if (!REGION.test(region)) throw invalid(`Credential should be scoped to a valid region, not '${region}'.`);
  return { accessKeyId, date, region, service };
}

function readDate(text: string): string {
  if (parseAmzDate(text) === undefined) {
    throw incomplete(`Date must be in ISO-8601 'basic format'. Got '${text}'. See http://en.wikipedia.org/wiki/ISO_8601`);
  }
  return text;
}

function readExpires(text: string): number {
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(seconds)) throw incomplete('X-Amz-Expires should be a number');
  if (seconds < 1) throw incomplete('X-Amz-Expires must be at least 1 second');
  if (seconds > MAX_EXPIRES_SECONDS)
    throw incomplete(
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    );
  return seconds;
}

function readSignedHeaders(text: string): string[] {
  if (!SIGNED_HEADERS.test(text)) throw incomplete("'SignedHeaders' must name headers in lower case, separated by semicolons.");
  return text.split(';');
}
