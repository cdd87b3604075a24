import type { TestInvocation } from '@gatehouse/snapshot';
import { BufferBody } from '../http/buffer-body.js';
import { isHeaderValue, utf8Bytes } from '../http/byte-text.js';
import { connectionOptionsOf } from '../http/connection-options.js';
import type { GatewayRequest } from '../http/gateway-request.js';
import { headerInfo, isHeaderName } from '../http/header-info.js';
import { NO_BODY, StreamedBody } from '../http/request-body.js';
import { parseRequestTarget } from '../http/request-target.js';

/** What stands for the client and its connection. Source: events of AWS's test invocations. */
const HOST = 'testPrefix.testDomainName';
const SOURCE_IP = 'test-invoke-source-ip';
const HTTPS = 443;

/** Most characters of a path with its query; that of requests from clients. */
const LONGEST_TARGET = 10_240;
const MOST_HEADERS = 200;

/** What a test invocation asks for and no request can have. */
export class ImpossibleRequest extends Error {}

/**
 * The request of a test invocation, as a transport would make it. Its content is JSON whatever the headers say. Throws `ImpossibleRequest`.
 *
 * @param path in place of one that is not given
 */
export function testRequest({ httpMethod, pathWithQueryString, headers, body }: TestInvocation, path: string): GatewayRequest {
  const rawTarget = utf8Bytes(pathWithQueryString ?? path);
  const target = rawTarget.startsWith('/') && rawTarget.length <= LONGEST_TARGET ? parseRequestTarget(rawTarget) : null;
  if (target === null) throw new ImpossibleRequest('Invalid pathWithQueryString specified');
  const raw = readHeaders(headers);
  const bytes = Buffer.from(body, 'utf8');
  return {
    method: httpMethod,
    rawTarget,
    target,
    headers: raw,
    host: HOST,
    remoteAddress: SOURCE_IP,
    localPort: HTTPS,
    secure: true,
    protocol: 'HTTP/1.1',
    connectionOptions: connectionOptionsOf(raw),
    body: bytes.length === 0 ? NO_BODY : new StreamedBody(new BufferBody(bytes), bytes.length),
    onAbort: () => undefined,
  };
}

function readHeaders(headers: TestInvocation['headers']): string[] {
  if (headers.length > MOST_HEADERS) throw new ImpossibleRequest(`More than ${MOST_HEADERS} headers specified`);
  return headers.flatMap(([name, value]) => {
    const bytes = utf8Bytes(value);
    if (!isHeaderName(name) || !isHeaderValue(bytes)) throw new ImpossibleRequest('Invalid header specified');
    return [name, headerInfo(name).lower === 'content-type' ? 'application/json' : bytes];
  });
}
