import type { Scope } from '@gatehouse/snapshot';
import { createHash } from 'node:crypto';
import path from 'node:path';

/** Characters of a log group's name that go into the name of its file as they are. */
const LONGEST_NAME = 150;

const LOG_FILE = /^\d{12}\/[a-z0-9-]+\/[\w.%~-]+\.log$/;

/** Where the logs of stages lie. */
export function stageLogFolder(dataDirectory: string, gatewayId: string): string {
  return path.join(dataDirectory, 'gateways', gatewayId, 'logs');
}

/**
 * The file of a log group below that folder: `{account}/{region}/{name}.log`. What file names cannot hold is percent-encoded, slashes first of all; of a long name, its
 * beginning stands with a digest of the whole.
 */
export function logGroupFile({ accountId, region }: Scope, logGroup: string): string {
  const bytes = Buffer.from(logGroup, 'utf8').toString('latin1');
  const encoded = bytes.replace(/[^\w.-]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  const name =
    encoded.length <= LONGEST_NAME
      ? encoded
      : `${encoded.slice(0, LONGEST_NAME)}~${createHash('sha256').update(logGroup).digest('hex').slice(0, 32)}`;
  return `${accountId}/${region}/${name}.log`;
}

/** Whether this is what such a file is called: a name that came over a pipe may be anything. */
export function isLogGroupFile(file: string): boolean {
  return LOG_FILE.test(file);
}
