import * as http from 'node:http';
import * as https from 'node:https';
import { CliError } from './cli-error.js';
import type { Environment } from './environment.js';
import { connect } from './remote.js';

export interface ExplainOptions {
  endpoint?: string;
  api?: string;
  stage?: string;
  method?: string;
  header?: string[];
  data?: string;
}

interface CreatedToken {
  header: string;
  token: string;
}

const EXECUTE_API_HOST = /^([a-z0-9]+)\.execute-api\./i;
const PATH_FORMS = [/^\/_aws\/execute-api\/([^/]+)\/([^/]+)/, /^\/restapis\/([^/]+)\/([^/]+)\/_user_request_/];
const TIMEOUT_MS = 120_000;

/** `gatehouse explain <url>`: makes the request with a token of a minute, and prints why it went the way it went. */
export async function explain(environment: Environment, rest: string[], options: ExplainOptions): Promise<number> {
  const [address, ...more] = rest;
  if (address === undefined || more.length > 0) throw new CliError('explain takes one URL');
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) throw new CliError(`not a URL that begins with http:// or https://: ${address}`);
  const { api, stage } = stageOf(url, options);
  const admin = await connect(environment, options.endpoint);
  const target = `/gatehouse/restapis/${encodeURIComponent(api)}/stages/${encodeURIComponent(stage)}/explain-tokens`;
  const { header, token } = await admin.send<CreatedToken>('POST', target, { expiresInSeconds: 60 });
  const answer = await request(url, options, { [header]: token });
  if (!answer.isExplained) throw new CliError(`the gateway explained nothing: it answered ${answer.status} ${answer.body}`);
  console.log(JSON.stringify(JSON.parse(answer.body), null, 2));
  return 0;
}

/** The stage that a URL leads to: its own words, or what the options say. Throws {@link CliError} where neither does. */
export function stageOf(url: URL, { api, stage }: Pick<ExplainOptions, 'api' | 'stage'>): { api: string; stage: string } {
  const { hostname, pathname } = url;
  const byPath = PATH_FORMS.map((form) => form.exec(pathname)).find((match) => match !== null);
  const found = {
    api: api ?? EXECUTE_API_HOST.exec(hostname)?.[1] ?? byPath?.[1],
    stage: stage ?? (byPath ? byPath[2] : EXECUTE_API_HOST.test(hostname) ? pathname.split('/')[1] : undefined),
  };
  if (!found.api || !found.stage) throw new CliError('the URL does not say which stage it is: give --api and --stage');
  return { api: found.api, stage: decodeURIComponent(found.stage) };
}

interface ExplainedAnswer {
  status: number;
  isExplained: boolean;
  body: string;
}

function request(
  url: URL,
  { method, header = [], data }: ExplainOptions,
  own: http.OutgoingHttpHeaders,
): Promise<ExplainedAnswer> {
  const headers: http.OutgoingHttpHeaders = { ...own };
  for (const line of header) {
    const [, name, value = ''] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    if (name === undefined) throw new CliError(`--header is not of the form "Name: value": ${line}`);
    headers[name] = value;
  }
  if (data !== undefined) headers['content-length'] = Buffer.byteLength(data);
  // Names below `localhost` are this machine's, whether or not it resolves them.
  const host = /(^|\.)localhost$/.test(url.hostname) ? '127.0.0.1' : url.hostname.replace(/^\[(.*)\]$/, '$1');
  const options = {
    host,
    servername: url.hostname,
    port: url.port,
    path: url.pathname + url.search,
    method: method ?? (data === undefined ? 'GET' : 'POST'),
    headers: { host: url.host, ...headers },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(new CliError(`nothing answers at ${url.origin}`, { cause: error }));
    const sent = (url.protocol === 'https:' ? https : http).request(options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', failed);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          isExplained: response.headers['x-gatehouse-explained'] === 'true',
          body: Buffer.concat(parts).toString('utf8'),
        }),
      );
    });
    sent.on('error', failed).end(data);
  });
}
