import { request } from 'node:http';
import { HOST } from './surroundings.js';
import type { System } from './system.js';
import { LARGE_BYTES, type Resource } from './work.js';

export interface Answer {
  status: number;
  body: string;
}

/** One request on a connection of its own; an upload sends its body. */
export function ask(system: System, resource: Resource): Promise<Answer> {
  const upload = resource === 'upload' ? Buffer.alloc(LARGE_BYTES, 'x') : undefined;
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host: HOST,
        port: system.port,
        path: system.pathOf(resource),
        method: upload ? 'POST' : 'GET',
        headers: {
          ...(system.host && { host: system.host }),
          ...system.headers,
          ...(upload && { 'content-length': String(upload.length) }),
        },
        agent: false,
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        response.on('error', reject);
      },
    );
    call.on('error', reject);
    call.end(upload);
  });
}
