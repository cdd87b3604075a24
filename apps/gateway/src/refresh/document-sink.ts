import type { RefusedDocument } from '@gatehouse/snapshot';

/** A document as it travels, and its name. */
export interface DocumentText {
  readonly name: string;
  readonly text: string;
}

/** What changed together. */
export interface DocumentBatch {
  /** At most one of each name; no deployments. */
  readonly documents: readonly DocumentText[];
  /** Text of the deployments that these need and no document before did, by name. */
  readonly deployments: ReadonlyMap<string, string>;
  /** The highest of the documents. */
  readonly revision: number;
}

/** Who serves what a follower follows. */
export interface DocumentSink {
  /**
   * Resolves when everyone who serves has swapped the batch in, with what could not be built somewhere; what that replaces serves on there. Rejects when
   * nobody was there to build it; the same batch comes again later. Called again only after it has settled.
   */
  apply(batch: DocumentBatch): Promise<RefusedDocument[]>;
}
