import { sign } from '@gatehouse/sigv4';
import { BufferBody } from '../http/buffer-body.js';
import { UpstreamError, type Upstream } from '../upstream/upstream.js';
import { collect, NoAnswer } from './collected-call.js';
import { describeFailure } from './describe-failure.js';

/** What calls of AWS are signed with. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary ones; null where they hold for good. */
  readonly sessionToken: string | null;
}

/** There are no credentials for a role; the message says why, for logs. */
export class RoleNotAssumed extends Error {}

export interface RoleSessionsOptions {
  readonly upstream: Upstream;
  /** Where STS is, in a region: an origin. */
  readonly originOf: (region: string) => string;
  /** Those of whoever runs the gateway. */
  readonly credentials: AwsCredentials;
}

/** Seconds that a session is asked for: what every role allows. Source: AWS, AssumeRole. */
const DURATION = 3600;
/** Milliseconds before its end at which a session is asked for anew, and from which on it is not used any more. */
const REFRESHED_AHEAD = 300_000;
const NOT_USED_FOR_LAST = 15_000;
/** Milliseconds for which a refusal holds. */
const REFUSALS_LAST = 1_000;
const LIMITS = { timeoutInMillis: 5_000, mostBytes: 65_536 };
/** They are as many as there are roles in what is served. */
const MOST_SESSIONS = 10_000;
/** As AWS's own gateways call theirs. */
const SESSION_NAME = 'BackplaneAssumeRoleSession';

interface Session {
  credentials: AwsCredentials | null;
  /** Milliseconds on the monotonic clock. */
  endsAt: number;
  asking: Promise<AwsCredentials> | null;
  refusal: RoleNotAssumed | null;
  /** Nobody is asked before; milliseconds on the monotonic clock. */
  retryAt: number;
}

/**
 * Sessions of roles, which AWS gives to those whom a role trusts (AssumeRole). A session is asked for once by whoever needs it first, and again before it ends, while the one
 * that is there serves.
 */
export class RoleSessions {
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly options: RoleSessionsOptions) {}

  /**
   * Credentials of a role, at once where they are known. A promise rejects with `RoleNotAssumed`.
   *
   * @param region where STS is asked
   */
  of(roleArn: string, region: string): AwsCredentials | Promise<AwsCredentials> {
    const now = performance.now();
    const session = this.sessionOf(`${region} ${roleArn}`);
    const { credentials, endsAt } = session;
    if (credentials !== null && now < endsAt - REFRESHED_AHEAD) return credentials;
    if (session.asking === null && now >= session.retryAt) this.ask(session, roleArn, region);
    if (credentials !== null && now < endsAt - NOT_USED_FOR_LAST) return credentials;
    return session.asking ?? Promise.reject(session.refusal ?? new RoleNotAssumed('not asked for'));
  }

  private sessionOf(name: string): Session {
    let session = this.sessions.get(name);
    if (session !== undefined) return session;
    session = { credentials: null, endsAt: 0, asking: null, refusal: null, retryAt: 0 };
    for (const oldest of this.sessions.keys()) {
      if (this.sessions.size < MOST_SESSIONS) break;
      this.sessions.delete(oldest);
    }
    this.sessions.set(name, session);
    return session;
  }

  private ask(session: Session, roleArn: string, region: string): void {
    session.asking = this.assumeRole(roleArn, region).then(
      ({ credentials, lifetime }) => {
        session.credentials = credentials;
        session.endsAt = performance.now() + lifetime;
        session.asking = null;
        return credentials;
      },
      (error: Error) => {
        session.refusal = error instanceof RoleNotAssumed ? error : new RoleNotAssumed(reasonOf(error), { cause: error });
        session.retryAt = performance.now() + REFUSALS_LAST;
        session.asking = null;
        throw session.refusal;
      },
    );
    // Nobody may be waiting for it.
    session.asking.catch(() => undefined);
  }

  private async assumeRole(roleArn: string, region: string): Promise<{ credentials: AwsCredentials; lifetime: number }> {
    const { upstream, originOf, credentials } = this.options;
    const origin = originOf(region);
    const parameters = { Action: 'AssumeRole', Version: '2011-06-15', RoleArn: roleArn, RoleSessionName: SESSION_NAME };
    const body = Buffer.from(new URLSearchParams({ ...parameters, DurationSeconds: String(DURATION) }).toString());
    const url = new URL('/', origin);
    const headers = {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      accept: 'text/xml',
      ...(credentials.sessionToken !== null && { 'x-amz-security-token': credentials.sessionToken }),
    };
    const signed = sign({ method: 'POST', url, headers, body }, credentials, { region, service: 'sts' });
    const answer = await collect(
      upstream,
      {
        origin,
        path: '/',
        method: 'POST',
        headers: Object.entries(signed).flat(),
        lines: '',
        body: new BufferBody(body),
        bodyLength: body.length,
        insecureSkipVerification: false,
      },
      LIMITS,
    );
    const text = answer.body.toString('utf8');
    if (answer.status !== 200) throw new RoleNotAssumed(`${answer.status} ${element(text, 'Code') ?? ''}`.trim());
    const given = {
      accessKeyId: element(text, 'AccessKeyId'),
      secretAccessKey: element(text, 'SecretAccessKey'),
      sessionToken: element(text, 'SessionToken'),
    };
    const { accessKeyId, secretAccessKey, sessionToken } = given;
    const until = Date.parse(element(text, 'Expiration') ?? '') - Date.now();
    const isHeader = (value: string | undefined) => value !== undefined && /^[\x21-\x7e]+$/.test(value);
    if (!isHeader(accessKeyId) || !isHeader(sessionToken) || !secretAccessKey || Number.isNaN(until)) {
      throw new RoleNotAssumed('an answer without credentials');
    }
    const lifetime = Math.min(until, DURATION * 1000);
    return { credentials: { ...(given as AwsCredentials) }, lifetime };
  }
}

/** Why STS gave no answer. */
function reasonOf(error: Error): string {
  if (!(error instanceof NoAnswer)) return error.message;
  const { failure, cause } = error;
  return cause instanceof UpstreamError ? `${failure}: ${describeFailure(cause)}` : failure;
}

/** The text of an element that has nothing but text. Source: the XML of AWS STS, whose values have no entities. */
function element(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>\\s*([^<&]+?)\\s*</${name}>`).exec(xml)?.[1];
}
