import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { MOST_CONNECTIONS, RUNTIME_SERVER, type Connection, type FunctionNetwork, type RuntimeSide } from './function-network.js';
import { Rate } from './rate.js';
import { RUNTIME_API, type Router } from './router.js';
import type { SandboxNamespaces } from './sandbox-namespaces.js';

/** Connections that a sandbox opens within a second before it is ended: a script that starts `curl` for each step of an event opens far less. All sandboxes share who accepts them. */
const MOST_PER_SECOND = 1_000;

/** A sandbox that is connected. */
interface Member {
  readonly runtime: RuntimeSide;
  readonly sockets: Set<Socket>;
  readonly rate: Rate;
}

export interface IsolatedNetworkParts {
  router: Router;
  namespaces: SandboxNamespaces;
  /** Path of `nsenter`. */
  nsenter: string;
  /** File that says where sandboxes ask for names. */
  resolver: string;
  description: string;
  /** Ends what the parts have begun. */
  release(): Promise<void>;
}

/**
 * A network for each sandbox, whose one wire ends at the router. One listener takes the connections to the Runtime API; whose they are is told by the address that they come from,
 * which is one sandbox's and which its user cannot change.
 */
export class IsolatedNetwork implements FunctionNetwork {
  private readonly members = new Map<string, Member>();
  private readonly owners = new WeakMap<Socket, Member>();
  private readonly server: Server;

  constructor(private readonly parts: IsolatedNetworkParts) {
    this.server = createServer(RUNTIME_SERVER, (request, response) => {
      const owner = this.owners.get(request.socket);
      if (!owner) return void request.socket.destroy();
      owner.runtime.serve(request, response).catch(() => request.socket.destroy());
    });
    this.server.prependListener('connection', (socket: Socket) => this.admit(socket));
    this.server.on('clientError', (_, socket) => socket.destroy());
    this.server.on('error', () => {});
    this.server.listen(parts.router.listener);
  }

  get description(): string {
    return this.parts.description;
  }

  async connect(_: number | null, runtime: RuntimeSide): Promise<Connection> {
    const { namespaces, nsenter, resolver } = this.parts;
    const { address, path, close } = await namespaces.take();
    const member = { runtime, sockets: new Set<Socket>(), rate: new Rate(MOST_PER_SECOND) };
    this.members.set(address, member);
    return {
      runtimeApi: `${RUNTIME_API.host}:${RUNTIME_API.port}`,
      enter: [nsenter, `--net=${path}`, '--'],
      resolver,
      close: () => {
        this.members.delete(address);
        for (const socket of member.sockets) socket.destroy();
        close();
      },
    };
  }

  async release(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await this.parts.release();
  }

  private admit(socket: Socket): void {
    const address = socket.remoteAddress ?? '';
    const member = this.members.get(address);
    if (member?.rate.isPassed()) {
      this.members.delete(address);
      member.runtime.flooded();
    }
    if (!member || member.sockets.size >= MOST_CONNECTIONS) return void socket.destroy();
    this.owners.set(socket, member);
    member.sockets.add(socket);
    socket.once('close', () => member.sockets.delete(socket));
  }
}
