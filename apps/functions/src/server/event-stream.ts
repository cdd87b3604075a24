import { crc32 } from 'node:zlib';

const TEXT = 7;
/** Lengths and checksum before the headers, and the checksum at the end. */
const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;

/** One message of `application/vnd.amazon.eventstream`. Source: AWS, "Event stream encoding"; all numbers are big-endian. */
export function eventMessage(eventType: string, contentType: string, payload: Buffer): Buffer {
  const headers = headersOf([
    [':event-type', eventType],
    [':content-type', contentType],
    [':message-type', 'event'],
  ]);
  const message = Buffer.allocUnsafe(PRELUDE_BYTES + headers.length + payload.length + CHECKSUM_BYTES);
  message.writeUInt32BE(message.length, 0);
  message.writeUInt32BE(headers.length, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  headers.copy(message, PRELUDE_BYTES);
  payload.copy(message, PRELUDE_BYTES + headers.length);
  message.writeUInt32BE(crc32(message.subarray(0, -CHECKSUM_BYTES)), message.length - CHECKSUM_BYTES);
  return message;
}

function headersOf(headers: [name: string, value: string][]): Buffer {
  return Buffer.concat(
    headers.map(([name, value]) => {
      const head = Buffer.allocUnsafe(1 + name.length + 3);
      head.writeUInt8(name.length, 0);
      head.write(name, 1, 'latin1');
      head.writeUInt8(TEXT, 1 + name.length);
      head.writeUInt16BE(value.length, 2 + name.length);
      return Buffer.concat([head, Buffer.from(value, 'latin1')]);
    }),
  );
}
