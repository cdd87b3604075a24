import { checkSignature, readSignature, verifySignature, type RequestHead } from '@gatehouse/sigv4';
import type { ServerResponse } from 'node:http';
import { httpBackend, type ReceivedRequest } from './test-backend.js';

/** A call of a service that was signed in the name of a role. */
export interface AwsCall {
  /** For which it was signed. */
  service: string;
  region: string;
  /** ARN of the role. */
  role: string;
  request: ReceivedRequest;
}

/** Something that plays the services of AWS at one address. */
export interface FakeAws {
  url: string;
  /** Of those who ask for roles; they may do nothing else. */
  readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string | null };
  readonly calls: readonly AwsCall[];
  /** ARNs of roles that were asked for, also in vain. */
  readonly assumed: readonly string[];
  /** Whether a role trusts those who ask for it. */
  trusts: (roleArn: string) => boolean;
  /** Seconds that sessions last. */
  lifetime: number;
  /** What services answer with. */
  answer: (response: ServerResponse, call: AwsCall) => void;
  close(): Promise<void>;
}

const CREDENTIALS = { accessKeyId: 'AKIAOPERATOR00000000', secretAccessKey: 'operators-secret', sessionToken: null };

/** Gatehouse itself takes no signatures with a token, and says so before it reads one. */
function withoutToken(headers: readonly string[]): string[] {
  const place = headers.findIndex((name, i) => i % 2 === 0 && name.toLowerCase() === 'x-amz-security-token');
  return headers.filter((_, i) => place < 0 || (i !== place && i !== place + 1));
}

/**
 * Plays AWS on a free port: AssumeRole gives a session of a role, and every other call is answered where its signature, over head and body, is one of such a session; all
 * else is refused with 403.
 */
export async function fakeAws(): Promise<FakeAws> {
  const sessions = new Map<string, { role: string; secret: string; token: string }>();
  const calls: AwsCall[] = [];
  const assumed: string[] = [];
  const backend = await httpBackend((response, request) => {
    const head: RequestHead = { method: request.method, rawTarget: request.url, rawHeaders: request.headers };
    try {
      const signature = readSignature({ ...head, rawHeaders: withoutToken(request.headers) });
      const { service, region, accessKeyId } = signature;
      checkSignature(signature, head, { service, now: Date.now() });
      const session = sessions.get(accessKeyId);
      const isOperator = accessKeyId === CREDENTIALS.accessKeyId && service === 'sts';
      if (!isOperator && session === undefined) throw new Error('an access key that may not');
      if (session !== undefined && request.header('x-amz-security-token') !== session.token) throw new Error('another token');
      verifySignature(signature, head, request.bytes, session?.secret ?? CREDENTIALS.secretAccessKey);
      if (session === undefined) return assumeRole(response, new URLSearchParams(request.body));
      const call = { service, region, role: session.role, request };
      calls.push(call);
      aws.answer(response, call);
    } catch (error) {
      response.writeHead(403).end(JSON.stringify({ message: (error as Error).message }));
    }
  });

  function assumeRole(response: ServerResponse, parameters: URLSearchParams): void {
    const role = parameters.get('RoleArn') ?? '';
    assumed.push(role);
    response.setHeader('Content-Type', 'text/xml');
    if (parameters.get('Action') !== 'AssumeRole' || !aws.trusts(role)) {
      response.writeHead(403).end('<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code></Error></ErrorResponse>');
      return;
    }
    const number = assumed.length;
    const [id, session] = [`ASIASESSION00000${number}`, { role, secret: `secret/+${number}`, token: `token//${number}==` }];
    sessions.set(id, session);
    response.end(
      `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
        <AccessKeyId>${id}</AccessKeyId><SecretAccessKey>${session.secret}</SecretAccessKey>
        <SessionToken>${session.token}</SessionToken>
        <Expiration>${new Date(Date.now() + aws.lifetime * 1000).toISOString()}</Expiration>
      </Credentials></AssumeRoleResult></AssumeRoleResponse>`,
    );
  }

  const aws: FakeAws = {
    url: backend.url,
    credentials: CREDENTIALS,
    calls,
    assumed,
    trusts: () => true,
    lifetime: 3600,
    answer: (response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}'),
    close: () => backend.close(),
  };
  return aws;
}
