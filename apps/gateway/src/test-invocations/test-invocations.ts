import type { DataPlaneKey, TestInvocation, TestOutcome } from '@gatehouse/snapshot';
import type { IncomingMessage } from 'node:http';
import { readSignedBody, RefusedCall } from './signed-body.js';

/** Of a call: what the admin API takes, and the method or authorizer that is tested. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Tests at once: they go beside requests of clients, and must not be many. */
const MOST_AT_ONCE = 16;

/** What the internal port answers to calls of the control plane that have methods and authorizers tested: a worker runs each. */
export class TestInvocations {
  private underWay = 0;

  /** @param run has it run by a worker; rejects where none can */
  constructor(
    private readonly keys: readonly DataPlaneKey[],
    private readonly run: (test: TestInvocation) => Promise<TestOutcome>,
  ) {}

  /** Throws `RefusedCall`. */
  async answer(request: IncomingMessage): Promise<TestOutcome> {
    if (this.underWay >= MOST_AT_ONCE) throw new RefusedCall(429, 'Too many tests at once');
    this.underWay++;
    try {
      const body = await readSignedBody(request, this.keys, MOST_BYTES);
      return await this.run(JSON.parse(body.toString('utf8')) as TestInvocation);
    } finally {
      this.underWay--;
    }
  }
}
