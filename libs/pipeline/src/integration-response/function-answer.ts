import { ERRORS, explained, type GatewayError } from '../gateway-response/gateway-error.js';
import type { BinaryMediaTypes } from '../http/binary-media-types.js';
import { isHeaderValue, utf8Bytes } from '../http/byte-text.js';
import { ACCEPT, headerInfo, isHeaderName } from '../http/header-info.js';
import type { AnswerDraft, AnswerStep } from '../rest-pipeline.js';
import { traceTowardClient } from '../trace.js';

/** What a function answered is none of the answers that AWS takes. The message says why, for the log. */
export class MalformedFunctionAnswer extends Error {}

const FUNCTION_ERROR = 'x-amz-function-error';
const MEMBERS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);
const STREAMED_MEMBERS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'cookies']);
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** Of all values together. Source: AWS, quotas of REST APIs. */
const MOST_VALUE_BYTES = 10_240;
/** As much as a backend may say in the head of its answer. */
const MOST_HEADERS = 256;
const MOST_HEADER_BYTES = 32_768;
/** Characters of a name that get into the log. */
const LONGEST_NAME = 100;
const NOTHING = Buffer.alloc(0);

type Members = Record<string, unknown>;

interface FunctionHead {
  status: number;
  headers: string[];
}

/**
 * Integration response of AWS_PROXY: status, headers and body as the function says them in JSON, by rules of which none is lenient. A function that failed, or
 * answered anything else, is 502. Source: recorded behaviour of AWS.
 */
export function proxiedFunctionAnswer(binaryMediaTypes: BinaryMediaTypes): AnswerStep {
  return (exchange, draft) => {
    if (hasFunctionError(draft)) return explained(ERRORS.functionFailed, errorTypeOf(draft.body as Buffer));
    let head: FunctionHead;
    let text: string;
    let isEncoded: boolean;
    try {
      const answer = parseObject(draft.body as Buffer, MEMBERS);
      head = readHead(answer);
      text = readBody(answer);
      isEncoded = readEncoding(answer);
    } catch (error) {
      if (!(error instanceof MalformedFunctionAnswer)) throw error;
      return explained(ERRORS.malformedFunctionAnswer, error.message);
    }
    const encoded = isEncoded && binaryMediaTypes.isAccepted(exchange.headers.first(ACCEPT));
    if (encoded && !(text.length % 4 === 0 && BASE64.test(text))) return ERRORS.undecodableAnswer;
    draft.status = head.status;
    draft.headers = head.headers;
    draft.body = text === '' ? NOTHING : Buffer.from(text, encoded ? 'base64' : 'utf8');
    draft.length = draft.body.length;
    return tracedAnswer(exchange, draft);
  };
}

/** Integration response of a streamed answer, whose status and headers were read already. */
export const tracedAnswer: AnswerStep = (exchange, draft): GatewayError | undefined => {
  draft.headers.push('X-Amzn-Trace-Id', traceTowardClient(exchange.trace));
  return undefined;
};

/**
 * Status and headers of a streamed answer, from the JSON before its delimiter.
 *
 * @throws MalformedFunctionAnswer
 */
export function streamedHead(metadata: Buffer): FunctionHead {
  const answer = parseObject(metadata, STREAMED_MEMBERS);
  const head = readHead(answer);
  const cookies = answer['cookies'] ?? [];
  if (!Array.isArray(cookies)) throw new MalformedFunctionAnswer('cookies that are no list');
  for (const cookie of cookies) head.headers.push('Set-Cookie', headerValue('cookies', cookie));
  checkSize(head);
  return head;
}

/** Whether the function ended with an error instead of an answer. */
function hasFunctionError({ headers }: AnswerDraft): boolean {
  return headers.some((name, i) => i % 2 === 0 && name.toLowerCase() === FUNCTION_ERROR);
}

/** What a failed function calls its error. What else it says may be anyone's secret, and is in the function's own log. */
function errorTypeOf(body: Buffer): string {
  try {
    const { errorType } = parseAny(body) as { errorType?: unknown };
    if (typeof errorType === 'string') return errorType.slice(0, LONGEST_NAME);
  } catch {
    // It says nothing that could be read.
  }
  return 'an error without a type';
}

function parseObject(bytes: Buffer, members: ReadonlySet<string>): Members {
  let value: unknown;
  try {
    value = parseAny(bytes);
  } catch {
    throw new MalformedFunctionAnswer('it is no JSON');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new MalformedFunctionAnswer('it is no object');
  for (const name of Object.keys(value)) {
    if (!members.has(name)) throw new MalformedFunctionAnswer(`the member ${JSON.stringify(name.slice(0, LONGEST_NAME))}`);
  }
  return value as Members;
}

const parseAny = (bytes: Buffer): unknown => JSON.parse(bytes.toString('utf8'));

function readHead(answer: Members): FunctionHead {
  const { statusCode, headers, multiValueHeaders } = answer;
  const status = readStatus(statusCode);
  const lists = valuesByName(multiValueHeaders, headers);
  const list: string[] = [];
  let hasContentType = false;
  for (const { name, values } of lists) {
    if (!isHeaderName(name)) throw new MalformedFunctionAnswer(`the header ${JSON.stringify(name.slice(0, LONGEST_NAME))}`);
    const info = headerInfo(name);
    if (info.functionAnsweredAs === null) continue;
    if (info.lower === 'content-type') hasContentType = values.length > 0;
    for (const value of values) list.push(info.functionAnsweredAs, value);
  }
  // A 304 would change the type of what the client has kept.
  if (!hasContentType && status !== 204 && status !== 304) list.push('Content-Type', 'application/json');
  const head = { status, headers: list };
  checkSize(head);
  return head;
}

function checkSize({ headers }: FunctionHead): void {
  let bytes = 0;
  let valueBytes = 0;
  for (const [i, text] of headers.entries()) {
    bytes += text.length;
    if (i % 2 === 1) valueBytes += text.length;
  }
  if (headers.length > 2 * MOST_HEADERS || bytes > MOST_HEADER_BYTES || valueBytes > MOST_VALUE_BYTES) {
    throw new MalformedFunctionAnswer('too many headers');
  }
}

function readStatus(statusCode: unknown): number {
  if (statusCode === undefined) return 200;
  const status = typeof statusCode === 'string' && /^\s*\d{1,3}\s*$/.test(statusCode) ? Number(statusCode) : statusCode;
  // One below 200 ends no exchange (RFC 9110, 15.2), and one above 599 is none.
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599) {
    throw new MalformedFunctionAnswer('a statusCode that is none');
  }
  return status;
}

/**
 * The values of each header: those of `multiValueHeaders`, in its case, then the one of `headers` where it is not among them. Source: AWS, "Output format of a Lambda function
 * for proxy integration".
 */
function valuesByName(multiValueHeaders: unknown, headers: unknown): Iterable<{ name: string; values: string[] }> {
  const byName = new Map<string, { name: string; values: string[] }>();
  for (const [name, given] of membersOf('multiValueHeaders', multiValueHeaders)) {
    if (!Array.isArray(given))
      throw new MalformedFunctionAnswer(`multiValueHeaders, of which ${JSON.stringify(name.slice(0, LONGEST_NAME))} is no list`);
    const values = given.map((value: unknown) => headerValue(name, typeof value === 'number' ? String(value) : value));
    const known = byName.get(name.toLowerCase());
    if (known === undefined) byName.set(name.toLowerCase(), { name, values });
    else known.values.push(...values);
  }
  for (const [name, given] of membersOf('headers', headers)) {
    const value = headerValue(name, given);
    const known = byName.get(name.toLowerCase());
    if (known === undefined) byName.set(name.toLowerCase(), { name, values: [value] });
    else if (!known.values.includes(value)) known.values.push(value);
  }
  return byName.values();
}

function membersOf(place: string, value: unknown): [string, unknown][] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) throw new MalformedFunctionAnswer(`${place} that are no object`);
  return Object.entries(value);
}

/** As the bytes that go on the wire. */
function headerValue(name: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'boolean') {
    throw new MalformedFunctionAnswer(`the header ${JSON.stringify(name.slice(0, LONGEST_NAME))} is neither text nor boolean`);
  }
  const bytes = utf8Bytes(String(value));
  if (!isHeaderValue(bytes))
    throw new MalformedFunctionAnswer(`control characters in the header ${JSON.stringify(name.slice(0, LONGEST_NAME))}`);
  return bytes;
}

function readBody({ body }: Members): string {
  if (body === undefined || body === null) return '';
  if (typeof body !== 'string') throw new MalformedFunctionAnswer('a body that is no text');
  return body;
}

/** Source: the emulator of AWS SAM, after trials on AWS: booleans, and these four texts. */
function readEncoding({ isBase64Encoded }: Members): boolean {
  switch (isBase64Encoded) {
    case true:
    case 'true':
    case 'True':
      return true;
    case undefined:
    case null:
    case false:
    case 'false':
    case 'False':
      return false;
    default:
      throw new MalformedFunctionAnswer('an isBase64Encoded that is no boolean');
  }
}
