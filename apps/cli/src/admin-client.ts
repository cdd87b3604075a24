import { sign } from '@gatehouse/sigv4';
import { CliError } from './cli-error.js';
import type { Credentials } from './credentials.js';

/** An answer of the admin API that is not a success. */
export class AdminError extends CliError {
  constructor(
    readonly status: number,
    method: string,
    target: string,
    said: string,
  ) {
    super(`${method} ${target}: ${status} ${said}`);
  }
}

/** What begins the paths of Lambda's admin API, which beside API Gateway's is served at the same address. */
const LAMBDA_PATHS = '/2015-03-31/';
const TIMEOUT_MS = 30_000;

/** Speaks JSON with the admin API, signing every request with AWS Signature Version 4. */
export class AdminClient {
  constructor(
    readonly endpoint: string,
    private readonly credentials: Credentials,
  ) {}

  /**
   * Sends one request and returns the parsed answer (undefined for an empty one).
   * Throws {@link AdminError} for a status of 400 and above, {@link CliError} when nothing answers at the endpoint.
   */
  async send<T = void>(method: string, target: string, body?: object): Promise<T> {
    const url = new URL(target, this.endpoint);
    const text = body === undefined ? '' : JSON.stringify(body);
    const { region, accessKeyId, secretAccessKey } = this.credentials;
    const headers = sign(
      { method, url, headers: body === undefined ? {} : { 'content-type': 'application/json' }, body: text },
      { accessKeyId, secretAccessKey },
      { region, service: url.pathname.startsWith(LAMBDA_PATHS) ? 'lambda' : 'apigateway' },
    );
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers,
        body: body === undefined ? undefined : text,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      throw new CliError(`no answer from the admin API at ${this.endpoint}`, { cause: (error as Error).cause ?? error });
    }
    const answer = await response.text();
    if (!response.ok) throw new AdminError(response.status, method, url.pathname, messageOf(answer));
    return (answer ? JSON.parse(answer) : undefined) as T;
  }

  /** Like `send` with GET, but undefined where the answer is 404. */
  async find<T>(target: string): Promise<T | undefined> {
    try {
      return await this.send<T>('GET', target);
    } catch (error) {
      if (error instanceof AdminError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** All items of a list, page after page. */
  async *list<T>(target: string): AsyncGenerator<T> {
    const url = new URL(target, this.endpoint);
    url.searchParams.set('limit', '500');
    for (;;) {
      const page = await this.send<{ item?: T[]; position?: string }>('GET', url.pathname + url.search);
      yield* page.item ?? [];
      if (!page.position) return;
      url.searchParams.set('position', page.position);
    }
  }
}

function messageOf(answer: string): string {
  try {
    const { message, Message } = JSON.parse(answer) as { message?: string; Message?: string };
    return message ?? Message ?? answer;
  } catch {
    return answer;
  }
}
