import type { AnyDocument, DeploymentSnapshot, RefusedDocument } from '@gatehouse/snapshot';

/** What changed together: a gateway serves all of it or, where a document cannot be built, what it served of that document before. */
export interface ConfigurationBatch {
  /** Stages, usage plans, API keys, certificates and domain names; a tombstone has no body. At most one of each name. */
  documents: AnyDocument[];
  /** Every deployment that a stage of this batch names, by hash. */
  deployments: ReadonlyMap<string, DeploymentSnapshot>;
}

/** The side of a gateway that serves configuration. */
export interface ConfigurationSink {
  /**
   * Builds everything in the batch first and then swaps it in, in one turn of the event loop, so that no request sees half of it.
   * Requests in flight finish on what they started with. Returns the documents that could not be built; the old ones keep serving.
   */
  apply(batch: ConfigurationBatch): RefusedDocument[];
}
