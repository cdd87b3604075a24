import type { Outcome } from '../transport/connection-host.js';

const LONGEST_TEXT = 2048;
/** What JSON leaves as it is and a terminal may obey: DEL and the C1 controls. */
const MORE_CONTROLS = /[\x7f-\x9f]/g;

/**
 * One line about one request: JSON without its line end. It holds no query, no header but User-Agent, and of an API key only its id, so that no
 * secret gets into a log.
 */
export function accessRecord({ exchange, bytesSent, aborted }: Outcome): string {
  const { request, stage, route, consumer, error, integrationStartedAt, integrationEndedAt } = exchange;
  const record = {
    time: new Date(exchange.arrivedAt).toISOString(),
    requestId: exchange.requestId,
    extendedRequestId: exchange.extendedRequestId,
    apiId: stage?.apiId,
    stage: stage?.stageName,
    resourcePath: route?.path,
    httpMethod: shortened(exchange.httpMethod),
    path: shortened(request.target?.path ?? loggablePath(request.rawTarget)),
    protocol: request.protocol,
    /** 0 when the client left before there was an answer. */
    status: exchange.status,
    sourceIp: request.remoteAddress,
    userAgent: shortened(exchange.headers.first('user-agent')),
    apiKeyId: consumer?.apiKeyId,
    latency: milliseconds(exchange.endedAt - exchange.startedAt),
    integrationLatency:
      integrationStartedAt === null || integrationEndedAt === null
        ? undefined
        : milliseconds(integrationEndedAt - integrationStartedAt),
    integrationStatus: exchange.integrationStatus ?? undefined,
    bytes: bytesSent,
    error: error === null ? undefined : { type: error.responseType, reason: error.reason },
    aborted: aborted || undefined,
  };
  return JSON.stringify(record).replace(MORE_CONTROLS, escaped);
}

function shortened(text: string | undefined): string | undefined {
  return text !== undefined && text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}...` : text;
}

/**
 * What may be logged of a target that has no canonical form: its path. An authority goes, because it may hold a user's name and password; so
 * does everything where it is not clear which is which.
 */
function loggablePath(target: string): string {
  const path = target.replace(/^[^/?#]*:\/\/[^/?#]*/, '').split('?', 1)[0] as string;
  return path.startsWith('/') ? path : '';
}

/** To a microsecond. */
function milliseconds(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function escaped(char: string): string {
  return `\\u00${char.charCodeAt(0).toString(16)}`;
}
