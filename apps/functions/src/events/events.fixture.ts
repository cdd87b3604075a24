import { temporaryDirectory } from '@gatehouse/testing';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { QueuedEvent } from './event-file.js';
import { EventSpool } from './event-spool.js';

/** An event as a call brings it. */
export function queuedEvent(changes: Partial<QueuedEvent> = {}): QueuedEvent {
  return {
    name: { accountId: '123456789012', region: 'us-east-1', functionName: 'f', qualifier: null },
    requestId: randomUUID(),
    invokedArn: 'arn',
    event: Buffer.from('{"secret":"müde"}'),
    clientContext: null,
    traceId: 'trace',
    ...changes,
  };
}

/** A place for spools that is not there yet. */
export async function spoolRoot(): Promise<string> {
  return path.join(await temporaryDirectory('events'), 'events');
}

/** A spool that tells its troubles. */
export async function openSpool(root: string): Promise<{ spool: EventSpool; troubles: string[] }> {
  const troubles: string[] = [];
  return { spool: await EventSpool.open(root, ({ message }) => troubles.push(message)), troubles };
}
