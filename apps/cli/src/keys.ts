import { decodeKey, deriveDataPlaneSecret, KEY_BYTES } from '@gatehouse/snapshot';
import { randomBytes } from 'node:crypto';
import { CliError } from './cli-error.js';

/** `gatehouse keys`: what the control plane and the gateways need when they start on machines of their own. */
export function keys(rest: string[]): number {
  if (rest.length > 0) throw new CliError(`keys takes no argument ${rest[0]}`);
  const masterKey = decodeMasterKey(process.env.GATEHOUSE_MASTER_KEY) ?? randomBytes(KEY_BYTES);
  console.log(`GATEHOUSE_MASTER_KEY=${masterKey.toString('base64')}`);
  console.log(`GATEHOUSE_DATA_PLANE_KEY=${deriveDataPlaneSecret(masterKey).toString('base64')}`);
  return 0;
}

/** Throws {@link CliError} when the text is there and not 32 bytes in base64. */
export function decodeMasterKey(text: string | undefined): Buffer | undefined {
  if (!text) return undefined;
  const key = decodeKey(text);
  if (!key) throw new CliError(`GATEHOUSE_MASTER_KEY is not ${KEY_BYTES} bytes in base64`);
  return key;
}
