import type { Socket } from 'node:net';
import type { ClientConnection, Peer } from './connection-host.js';

/**
 * A connection that does not speak HTTP yet: its proxy has not said whom it is for, or its keys are not agreed. What it waits for has a deadline of its
 * own. Until then nothing is under way on it that a client could miss, but a request may be on its way.
 */
export class Arrival implements ClientConnection {
  constructor(
    private readonly socket: Socket,
    readonly peer: Peer,
  ) {}

  checkDeadlines(): void {}
  drain(): void {}

  destroy(): void {
    this.socket.destroy();
  }
}
