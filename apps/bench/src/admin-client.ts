import { sign } from '@gatehouse/sigv4';
import http from 'node:http';

const REGION = 'us-east-1';
/** What begins the paths of Lambda's admin API. */
const LAMBDA_PATHS = '/2015-03-31/';

export interface AdminAnswer {
  status: number;
  body: string;
  /** Of the publication that the call began. */
  publicationId: string | undefined;
}

/** Signed calls to the admin API over kept-alive connections. */
export class AdminClient {
  private readonly agent = new http.Agent({ keepAlive: true });

  constructor(
    private readonly port: number,
    readonly credentials: { accessKeyId: string; secretAccessKey: string },
  ) {}

  /** Answers the parsed body. Throws, with the answer in the message, when the status is not 2xx. */
  async call<T>(method: string, path: string, body?: object | string): Promise<T> {
    const answer = await this.answer(method, path, body);
    if (answer.status < 200 || answer.status > 299) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
    return (answer.body ? JSON.parse(answer.body) : {}) as T;
  }

  /** Whatever is answered. An object goes out as JSON, a text as it is. */
  answer(method: string, path: string, body?: object | string): Promise<AdminAnswer> {
    const text = typeof body === 'object' ? JSON.stringify(body) : body;
    const url = new URL(`http://127.0.0.1:${this.port}${path}`);
    const given: Record<string, string> = text === undefined ? {} : { 'content-type': 'application/json' };
    const headers = sign({ method, url, headers: given, body: text }, this.credentials, {
      region: REGION,
      service: path.startsWith(LAMBDA_PATHS) ? 'lambda' : 'apigateway',
    });
    return this.send(method, url, headers, text);
  }

  private send(method: string, url: URL, headers: Record<string, string>, body?: string): Promise<AdminAnswer> {
    return new Promise((resolve, reject) => {
      const request = http.request(url, { method, headers, agent: this.agent }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => {
          const publicationId = response.headers['x-gatehouse-publication'];
          resolve({ status: response.statusCode ?? 0, body: text, publicationId: publicationId?.toString() });
        });
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(body);
    });
  }
}
