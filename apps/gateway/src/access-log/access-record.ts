import type { Exchange } from '@gatehouse/pipeline';
import type { Outcome } from '../transport/connection-host.js';

const LONGEST_TEXT = 2048;
/** Printable ASCII that JSON leaves as it is: strings of these alone are put between quotes, and nothing more. */
const PLAIN = /^[ !#-[\]-~]*$/;
/** What JSON leaves as it is and a terminal may obey: DEL and the C1 controls. */
const MORE_CONTROLS = /[\x7f-\x9f]/g;

type Road = NonNullable<Exchange['road']>;

/** What is the same in the lines of all requests of a road: the members `apiId`, `stage` and `resourcePath`. */
const roadMembers = new WeakMap<Road, string>();

/**
 * One line about one request: JSON without its line end. It holds no query, no header but User-Agent, and of an API key only its id, so that no
 * secret gets into a log.
 */
export function accessRecord({ exchange, bytesSent, aborted }: Outcome): string {
  const { request, consumer, error, integrationStartedAt, integrationEndedAt, integrationStatus } = exchange;
  const path = request.target === null ? loggablePath(request.rawTarget) : request.target.path;
  const userAgent = exchange.headers.first('user-agent');
  // A status of 0: the client left before there was an answer.
  let line =
    `{"time":"${isoTime(exchange.arrivedAt)}","requestId":"${exchange.requestId}","extendedRequestId":"${exchange.extendedRequestId}"` +
    `${resolved(exchange)},"path":${text(path)},"protocol":"${request.protocol}"` +
    `,"status":${exchange.status},"sourceIp":${text(request.remoteAddress)}`;
  if (userAgent !== undefined) line += `,"userAgent":${text(userAgent)}`;
  if (consumer !== null) line += `,"apiKeyId":${text(consumer.apiKeyId)}`;
  line += `,"latency":${milliseconds(exchange.endedAt - exchange.startedAt)}`;
  if (integrationStartedAt !== null && integrationEndedAt !== null)
    line += `,"integrationLatency":${milliseconds(integrationEndedAt - integrationStartedAt)}`;
  if (integrationStatus !== null) line += `,"integrationStatus":${integrationStatus}`;
  line += `,"bytes":${bytesSent}`;
  if (error !== null) line += `,"error":{"type":"${error.responseType}","reason":${text(error.reason)}}`;
  return aborted ? `${line},"aborted":true}` : `${line}}`;
}

/** The members that say what the request was resolved to, as far as it was, and its method. */
function resolved({ road, stage, httpMethod }: Exchange): string {
  // A method of a resource is one of a few verbs; another one is anything that a client likes.
  if (road !== null) return `${roadMembers.get(road) ?? noteRoad(road)},"httpMethod":"${httpMethod}"`;
  const members = stage === null ? '' : `,"apiId":${text(stage.apiId)},"stage":${text(stage.stageName)}`;
  return `${members},"httpMethod":${text(httpMethod)}`;
}

function noteRoad(road: Road): string {
  const { stage, route } = road;
  const members = `,"apiId":${text(stage.apiId)},"stage":${text(stage.stageName)},"resourcePath":${text(route.path)}`;
  roadMembers.set(road, members);
  return members;
}

function text(value: string): string {
  const shown = value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}...` : value;
  return PLAIN.test(shown) ? `"${shown}"` : JSON.stringify(shown).replace(MORE_CONTROLS, escaped);
}

function escaped(char: string): string {
  return `\\u00${char.charCodeAt(0).toString(16)}`;
}

/**
 * What may be logged of a target that has no canonical form: its path. An authority goes, because it may hold a user's name and password; so
 * does everything where it is not clear which is which.
 */
function loggablePath(target: string): string {
  const path = target.replace(/^[^/?#]*:\/\/[^/?#]*/, '').split('?', 1)[0] as string;
  return path.startsWith('/') ? path : '';
}

const THREE_DIGITS = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, '0'));

/** To a microsecond. */
function milliseconds(value: number): string {
  const micros = Math.round(value * 1000);
  const whole = Math.floor(micros / 1000);
  return `${whole}.${THREE_DIGITS[micros - whole * 1000] as string}`;
}

let knownSecond = -1;
/** `YYYY-MM-DDTHH:mm:ss.` of that second. */
let secondText = '';

function isoTime(epochMillis: number): string {
  const second = Math.floor(epochMillis / 1000);
  if (second !== knownSecond) {
    knownSecond = second;
    secondText = new Date(second * 1000).toISOString().slice(0, -'000Z'.length);
  }
  return `${secondText}${THREE_DIGITS[epochMillis - second * 1000] as string}Z`;
}
