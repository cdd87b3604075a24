import { BoundedCache } from '../../bounded-cache.js';
import type { GatewayError } from '../../gateway-response/gateway-error.js';
import type { AuthorizerDecision } from './authorizer-answer.js';

interface Kept {
  readonly decision: AuthorizerDecision;
  /** Milliseconds on the monotonic clock. */
  readonly until: number;
}

/** A compiled policy takes more than the text that it was read from. */
const BYTES_PER_BYTE = 8;

/** What all Lambda authorizers of a gateway decided, for as long as it holds. */
export class DecisionCache {
  private readonly kept: BoundedCache<Kept>;
  /** Decisions that are waited for. */
  private readonly asked = new Map<string, Promise<AuthorizerDecision | GatewayError>>();

  constructor(mostBytes: number) {
    this.kept = new BoundedCache(mostBytes);
  }

  /** @param now milliseconds on the monotonic clock */
  find(key: string, now: number): AuthorizerDecision | undefined {
    const kept = this.kept.get(key);
    if (kept === undefined) return undefined;
    if (now < kept.until) return kept.decision;
    this.kept.delete(key);
    return undefined;
  }

  /**
   * Asks for the decision of a key, once for all who want it at the same time, and keeps it. Errors are kept for nobody.
   *
   * @param ttl milliseconds from when it is there
   */
  ask(
    key: string,
    ttl: number,
    decide: () => Promise<AuthorizerDecision | GatewayError>,
  ): Promise<AuthorizerDecision | GatewayError> {
    const asked = this.asked.get(key);
    if (asked !== undefined) return asked;
    const answer = decide()
      .then((decision) => {
        if ('policy' in decision) {
          this.kept.set(key, { decision, until: performance.now() + ttl }, decision.size * BYTES_PER_BYTE);
        }
        return decision;
      })
      .finally(() => this.asked.delete(key));
    this.asked.set(key, answer);
    return answer;
  }
}
