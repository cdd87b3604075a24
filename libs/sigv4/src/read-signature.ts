import { AwsError } from '@gatehouse/aws-wire';
import { createHash } from 'node:crypto';
import { parseAmzDate } from './amz-date.js';
import { headerValues, splitTarget, type RequestHead } from './request-head.js';
import { ALGORITHM, ASYMMETRIC_ALGORITHM, TERMINATOR, type SignatureScope } from './signature-scope.js';
import { canonicalQueryPart } from './uri-encoding.js';

/** What a request says of its signature; nothing of it is proven yet. */
export interface PresentedSignature extends SignatureScope {
  /** In the Authorization header, or in the query of a presigned URL. */
  form: 'header' | 'query';
  algorithm: SignatureAlgorithm;
  accessKeyId: string;
  /** In lower case, in the order in which they were signed. */
  signedHeaders: string[];
  signature: string;
  /** For how long a presigned URL is good. */
  expiresSeconds?: number;
  /** Of Signature Version 4A: the regions in which it is good, with `*` for any characters. */
  regionSet?: string[];
}

/** Signature Version 4, and 4A. */
export type SignatureAlgorithm = typeof ALGORITHM | typeof ASYMMETRIC_ALGORITHM;

const SYMMETRIC: readonly SignatureAlgorithm[] = [ALGORITHM];
/** For `readSignature`: both. */
export const ALL_ALGORITHMS: readonly SignatureAlgorithm[] = [ALGORITHM, ASYMMETRIC_ALGORITHM];

/** A presigned URL lives for at most a week. */
const MAX_EXPIRES_SECONDS = 604_800;

const SIGNED_HEADERS = /^[!#$%&'*+.^_`|~0-9a-z-]+(;[!#$%&'*+.^_`|~0-9a-z-]+)*$/;
const REGION = /^[a-z0-9-]{1,64}$/;
const REGION_SET = /^[a-z0-9*-]{1,64}(?:,[a-z0-9*-]{1,64}){0,31}$/;

const incomplete = (message: string) => new AwsError('IncompleteSignatureException', message);
const invalid = (message: string) => new AwsError('InvalidSignatureException', message);

/**
 * Reads the signature that a request carries, in its Authorization header or its query.
 * Throws `AwsError`: MissingAuthenticationTokenException without one, IncompleteSignatureException when something of it is missing,
 * malformed or doubled, or made by none of `algorithms` (Signature Version 4), UnrecognizedClientException for session credentials, which do not exist here.
 */
export function readSignature(head: RequestHead, algorithms = SYMMETRIC): PresentedSignature {
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
  return authorization[0] === undefined ? readQuery(query, algorithms) : readHeader(authorization[0], head, algorithms);
}

function readHeader(authorization: string, head: RequestHead, algorithms: readonly SignatureAlgorithm[]): PresentedSignature {
  const dates = headerValues(head, 'x-amz-date');
  const algorithm = algorithms.find((each) => authorization.startsWith(`${each} `));
  const parts = authorizationParts(authorization, algorithm);
  const credential = parts.get('Credential');
  const signedHeaders = parts.get('SignedHeaders');
  const signature = parts.get('Signature');
  const missing = [
    ...['Credential', 'Signature', 'SignedHeaders']
      .filter((name) => !parts.get(name))
      .map((name) => `Authorization header requires '${name}' parameter.`),
    ...(dates[0] ? [] : ["Authorization header requires existence of a 'X-Amz-Date' header."]),
  ];
  if (!algorithm || !credential || !signedHeaders || !signature || !dates[0]) {
    throw incomplete(`${missing.join(' ')} (Hashed with SHA-256 and encoded with Base64) Authorization=${digest(authorization)}`);
  }
  return {
    form: 'header',
    algorithm,
    ...readCredential(credential, algorithm),
    ...readRegionSet(
      headerValues(head, 'x-amz-region-set').join(','),
      algorithm,
      "Authorization header requires existence of a 'X-Amz-Region-Set' header.",
    ),
    amzDate: readDate(dates.join(',')),
    signedHeaders: readSignedHeaders(signedHeaders),
    signature,
  };
}

/** The members of `AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...`. The header is named by its hash, as AWS does: it may be a password. */
function authorizationParts(authorization: string, algorithm: SignatureAlgorithm | undefined): Map<string, string> {
  const space = authorization.indexOf(' ');
  const parts = new Map<string, string>();
  for (const part of authorization.slice(space + 1).split(',')) {
    const equals = part.indexOf('=');
    if (equals < 0 || !algorithm) {
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
  'X-Amz-Region-Set',
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

function readQuery(query: Map<string, string>, algorithms: readonly SignatureAlgorithm[]): PresentedSignature {
  const required = (name: string): string => {
    const value = query.get(name);
    if (!value) throw incomplete(`AWS query-string parameters must include '${name}'. Re-examine the query-string parameters.`);
    return value;
  };
  const named = required('X-Amz-Algorithm');
  const algorithm = algorithms.find((each) => each === named);
  if (!algorithm) throw incomplete(`X-Amz-Algorithm must be '${ALGORITHM}'.`);
  return {
    form: 'query',
    algorithm,
    ...readCredential(required('X-Amz-Credential'), algorithm),
    ...readRegionSet(
      query.get('X-Amz-Region-Set') ?? '',
      algorithm,
      "AWS query-string parameters must include 'X-Amz-Region-Set'. Re-examine the query-string parameters.",
    ),
    amzDate: readDate(required('X-Amz-Date')),
    expiresSeconds: readExpires(required('X-Amz-Expires')),
    signedHeaders: readSignedHeaders(required('X-Amz-SignedHeaders')),
    signature: required('X-Amz-Signature'),
  };
}

/** Of Signature Version 4A a credential has no region. */
function readCredential(
  credential: string,
  algorithm: SignatureAlgorithm,
): Pick<PresentedSignature, 'accessKeyId' | 'date' | 'region' | 'service'> {
  const elements = credential.split('/');
  const hasRegion = algorithm === ALGORITHM;
  const expected = hasRegion
    ? 'exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term'
    : 'exactly 4 slash-delimited elements, e.g. keyid/date/service/term';
  const [accessKeyId, date, region, service, terminator] = hasRegion
    ? elements
    : [...elements.slice(0, 2), 'any', ...elements.slice(2)];
  if (elements.length !== (hasRegion ? 5 : 4) || !accessKeyId || !date || !region || !service || !terminator) {
    throw incomplete(`Credential must have ${expected}, got '${credential}'`);
  }
  if (terminator !== TERMINATOR) {
    throw invalid(`Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${terminator}'.`);
  }
  if (!REGION.test(region)) throw invalid(`Credential should be scoped to a valid region, not '${region}'.`);
  return { accessKeyId, date, region: hasRegion ? region : '', service };
}

function readRegionSet(text: string, algorithm: SignatureAlgorithm, missing: string): Pick<PresentedSignature, 'regionSet'> {
  if (algorithm === ALGORITHM) return {};
  if (text === '') throw incomplete(missing);
  const regions = text.replaceAll(' ', '');
  if (!REGION_SET.test(regions)) throw incomplete("'X-Amz-Region-Set' must be a list of regions, separated by commas.");
  return { regionSet: regions.split(',') };
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
