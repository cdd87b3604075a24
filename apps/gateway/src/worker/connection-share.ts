import type { Socket } from 'node:net';
import type { ListenerName } from '../config.js';

/** What Node keeps in a socket: the connection itself, which can go to another process. */
interface SocketInnards {
  _handle: ConnectionHandle | null;
}
export interface ConnectionHandle {
  close(): void;
}

/** A worker keeps so many connections more than workers have on average, and a part of that again. */
const SLACK = 4;
const SLACK_PART = 1 / 8;
/** Connections that may be on their way at once; more are kept. */
const MOST_UNDER_WAY = 256;

/**
 * Whichever worker wakes first accepts what waits, so that one may have a burst of connections to itself, and keeps them for as long as clients do.
 * What a worker accepts beyond its share it gives to the supervisor, who finds the one that has the fewest. A connection that is given away has not
 * been read from.
 */
export class ConnectionShare {
  /** Until the first word of it, everything is kept. */
  private most = Infinity;
  private underWay = 0;

  /**
   * @param open how many connections this worker has
   * @param give sends one away, and calls `done` when it has left this process
   */
  constructor(
    private readonly open: () => number,
    private readonly give: (listener: ListenerName, handle: ConnectionHandle, done: () => void) => void,
  ) {}

  /** How many connections workers have on average. */
  learn(average: number): void {
    this.most = average * (1 + SLACK_PART) + SLACK;
  }

  /** Gives a connection away that was accepted just now, where this worker has its share. Answers whether it did. */
  giveAway(listener: ListenerName, socket: Socket): boolean {
    if (this.underWay >= MOST_UNDER_WAY || this.open() < this.most) return false;
    const innards = socket as unknown as SocketInnards;
    const handle = innards._handle;
    if (handle === null) return false;
    innards._handle = null;
    this.underWay++;
    this.give(listener, handle, () => {
      this.underWay--;
      handle.close();
    });
    return true;
  }
}
