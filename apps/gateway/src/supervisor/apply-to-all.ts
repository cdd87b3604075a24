import type { RefusedDocument } from '@gatehouse/snapshot';
import type { DocumentBatch } from '../refresh/document-sink.js';

/** A worker as it takes configuration. */
export interface Applier {
  /** What it can build decides what counts as served. */
  readonly decides: boolean;
  /** Resolves when it serves the batch, with what it could not build; with null when it takes no part, or has ended first. */
  apply(batch: DocumentBatch): Promise<RefusedDocument[] | null>;
  /** It could not build these, and what counts as served was decided without it. */
  emit(event: 'refused', refused: readonly RefusedDocument[]): unknown;
}

/**
 * Has all take a batch. Waits for those that decide; where none does, for those that start: what nobody has built is never taken for what is served.
 * Throws where nobody has answered.
 */
export async function applyToAll(workers: readonly Applier[], batch: DocumentBatch): Promise<RefusedDocument[]> {
  const asked = workers.map((worker) => ({ worker, decides: worker.decides, answer: worker.apply(batch) }));
  const anyDecides = asked.some(({ decides }) => decides);
  const awaited: (RefusedDocument[] | null)[] = await Promise.all(
    asked.flatMap(({ worker, decides, answer }) => {
      if (decides || !anyDecides) return [answer];
      // One that cannot take it ends, and is asked no more.
      answer.then((refused) => refused && refused.length > 0 && worker.emit('refused', refused)).catch(() => undefined);
      return [];
    }),
  );
  const answers = awaited.filter((refused) => refused !== null);
  if (answers.length === 0) throw new Error('no worker was there to build what was published');
  return answers.flat();
}
