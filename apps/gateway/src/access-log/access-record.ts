import { USER_AGENT, type Exchange } from '@gatehouse/pipeline';
import type { Outcome } from '../transport/connection-host.js';

const LONGEST_TEXT = 2048;
/** What JSON escapes, and what is no printable ASCII: a terminal may obey it. */
const ODD = /[^ !#-[\]-~]/;
const NOT_ASCII = /[\x7f-\uffff]/g;

type Road = NonNullable<Exchange['road']>;

/*
 * Joining texts costs a request more than anything else here, so what stands between two values, and values that many requests share, are made one text
 * that is kept. They are joined by `+`, for in a template each is looked at once more, whether it is a text.
 */

/** For the roads of methods that are one verb: the members from `apiId` to the name of `path`; for the others up to the name of `httpMethod`. */
const roadMembers = new WeakMap<Road, string>();

/**
 * One line about one request: JSON of ASCII, without its line end. It holds no query, no header but User-Agent, and of an API key only its id, so that no
 * secret gets into a log.
 */
export function accessRecord({ exchange, bytesSent, aborted }: Outcome): string {
  const { request, domainName, consumer, error, integrationStartedAt, integrationEndedAt, integrationStatus } = exchange;
  const path = request.target === null ? text(loggablePath(request.rawTarget)) : pathText(request.target.path);
  const userAgent = exchange.headers.first(USER_AGENT);
  let line =
    timeMember(exchange.arrivedAt) +
    exchange.requestId +
    '","extendedRequestId":"' +
    exchange.extendedRequestId +
    resolved(exchange) +
    path +
    statusMembers(request.protocol, exchange.status) +
    '"' +
    request.remoteAddress +
    '"';
  if (domainName !== null) line += ',"domainName":' + text(domainName);
  if (userAgent !== undefined) line += ',"userAgent":' + text(userAgent);
  if (consumer !== null) line += ',"apiKeyId":' + text(consumer.apiKeyId);
  line += ',"latency":' + milliseconds(exchange.endedAt - exchange.startedAt);
  if (integrationStartedAt !== null && integrationEndedAt !== null)
    line += ',"integrationLatency":' + milliseconds(integrationEndedAt - integrationStartedAt);
  if (integrationStatus !== null) line += ',"integrationStatus":' + String(integrationStatus);
  line += ',"bytes":' + String(bytesSent);
  if (error !== null) line += `,"error":{"type":"${error.responseType}","reason":${text(error.reason)}}`;
  return line + (aborted ? ',"aborted":true}' : '}');
}

/** The members that say what the request was resolved to, as far as it was, its method, and the name of the next one. */
function resolved({ road, stage, httpMethod }: Exchange): string {
  if (road !== null) {
    const members = roadMembers.get(road) ?? noteRoad(road);
    // A method of a resource is one of a few verbs; another one is anything that a client likes.
    return road.route.httpMethod === 'ANY' ? members + httpMethod + '","path":' : members;
  }
  const members = stage === null ? '' : `,"apiId":${text(stage.apiId)},"stage":${text(stage.stageName)}`;
  return `"${members},"httpMethod":${text(httpMethod)},"path":`;
}

function noteRoad(road: Road): string {
  const { stage, route } = road;
  const members =
    `","apiId":${text(stage.apiId)},"stage":${text(stage.stageName)},"resourcePath":${text(route.path)},"httpMethod":"` +
    (route.httpMethod === 'ANY' ? '' : `${route.httpMethod}","path":`);
  roadMembers.set(road, members);
  return members;
}

/** By protocol, then by status: the members between the path and the address. A status of 0: the client left before there was an answer. */
const knownStatuses = new Map<string, string[]>();

function statusMembers(protocol: string, status: number): string {
  let known = knownStatuses.get(protocol);
  if (known === undefined) knownStatuses.set(protocol, (known = []));
  return (known[status] ??= `,"protocol":"${protocol}","status":${status},"sourceIp":`);
}

function text(value: string): string {
  const shown = shortened(value);
  return ODD.test(shown) ? JSON.stringify(shown).replace(NOT_ASCII, escaped) : '"' + shown + '"';
}

/** A canonical path is of printable ASCII, without backslashes. */
function pathText(path: string): string {
  return path.includes('"') ? text(path) : '"' + shortened(path) + '"';
}

function shortened(value: string): string {
  return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}...` : value;
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * What may be logged of a target that has no canonical form: its path. An authority goes, because it may hold a user's name and password; so
 * does everything where it is not clear which is which.
 */
function loggablePath(target: string): string {
  const path = target.replace(/^[^/?#]*:\/\/[^/?#]*/, '').split('?', 1)[0] as string;
  return path.startsWith('/') ? path : '';
}

const THOUSANDTHS = Array.from({ length: 1000 }, (_, value) => `.${String(value).padStart(3, '0')}`);

/** To a microsecond. */
function milliseconds(value: number): string {
  const micros = Math.round(value * 1000);
  const whole = Math.floor(micros / 1000);
  return String(whole) + THOUSANDTHS[micros - whole * 1000]!;
}

let knownMillis = -1;
let knownTime = '';

/** The first member, and the second up to its value. */
function timeMember(epochMillis: number): string {
  if (epochMillis !== knownMillis) {
    knownMillis = epochMillis;
    knownTime = `{"time":"${new Date(epochMillis).toISOString()}","requestId":"`;
  }
  return knownTime;
}
