import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Admission } from './admission.js';
import { MOST_CONNECTIONS, RUNTIME_SERVER, type Connection, type FunctionNetwork, type RuntimeSide } from './function-network.js';

/**
 * The machine's network, which functions share: each sandbox has a port of its own on loopback. Where it has a user of its own, only that user's connections are served: no process takes
 * another's events.
 */
export class MachineNetwork implements FunctionNetwork {
  /** @param why functions have no network of their own */
  constructor(private readonly why: string) {}

  get description(): string {
    return `functions share this machine's network (${this.why}): they reach every port that this process reaches, those on loopback included`;
  }

  async connect(uid: number | null, runtime: RuntimeSide): Promise<Connection> {
    const admission = uid === null ? null : new Admission(uid);
    const server = createServer(RUNTIME_SERVER, (request, response) => {
      const admitted = admission ? admission.hasAdmitted(request.socket) : Promise.resolve(true);
      admitted.then((isIn) => (isIn ? runtime.serve(request, response) : undefined)).catch(() => request.socket.destroy());
    });
    server.maxConnections = MOST_CONNECTIONS;
    server.prependListener('connection', (socket: Socket) => admission?.examine(socket));
    server.on('clientError', (_, socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    server.on('error', () => {});
    return {
      runtimeApi: `127.0.0.1:${(server.address() as AddressInfo).port}`,
      enter: [],
      resolver: null,
      close: () => {
        server.close();
        server.closeAllConnections();
      },
    };
  }

  async release(): Promise<void> {}
}
