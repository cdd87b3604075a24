import { Policy } from '@gatehouse/iam-policy';
import { sign } from '@gatehouse/sigv4';
import type { TestCall } from '@gatehouse/testing';
import type { Signer, Signers } from './signers.js';

export const HOST = 'abcdefghij.execute-api.us-east-1.localhost';
export const API_ARN = 'arn:aws:execute-api:us-east-1:123456789012:abcdefghij';
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

export interface Statement {
  Effect?: 'Allow' | 'Deny';
  Action?: string;
  Resource?: string | string[];
  Principal?: unknown;
  Condition?: object;
}

/** Allows to call everything, but for what `change` says. */
export const statement = (change: Statement = {}) => ({
  Effect: 'Allow',
  Action: 'execute-api:Invoke',
  Resource: '*',
  ...change,
});
export const document = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
/** The same in the form of a resource policy: of everybody where nobody else is named. */
export const resourceDocument = (...statements: Statement[]) =>
  document(...statements.map((change) => statement({ Principal: '*', ...change })));

/** A user whose access key id is `AKIA` and his name; all have the same secret. */
export function user(name: string, statements: Statement[] = [{}], accountId = '123456789012'): Signer {
  const userId = `AIDA${name.toUpperCase().padEnd(17, '2')}`;
  const policies =
    statements.length === 0 ? [] : [Policy.compile(JSON.parse(document(...statements.map(statement))), 'identity')];
  const userArn = `arn:aws:iam::${accountId}:user/${name}`;
  return {
    caller: { accountId, accessKey: accessKeyOf(name), user: userId, userArn, caller: userId, policies },
    secretAccessKey: SECRET,
  };
}

export const accessKeyOf = (name: string) => `AKIA${name.toUpperCase().padEnd(16, 'X')}`;

export const signersOf = (...users: Signer[]): Signers => ({
  find: (accessKeyId) => users.find(({ caller }) => caller.accessKey === accessKeyId),
});

export interface Signing {
  name?: string;
  secret?: string;
  region?: string;
  service?: string;
  time?: number;
  /** All of them are signed. */
  headers?: Record<string, string>;
}

/** The call, signed by a user (Signature Version 4 in the header). */
export function signed(call: TestCall, signing: Signing = {}): TestCall {
  const { name = 'ann', secret = SECRET, region = 'us-east-1', service = 'execute-api', time, headers = {} } = signing;
  const { method = 'GET', path = '/', body } = call;
  const credentials = { accessKeyId: accessKeyOf(name), secretAccessKey: secret };
  const url = new URL(`http://${HOST}`);
  // A URL would be tidied up: what is signed is what goes on the wire.
  Object.defineProperties(url, {
    pathname: { value: path.split('?')[0] },
    search: { value: path.slice(path.split('?')[0]!.length) },
  });
  const toSign = { method, url, headers, ...(typeof body === 'string' && { body }) };
  const made = sign(toSign, credentials, { region, service, ...(time !== undefined && { time }) });
  return { ...call, headers: ['Host', HOST, ...(call.headers ?? []), ...Object.entries(made).flat()] };
}
