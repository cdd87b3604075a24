import type { ErrorType } from '@gatehouse/aws-wire';
import { readDocumentation } from '../apigateway/documentation-part/read-documentation.js';
import { readRestApiDocument } from '../apigateway/rest-api-import/read-rest-api-document.js';

/**
 * What is read out of documents. Each works on bytes and options alone, throws `AwsError` for what is wrong with the document, and answers
 * with what can be cloned.
 */
export const READINGS = { restApi: readRestApiDocument, documentation: readDocumentation };

export type ReadingName = keyof typeof READINGS;
export type ReadingOptions<N extends ReadingName> = Parameters<(typeof READINGS)[N]>[1];
export type ReadingResult<N extends ReadingName> = ReturnType<(typeof READINGS)[N]>;

/** A document as a thread is given it. */
export interface AskedReading {
  name: ReadingName;
  body: Uint8Array<ArrayBuffer>;
  options: unknown;
}

/** What a thread answers: the result, or what is wrong with the document. */
export type ReadingAnswer = { result: unknown } | { refused: { type: ErrorType; message: string } };
