import { AwsError } from '@gatehouse/aws-wire';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Requests with large bodies that are read and served at a time; each costs several times its size. */
const PLACES = 2;
/** More are refused at once. */
const MOST_WAITING = 16;
const LONGEST_WAIT_MS = 20_000;

/** Lets few requests with large bodies in at a time, in the order in which they came, so that they bound what memory they take together. */
export class LargeBodies {
  private free = PLACES;
  private readonly waiting = new Set<() => void>();

  /**
   * Waits for a place, which is given back when the request was answered or its connection is gone. Throws `TooManyRequestsException` when too many
   * wait or the wait is too long.
   */
  async enter({ raw: { socket } }: FastifyRequest, { raw: response }: FastifyReply): Promise<void> {
    if (this.free > 0) this.free--;
    else await this.wait();
    if (socket.destroyed) return this.leave();
    // A response that waits behind others on its connection never closes when the connection does.
    const leave = () => {
      socket.off('close', leave);
      response.off('close', leave);
      this.leave();
    };
    socket.on('close', leave);
    response.on('close', leave);
  }

  private async wait(): Promise<void> {
    if (this.waiting.size >= MOST_WAITING) throw tooMany();
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        clearTimeout(late);
        resolve();
      };
      const late = setTimeout(() => {
        this.waiting.delete(enter);
        reject(tooMany());
      }, LONGEST_WAIT_MS);
      this.waiting.add(enter);
    });
  }

  private leave(): void {
    const [next] = this.waiting;
    if (!next) return void this.free++;
    this.waiting.delete(next);
    next();
  }
}

const tooMany = () => new AwsError('TooManyRequestsException', 'Rate exceeded', 1);
