import { crc32 } from 'node:zlib';

export interface ReceivedMessage {
  type: string;
  contentType: string;
  payload: Buffer;
  /** When it had arrived, on the monotonic clock (ms). */
  at: number;
}

/** Reads the messages of an event stream, and checks their lengths and checksums. */
export class EventStreamReader {
  constructor(private readonly response: Response) {}

  async all(): Promise<ReceivedMessage[]> {
    const messages: ReceivedMessage[] = [];
    let bytes = Buffer.alloc(0);
    for await (const part of this.response.body as unknown as AsyncIterable<Uint8Array>) {
      bytes = Buffer.concat([bytes, part]);
      while (bytes.length >= 4 && bytes.length >= bytes.readUInt32BE(0)) {
        messages.push(read(bytes.subarray(0, bytes.readUInt32BE(0))));
        bytes = bytes.subarray(bytes.readUInt32BE(0));
      }
    }
    if (bytes.length > 0) throw new Error('the stream ends within a message');
    return messages;
  }
}

function read(message: Buffer): ReceivedMessage {
  if (crc32(message.subarray(0, 8)) !== message.readUInt32BE(8)) throw new Error('wrong checksum of the prelude');
  if (crc32(message.subarray(0, -4)) !== message.readUInt32BE(message.length - 4))
    throw new Error('wrong checksum of the message');
  const end = 12 + message.readUInt32BE(4);
  const headers = new Map<string, string>();
  for (let at = 12; at < end;) {
    const name = message.toString('latin1', at + 1, (at += 1 + message[at]!));
    const length = message.readUInt16BE(at + 1);
    headers.set(name, message.toString('utf8', at + 3, at + 3 + length));
    at += 3 + length;
  }
  return {
    type: headers.get(':event-type') ?? '',
    contentType: headers.get(':content-type') ?? '',
    payload: Buffer.from(message.subarray(end, -4)),
    at: performance.now(),
  };
}
