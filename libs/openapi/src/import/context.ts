import type { DescribedParts } from './documentation/described-parts.js';
import type { DocumentNode } from './document/document-node.js';
import type { References } from './document/references.js';
import type { DialectVersion } from './dialect.js';
import type { Places } from './places.js';
import type { Warnings } from './warnings.js';

/** What everything that reads the document needs. */
export interface ImportContext {
  readonly root: DocumentNode;
  readonly version: DialectVersion;
  readonly references: References;
  readonly warnings: Warnings;
  /** Takes where everything stands that is read. */
  readonly places: Places;
  /** Takes what describes the things that are read. */
  readonly described: DescribedParts;
  /** For the addresses of models. */
  readonly apiId: string;
}
