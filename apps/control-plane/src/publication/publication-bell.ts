import type { DocumentRef } from '@gatehouse/snapshot';

/** Enqueues publishing work right after a commit. Never throws and never waits: the sweeper finds whatever a lost ring leaves behind. */
export abstract class PublicationBell {
  abstract ring(changed: DocumentRef): void;
}
