import { EXPLAIN_HEADER } from '@gatehouse/snapshot';

/** Request headers that the pipeline itself reads. They are asked for by their places here, which cost no look-up. */
const KNOWN_HEADERS = [
  'accept',
  'authorization',
  'content-type',
  'user-agent',
  'x-amzn-requestid',
  'x-amzn-trace-id',
  'x-api-key',
  'x-http-method-override',
  EXPLAIN_HEADER,
] as const;
export const KNOWN_HEADER_COUNT = KNOWN_HEADERS.length;
export const ACCEPT = 0;
export const AUTHORIZATION = 1;
export const CONTENT_TYPE = 2;
export const USER_AGENT = 3;
export const REQUEST_ID = 4;
export const TRACE_ID = 5;
export const API_KEY = 6;
export const METHOD_OVERRIDE = 7;
export const EXPLAIN = 8;
export type KnownHeader = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** What the rules of B4 ("response headers and identifiers") say of one header name. Looked up once per distinct spelling. */
export interface HeaderInfo {
  readonly name: string;
  readonly lower: string;
  /** Its place among the known headers, or -1. */
  readonly known: number;
  /** Nothing behind the transport sees this request header. */
  readonly droppedOnArrival: boolean;
  /** Goes to the backend of an HTTP_PROXY integration. */
  readonly proxied: boolean;
  /** Is among the headers of the event that a function gets. */
  readonly inEvent: boolean;
  /** Under which name a function's header reaches the client; null when it does not. */
  readonly functionAnsweredAs: string | null;
  /** Under which name a backend's header reaches the client of an HTTP_PROXY integration; null when it does not. */
  readonly answeredAs: string | null;
  /** Under which name a mapped response header reaches the client; null when it does not. */
  readonly mappedAs: string | null;
}

/** Dropped before anything sees them. Source: recorded behaviour of AWS. The last four speak of one connection only (RFC 9110, 7.6.1). */
const DROPPED_ON_ARRIVAL = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'transfer-encoding',
  'trailer',
  'upgrade',
  'www-authenticate',
  'keep-alive',
  'proxy-connection',
  'http2-settings',
  'proxy-authorization',
  EXPLAIN_HEADER,
]);

/** Of what is left, these do not go on by themselves. Source: recorded behaviour of AWS. */
const NOT_PROXIED = new Set(['host', 'content-encoding', 'via', 'x-http-method-override']);

/** Of these, functions get what the client said all the same: they decode a body themselves. Host is among what the gateway says. Source: events of AWS. */
const IN_EVENTS = new Set(['content-encoding', 'via']);

/** The gateway says these itself, so a client's are dropped. */
const OWN_REQUEST_HEADERS = new Set([
  'x-amzn-apigateway-api-id',
  'x-amzn-trace-id',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
  'forwarded',
]);

/** The gateway decides on these, so a second spelling of them does not get past it. */
const NOT_PROXIED_AS_ALIAS = new Set(['authorization', 'x-api-key', 'x-amzn-requestid']);

/** A backend's header that reaches the client as `x-amzn-Remapped-{Name}`, whatever the integration. Source: recorded behaviour of AWS. */
const REMAPPED = ['Connection', 'Content-Length', 'Date', 'Server', 'x-amzn-RequestId'];
/** And these where a mapping sets them. */
const REMAPPED_WHEN_MAPPED = [
  ...REMAPPED,
  'Authorization',
  'Content-MD5',
  'Expect',
  'Host',
  'Max-Forwards',
  'Proxy-Authenticate',
  'Trailer',
  'Upgrade',
  'User-Agent',
  'WWW-Authenticate',
];
/** Speak of the connection to the backend, or (the last) are the gateway's own. */
const NOT_ANSWERED = new Set([
  'transfer-encoding',
  'via',
  'keep-alive',
  'proxy-connection',
  'upgrade',
  'trailer',
  'te',
  'x-amz-apigw-id',
]);
const NOT_MAPPED = new Set(['transfer-encoding', 'keep-alive', 'proxy-connection', 'te', 'x-amz-apigw-id']);
/** Of a function's answer: they speak of a connection that it does not have, or are the gateway's own. Via is anyone's to say. */
const NOT_ANSWERED_BY_FUNCTIONS = new Set([...[...NOT_ANSWERED].filter((name) => name !== 'via'), 'x-amzn-trace-id']);
/** The transport or the gateway says these itself, or renames a backend's: a second spelling of them does not get past that. */
const NOT_ANSWERED_AS_ALIAS = new Set([...NOT_ANSWERED, ...REMAPPED.map((name) => name.toLowerCase())]);
const NOT_ANSWERED_BY_FUNCTIONS_AS_ALIAS = new Set([...NOT_ANSWERED_BY_FUNCTIONS, ...NOT_ANSWERED_AS_ALIAS]);

const remapTable = (names: string[]) => new Map(names.map((name) => [name.toLowerCase(), `x-amzn-Remapped-${name}`]));
const remapped = remapTable(REMAPPED);
const remappedOfFunctions = remapTable([...REMAPPED, 'WWW-Authenticate']);
const remappedWhenMapped = remapTable(REMAPPED_WHEN_MAPPED);

const MOST_SPELLINGS = 4096;
const spellings = new Map<string, HeaderInfo>();

/** Names seen last, at a place that a glance at the name gives: looking there costs less than hashing the name. */
const PLACES = 1024;
const glances: (HeaderInfo | undefined)[] = Array.from({ length: PLACES }, () => undefined);

/** The rules for a header name in any spelling. */
export function headerInfo(name: string): HeaderInfo {
  const { length } = name;
  const middle = (name.charCodeAt(length >> 1) << 3) ^ (name.charCodeAt(length - 2) << 6);
  const place = ((name.charCodeAt(0) << 1) ^ middle ^ name.charCodeAt(length - 1) ^ (length << 5)) & (PLACES - 1);
  const glanced = glances[place];
  if (glanced !== undefined && glanced.name === name) return glanced;
  const known = spellings.get(name);
  if (known !== undefined) return (glances[place] = known);
  // Clients choose names: a full table stays as it is, so that they cannot make it grow.
  if (spellings.size >= MOST_SPELLINGS) return describeHeader(name);
  // Copied: as a part of a head's text it would keep all of that.
  const fresh = describeHeader(Buffer.from(name).toString());
  spellings.set(fresh.name, fresh);
  return (glances[place] = fresh);
}

/** A token (RFC 9110, 5.6.2). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

export function isHeaderName(name: string): boolean {
  return TOKEN.test(name);
}

/**
 * What a receiver may take a name for that keeps headers as variables, as CGI-like servers do: `X_Forwarded.For` becomes the same variable as
 * `X-Forwarded-For`. Names that are alike have the same letters and digits, with anything between them.
 */
function likeness(lower: string): string {
  return lower.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

function describeHeader(name: string): HeaderInfo {
  const lower = name.toLowerCase();
  const like = likeness(lower);
  const token = isHeaderName(name);
  const notProxied = [DROPPED_ON_ARRIVAL, NOT_PROXIED, OWN_REQUEST_HEADERS, ...(like === lower ? [] : [NOT_PROXIED_AS_ALIAS])];
  const notInEvent = IN_EVENTS.has(lower) ? [] : notProxied;
  const notAnswered = like === lower ? NOT_ANSWERED : NOT_ANSWERED_AS_ALIAS;
  const notAnsweredByFunctions = like === lower ? NOT_ANSWERED_BY_FUNCTIONS : NOT_ANSWERED_BY_FUNCTIONS_AS_ALIAS;
  return {
    name,
    lower,
    known: (KNOWN_HEADERS as readonly string[]).indexOf(lower),
    droppedOnArrival: DROPPED_ON_ARRIVAL.has(lower),
    proxied: token && !notProxied.some((names) => names.has(like)),
    inEvent: token && !notInEvent.some((names) => names.has(like)),
    functionAnsweredAs: !token || notAnsweredByFunctions.has(like) ? null : (remappedOfFunctions.get(lower) ?? name),
    answeredAs: !token || notAnswered.has(like) ? null : (remapped.get(lower) ?? name),
    mappedAs: NOT_MAPPED.has(lower) ? null : (remappedWhenMapped.get(lower) ?? name),
  };
}
