import { checkSignature, readSignature, verifySignature } from '@gatehouse/sigv4';
import type { DataPlaneKey } from '@gatehouse/snapshot';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedInvocation {
  target: string;
  region: string;
  headers: IncomingMessage['headers'];
  event: string;
}

/** Stands in for the functions service: verifies what it gets as that does, and answers what it is told to. */
export class StandInFunctions {
  readonly received: ReceivedInvocation[] = [];
  answer: (response: ServerResponse) => void = (response) => void response.end('{}');

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start({ calls }: DataPlaneKey): Promise<StandInFunctions> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const functions = new StandInFunctions(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const head = { method: request.method ?? '', rawTarget: request.url ?? '', rawHeaders: request.rawHeaders };
        const presented = readSignature(head);
        checkSignature(presented, head, { service: 'lambda', now: Date.now() });
        verifySignature(presented, head, Buffer.concat(parts), calls.secretAccessKey);
        const event = Buffer.concat(parts).toString();
        functions.received.push({ target: head.rawTarget, region: presented.region, headers: request.headers, event });
        functions.answer(response);
      });
    });
    return functions;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
