import { AwsError } from '@gatehouse/aws-wire';
import { parentPort } from 'node:worker_threads';
import { READINGS, type AskedReading, type ReadingAnswer } from './readings.js';

// The program of a thread that reads documents, one after the other.
parentPort!.on('message', (asked: AskedReading) => parentPort!.postMessage(answer(asked)));

function answer({ name, body, options }: AskedReading): ReadingAnswer {
  const read = READINGS[name] as (body: Uint8Array, options: unknown) => unknown;
  try {
    return { result: read(body, options) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { refused: { type: error.type, message: error.message } };
  }
}
