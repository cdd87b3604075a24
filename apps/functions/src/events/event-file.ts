import type { FunctionName } from '@gatehouse/lambda-contract';
import { crc32 } from 'node:zlib';
import type { Invocation } from '../sandbox/invocation.js';

/** An event that nobody waits for. */
export interface QueuedEvent extends Omit<Invocation, 'answer'> {
  readonly name: FunctionName;
}

/** How far an event has come; its file is named by it. Times are Unix ms. */
export interface EventState {
  readonly requestId: string;
  readonly acceptedAt: number;
  /** Times that the function has failed with it. */
  readonly failures: number;
  /** It is not tried before. */
  readonly dueAt: number;
}

const NAME = /^(\d{13})-(\d{1,3})-(\d{13})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const LINE_END = 0x0a;

/** What a file of an event may not be: cut off, or not written by a functions process. */
export class TornEvent extends Error {}

export function eventFileName({ acceptedAt, failures, dueAt, requestId }: EventState): string {
  return `${acceptedAt}-${failures}-${dueAt}-${requestId}`;
}

/** Null for a name that is no event's. */
export function parseEventFileName(name: string): EventState | null {
  const [, acceptedAt, failures, dueAt, requestId] = NAME.exec(name) ?? [];
  if (requestId === undefined) return null;
  return { requestId, acceptedAt: Number(acceptedAt), failures: Number(failures), dueAt: Number(dueAt) };
}

/** Three parts, with line ends between: the checksum of the others (CRC-32, hexadecimal), what is told beside the event (JSON), the event as it came. */
export function writeEventFile({ event, ...head }: QueuedEvent): Buffer {
  const content = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), event]);
  return Buffer.concat([Buffer.from(`${checksum(content)}\n`), content]);
}

/** Throws a `TornEvent` for what `writeEventFile` has not written. */
export function readEventFile(bytes: Buffer): QueuedEvent {
  const start = bytes.indexOf(LINE_END) + 1;
  const content = bytes.subarray(start);
  if (bytes.toString('latin1', 0, start) !== `${checksum(content)}\n`) throw new TornEvent('no whole event');
  const end = content.indexOf(LINE_END);
  const head = JSON.parse(content.toString('utf8', 0, end)) as Omit<QueuedEvent, 'event'>;
  return { ...head, event: content.subarray(end + 1) };
}

function checksum(bytes: Buffer): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}
