/*
 * The lines on the pipe that carries configuration from the supervisor to a worker, in the order in which they take effect. Documents go as the disk
 * copy holds them.
 */

export { DOCUMENT } from '../refresh/read-document.js';

/** Everything since the last such line is one batch, or the whole configuration. */
export const END = 'E ';
export interface EndLine {
  batch: number;
  /** Over all documents, when it is the whole configuration; else null. */
  digest: string | null;
}

/** Whether what came so far is a complete configuration. */
export const READY = 'R ';
export interface ReadyLine {
  ready: boolean;
}

/** All that there is has come: connections may be accepted. */
export const LISTEN = 'L';
