import { DocumentReader, type ReaderOptions } from './document-reader.js';

/** Reads documents on threads that run from their sources. */
export const sourceReader = (options: Partial<ReaderOptions> = {}): DocumentReader =>
  new DocumentReader({ program: new URL('./typescript-thread.fixture.mjs', import.meta.url), ...options });
