import http from 'node:http';

export interface Answer {
  status: number;
  /** Names in lower case. */
  headers: http.IncomingHttpHeaders;
  /** Names and values in the order and spelling of the wire. */
  rawHeaders: string[];
  body: string;
}

export interface Ask {
  port: number;
  method?: string;
  path: string;
  headers?: http.OutgoingHttpHeaders;
  body?: string | Buffer;
  agent?: http.Agent;
}

/** One HTTP request to 127.0.0.1, sent as written: the path is not normalised and Host is whatever `headers` say. */
export function ask({ port, method = 'GET', path, headers = {}, body, agent }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method, path, headers, agent, timeout: 30_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          rawHeaders: response.rawHeaders,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    request.on('timeout', () => request.destroy(new Error(`${method} ${path} was not answered within 30 s`)));
    request.on('error', reject);
    request.end(body);
  });
}

export interface LoadResult {
  answers: number;
  /** Status or error code -> how often. */
  others: Record<string, number>;
}

export interface Load {
  stop(): Promise<LoadResult>;
  readonly answers: number;
}

/** Keeps `connections` requests in flight until stopped (at most a minute) and counts what is not 200. */
export function startLoad(request: Ask, connections = 4, { keepAlive = true } = {}): Load {
  const agent = new http.Agent({ keepAlive, maxSockets: connections });
  const load = keepAsking(connections, async () => (await ask({ ...request, agent })).status);
  return {
    get answers() {
      return load.answers;
    },
    async stop() {
      const result = await load.stop();
      agent.destroy();
      return result;
    },
  };
}

/** Like `startLoad`, with whatever `askOnce` does; it answers the status. */
export function keepAsking(atOnce: number, askOnce: (asker: number) => Promise<number>): Load {
  const result: LoadResult = { answers: 0, others: {} };
  const deadline = Date.now() + 60_000;
  let stopped = false;
  const note = (what: string) => (result.others[what] = (result.others[what] ?? 0) + 1);
  const runs = Array.from({ length: atOnce }, async (_, asker) => {
    while (!stopped && Date.now() < deadline) {
      try {
        const status = await askOnce(asker);
        result.answers++;
        if (status !== 200) note(String(status));
      } catch (error) {
        note((error as NodeJS.ErrnoException).code ?? String(error));
      }
    }
  });
  return {
    get answers() {
      return result.answers;
    },
    async stop() {
      stopped = true;
      await Promise.all(runs);
      return result;
    },
  };
}
