import type { Socket } from 'node:net';
import { Rate } from './rate.js';
import { SocketOwners } from './socket-owners.js';

/** Connections of one port whose owner is looked for within a second. A runtime uses one or two; a script that calls `curl` for each step of an event makes some tens. */
const MOST_EXAMINED = 200;

/** All ports share what one read tells. */
const OWNERS = new SocketOwners();

/** Lets one user's connections to a port in, and closes all others. */
export class Admission {
  private readonly admitted = new WeakMap<Socket, Promise<boolean>>();
  private readonly rate = new Rate(MOST_EXAMINED);

  constructor(
    private readonly uid: number,
    private readonly owners: SocketOwners = OWNERS,
  ) {}

  /** Takes a new connection. It is closed unread when there were too many within a second, and when it turns out to be another user's. */
  examine(socket: Socket): void {
    if (this.rate.isPassed()) return void socket.destroy();
    const admitted = this.owners.ownerOf(socket).then((owner) => {
      if (owner !== this.uid) socket.destroy();
      return owner === this.uid;
    });
    this.admitted.set(socket, admitted);
  }

  /** Waits until it is known whose connection this is; false where nothing that came over it counts, and where it is closed meanwhile. */
  async hasAdmitted(socket: Socket): Promise<boolean> {
    return (await this.admitted.get(socket)) === true && !socket.destroyed;
  }
}
