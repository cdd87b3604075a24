import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EventStreamFault, EventStreamReader } from './event-stream.js';
import { chunkFrame, completeFrame, frame } from './lambda.fixture.js';

/** What a reader says of bytes that come in pieces of a size. */
function read(bytes: Buffer, size = bytes.length) {
  let text = '';
  const outcomes: string[] = [];
  const reader = new EventStreamReader({
    payload: (part) => void (text += part.toString('latin1')),
    completed: (outcome) => void outcomes.push(outcome.toString()),
  });
  for (let at = 0; at < bytes.length; at += size) {
    const lent = Buffer.from(bytes.subarray(at, at + size));
    reader.read(lent);
    lent.fill('#');
  }
  return { text, outcomes };
}

describe('EventStreamReader', () => {
  const stream = Buffer.concat([chunkFrame('hello, '), chunkFrame(''), chunkFrame('world'), completeFrame({ ErrorCode: null })]);

  it.each([1, 2, 3, 5, 11, 12, 13, 64, 1000])('reads messages that come in pieces of %i bytes', (size) => {
    expect(read(stream, size)).toEqual({ text: 'hello, world', outcomes: ['{"ErrorCode":null}'] });
  });

  it('passes payloads on as they come, before the message is whole', () => {
    const whole = chunkFrame('x'.repeat(1000));
    expect(read(whole.subarray(0, 500)).text.length).toBeGreaterThan(300);
  });

  it('skips messages that it does not know, and headers of all types', () => {
    const other = frame({ ':message-type': 'event', ':event-type': 'Other' }, 'secret');
    expect(read(Buffer.concat([other, chunkFrame('a')])).text).toBe('a');
  });

  it.each([
    ['a wrong checksum of the prelude', (bytes: Buffer) => bytes.writeUInt32BE(1, 8)],
    ['a wrong checksum of the message', (bytes: Buffer) => bytes.writeUInt32BE(1, bytes.length - 4)],
    ['a flipped bit of a header', (bytes: Buffer) => (bytes[20]! ^= 1)],
    ['a flipped bit of the payload', (bytes: Buffer) => (bytes[bytes.length - 6]! ^= 1)],
  ])('refuses %s', (_, change) => {
    const bytes = chunkFrame('payload');
    change(bytes);
    expect(() => read(bytes)).toThrow(EventStreamFault);
  });

  it.each([
    ['too short for itself', frameOf(8, 0)],
    ['without end', frameOf(0xffffffff, 0)],
    ['with headers longer than the message', frameOf(100, 90)],
    ['with endless headers', frameOf(0x1000000, 0xfffff0)],
  ])('refuses a message %s', (_, bytes) => expect(() => read(bytes)).toThrow(EventStreamFault));

  it('refuses headers that end in the middle', () => {
    const bytes = frame({ ':event-type': 'PayloadChunk' }, '');
    const length = bytes.readUInt32BE(4);
    const cut = frameOf(12 + length - 3 + 4, length - 3, bytes.subarray(12, 12 + length - 3));
    expect(() => read(cut)).toThrow('headers that are none');
  });

  it('refuses what is said of an end at too great a length', () => {
    expect(() => read(completeFrame({ ErrorDetails: 'x'.repeat(70_000) }))).toThrow('a message that is too long');
  });

  it.each([
    [{ ':message-type': 'exception', ':exception-type': 'ServiceException' }, 'an exception: ServiceException'],
    [{ ':message-type': 'error', ':error-code': 'InternalError' }, 'an exception: InternalError'],
    [{ ':message-type': 'exception' }, 'an exception: unknown'],
  ])('%j is the end', (headers, message) => {
    expect(() => read(frame(headers, '{}'))).toThrow(message);
  });

  it('refuses what is no event stream', () => {
    expect(() => read(Buffer.from('{"statusCode":200}'))).toThrow(EventStreamFault);
  });
});

/** A prelude that says these lengths, right by its checksum, and what follows. */
function frameOf(total: number, headers: number, rest: Buffer = Buffer.alloc(0)): Buffer {
  const bytes = frame({}, '');
  const prelude = Buffer.from(bytes.subarray(0, 12));
  prelude.writeUInt32BE(total, 0);
  prelude.writeUInt32BE(headers, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  return Buffer.concat([prelude, rest]);
}
