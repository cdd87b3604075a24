import { constants, createDeflate, createGunzip, createGzip, createInflate } from 'node:zlib';
import type { Exchange } from '../exchange.js';
import type { AnswerStep, StepFactory } from '../rest-pipeline.js';
import { BufferBody } from './buffer-body.js';
import { CodedBody } from './coded-body.js';

/** Source: AWS, "Content codings supported by API Gateway". The first that a client takes is used. */
const CODERS = [
  ['gzip', createGzip],
  ['deflate', createDeflate],
] as const;
const DECODERS = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
]);

const ACCEPT_ENCODING = 'accept-encoding';
const CONTENT_ENCODING = 'content-encoding';

/** Takes the coding off bodies of requests to an API with compression, so that what comes after sees what they mean. */
export const decompression: StepFactory = ({ minimumCompressionSize }) => {
  if (minimumCompressionSize === null) return null;
  return (exchange) => {
    const coding = valuesOf(exchange, CONTENT_ENCODING).join(',').trim().toLowerCase();
    const create = DECODERS.get(coding);
    if (create !== undefined) exchange.request.body.decode((body) => new CodedBody(body, create()));
    return undefined;
  };
};

/**
 * Compresses answers of at least so many bytes for clients that take it. One whose length nobody knows beforehand is compressed, too.
 *
 * @param minimumSize bytes
 */
export function compression(minimumSize: number): AnswerStep {
  return (exchange, draft) => {
    const { body, length, headers, status } = draft;
    if (body === null || length === 0 || (length !== null && length < minimumSize)) return undefined;
    if (exchange.request.method === 'HEAD' || status === 204 || status === 304 || isCoded(headers)) return undefined;
    const coder = coderFor(valuesOf(exchange, ACCEPT_ENCODING).join(','));
    if (coder === undefined) return undefined;
    const [coding, create] = coder;
    // What comes piece by piece, as events do, reaches the client piece by piece.
    const flush = length === null ? constants.Z_SYNC_FLUSH : constants.Z_NO_FLUSH;
    draft.body = new CodedBody(Buffer.isBuffer(body) ? new BufferBody(body) : body, create({ flush }));
    draft.length = null;
    headers.push('Content-Encoding', coding, 'Vary', 'Accept-Encoding');
    return undefined;
  };
}

function isCoded(headers: readonly string[]): boolean {
  return headers.some((name, at) => at % 2 === 0 && name.toLowerCase() === CONTENT_ENCODING);
}

/** The first coding that an Accept-Encoding names, or takes by its asterisk, and does not refuse (RFC 9110, 12.5.3). */
function coderFor(accepted: string): (typeof CODERS)[number] | undefined {
  const weights = new Map<string, number>();
  for (const part of accepted.toLowerCase().split(',')) {
    const [coding = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    if (coding !== '') weights.set(coding, weight === undefined ? 1 : Number(weight));
  }
  return CODERS.find(([coding]) => (weights.get(coding) ?? weights.get('*') ?? 0) > 0);
}

function valuesOf({ headers: { raw, infos } }: Exchange, lower: string): string[] {
  return infos.flatMap((info, at) => (info.lower === lower ? [raw[2 * at + 1] as string] : []));
}
