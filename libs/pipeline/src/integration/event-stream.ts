import { crc32 } from 'node:zlib';

/** What came is no event stream. */
export class EventStreamFault extends Error {}

/** Told what the messages of a streamed invocation say. */
export interface EventStreamListener {
  /** A part of what the function answers. Lent, as the chunks of a `BodySink` are. */
  payload(bytes: Buffer): void;
  /** The function has ended; JSON that says how. */
  completed(outcome: Buffer): void;
}

/** Total length, length of the headers, and the checksum of these two; four bytes each. */
const PRELUDE_BYTES = 12;
const CRC_BYTES = 4;
/** Source: Amazon Event Stream encoding, limits of a message. */
const MOST_HEADER_BYTES = 131_072;
const MOST_PAYLOAD_BYTES = 24 * 1024 * 1024;
/** Of messages that are taken whole: what is said of an invocation's end, or of an error. It can hold the last 4 KB of a log. */
const MOST_WHOLE_BYTES = 65_536;

/** Bytes of a header's value by its type; null where two bytes before it say how many. */
const VALUE_BYTES: readonly (number | null)[] = [0, 0, 1, 2, 4, 8, null, null, 8, 16];
const STRING = 7;

const NOTHING = Buffer.alloc(0);

/**
 * Reads `application/vnd.amazon.eventstream` as Lambda answers it to InvokeWithResponseStream: PayloadChunk messages, then one InvokeComplete. Payloads are passed on as
 * they come, before their checksum has: who takes them has to break off when a fault follows. Source: Amazon Event Stream encoding.
 */
export class EventStreamReader {
  private phase: 'prelude' | 'headers' | 'payload' | 'checksum' = 'prelude';
  /** The first bytes of a part that has not come whole. */
  private held = NOTHING;
  private headerBytes = 0;
  private payloadLeft = 0;
  private crc = 0;
  private kind: 'chunk' | 'complete' | 'other' = 'other';
  /** The payload of a message that is taken whole. */
  private whole: Buffer[] = [];

  constructor(private readonly listener: EventStreamListener) {}

  /** Nothing is missing of the last message. */
  get betweenMessages(): boolean {
    return this.phase === 'prelude' && this.held.length === 0;
  }

  /** @throws EventStreamFault */
  read(chunk: Buffer): void {
    let at = 0;
    // A part of no bytes follows at once.
    while (at < chunk.length || this.missing === 0) {
      if (this.phase === 'payload') at = this.readPayload(chunk, at);
      else at = this.readPart(chunk, at);
    }
  }

  /** Bytes of the part that is read now. */
  private get missing(): number {
    switch (this.phase) {
      case 'prelude':
        return PRELUDE_BYTES;
      case 'headers':
        return this.headerBytes;
      case 'payload':
        return this.payloadLeft;
      case 'checksum':
        return CRC_BYTES;
    }
  }

  private readPart(chunk: Buffer, at: number): number {
    const end = at + this.missing - this.held.length;
    const bytes = chunk.subarray(at, end);
    if (end > chunk.length) {
      this.held = Buffer.concat([this.held, bytes]);
      return chunk.length;
    }
    const part = this.held.length === 0 ? bytes : Buffer.concat([this.held, bytes]);
    this.held = NOTHING;
    if (this.phase === 'prelude') this.begin(part);
    else if (this.phase === 'headers') this.readHeaders(part);
    else this.finish(part);
    return end;
  }

  private begin(prelude: Buffer): void {
    const total = prelude.readUInt32BE(0);
    this.headerBytes = prelude.readUInt32BE(4);
    if (crc32(prelude.subarray(0, 8)) !== prelude.readUInt32BE(8))
      throw new EventStreamFault('a prelude whose checksum is wrong');
    this.payloadLeft = total - this.headerBytes - PRELUDE_BYTES - CRC_BYTES;
    if (this.headerBytes > MOST_HEADER_BYTES || this.payloadLeft < 0 || this.payloadLeft > MOST_PAYLOAD_BYTES) {
      throw new EventStreamFault('a message of an impossible length');
    }
    this.crc = crc32(prelude);
    this.phase = 'headers';
  }

  private readHeaders(headers: Buffer): void {
    this.crc = crc32(headers, this.crc);
    const texts = textHeaders(headers);
    const isEvent = texts.get(':message-type') === 'event';
    const type = texts.get(':event-type');
    if (texts.get(':message-type') === 'exception' || texts.get(':message-type') === 'error') {
      throw new EventStreamFault(`an exception: ${texts.get(':exception-type') ?? texts.get(':error-code') ?? 'unknown'}`);
    }
    this.kind = isEvent && type === 'PayloadChunk' ? 'chunk' : isEvent && type === 'InvokeComplete' ? 'complete' : 'other';
    if (this.kind !== 'chunk' && this.payloadLeft > MOST_WHOLE_BYTES) throw new EventStreamFault('a message that is too long');
    this.phase = 'payload';
  }

  private readPayload(chunk: Buffer, at: number): number {
    const bytes = chunk.subarray(at, at + this.payloadLeft);
    this.payloadLeft -= bytes.length;
    if (this.payloadLeft === 0) this.phase = 'checksum';
    if (bytes.length === 0) return at;
    this.crc = crc32(bytes, this.crc);
    if (this.kind === 'chunk') this.listener.payload(bytes);
    else this.whole.push(Buffer.from(bytes));
    return at + bytes.length;
  }

  private finish(checksum: Buffer): void {
    if (checksum.readUInt32BE(0) !== this.crc) throw new EventStreamFault('a message whose checksum is wrong');
    this.phase = 'prelude';
    const payload = Buffer.concat(this.whole.splice(0));
    if (this.kind === 'complete') this.listener.completed(payload);
  }
}

/** The headers of a message whose values are texts. */
function textHeaders(bytes: Buffer): Map<string, string> {
  const headers = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const nameEnd = at + 1 + (bytes[at] as number);
    const type = bytes[nameEnd];
    let size = type === undefined ? undefined : VALUE_BYTES[type];
    let from = nameEnd + 1;
    if (size === null && from + 2 <= bytes.length) {
      size = bytes.readUInt16BE(from);
      from += 2;
    }
    if (size === undefined || size === null || from + size > bytes.length) throw new EventStreamFault('headers that are none');
    if (type === STRING) headers.set(bytes.toString('utf8', at + 1, nameEnd), bytes.toString('utf8', from, from + size));
    at = from + size;
  }
  return headers;
}
