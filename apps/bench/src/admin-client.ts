import { sign } from '@gatehouse/sigv4';
import http from 'node:http';

const REGION = 'us-east-1';

/** Signed calls to the admin API over kept-alive connections. */
export class AdminClient {
  private readonly agent = new http.Agent({ keepAlive: true });

  constructor(
    private readonly port: number,
    readonly credentials: { accessKeyId: string; secretAccessKey: string },
  ) {}

  /** Answers the parsed body. Throws, with the answer in the message, when the status is not 2xx. */
  async call<T>(method: string, path: string, body?: object): Promise<T> {
    const text = body && JSON.stringify(body);
    const url = new URL(`http://127.0.0.1:${this.port}${path}`);
    const given: Record<string, string> = text === undefined ? {} : { 'content-type': 'application/json' };
    const headers = sign({ method, url, headers: given, body: text }, this.credentials, {
      region: REGION,
      service: 'apigateway',
    });
    const answer = await this.send(method, url, headers, text);
    if (answer.status < 200 || answer.status > 299) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
    return (answer.body ? JSON.parse(answer.body) : {}) as T;
  }

  private send(
    method: string,
    url: URL,
    headers: Record<string, string>,
    body?: string,
  ): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      const request = http.request(url, { method, headers, agent: this.agent }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(body);
    });
  }
}
