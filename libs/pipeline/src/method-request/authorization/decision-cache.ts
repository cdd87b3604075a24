import { CacheRoom, CacheTable } from '../../cache-room.js';
import type { GatewayError } from '../../gateway-response/gateway-error.js';
import type { AuthorizerDecision } from './authorizer-answer.js';

interface Kept {
  readonly decision: AuthorizerDecision;
  /** Milliseconds on the monotonic clock. */
  readonly until: number;
}

/** A policy, compiled and as it came, takes more than the text that it was read from. */
const BYTES_PER_BYTE = 12;

type Asked = Promise<AuthorizerDecision | GatewayError>;

/** What one authorizer decided on one stage, by what identities show, for as long as it holds. */
export class Decisions extends CacheTable<Kept> {
  /** Those that are waited for. */
  private readonly asked = new Map<string, Asked>();

  /** @param now milliseconds on the monotonic clock */
  find(key: string, now: number): AuthorizerDecision | undefined {
    const kept = this.get(key);
    if (kept === undefined) return undefined;
    if (now < kept.until) return kept.decision;
    this.delete(key);
    return undefined;
  }

  /**
   * Asks for the decision of a key, once for all who want it at the same time, and keeps it. Errors are kept for nobody.
   *
   * @param ttl milliseconds from when it is there
   */
  ask(key: string, ttl: number, decide: () => Asked): Asked {
    const asked = this.asked.get(key);
    if (asked !== undefined) return asked;
    const answer = decide()
      .then((decision) => {
        if ('policy' in decision) {
          this.set(key, { decision, until: performance.now() + ttl }, decision.size * BYTES_PER_BYTE);
        }
        return decision;
      })
      .finally(() => this.asked.delete(key));
    this.asked.set(key, answer);
    return answer;
  }
}

/** What all Lambda authorizers of a gateway decided. */
export class DecisionCache {
  private readonly room: CacheRoom;
  /** Those that somebody asks, or that there are decisions of. */
  private readonly named = new Map<string, WeakRef<Decisions>>();
  private readonly forgotten = new FinalizationRegistry<string>((name) => {
    if (this.named.get(name)?.deref() === undefined) this.named.delete(name);
  });

  /** @param mostBytes of all decisions together */
  constructor(mostBytes: number) {
    this.room = new CacheRoom(mostBytes);
  }

  /** Those under one name: the same for all who ask, also after one another. */
  under(name: string): Decisions {
    const known = this.named.get(name)?.deref();
    if (known !== undefined) return known;
    const decisions = new Decisions(this.room);
    this.named.set(name, new WeakRef(decisions));
    this.forgotten.register(decisions, name);
    return decisions;
  }
}
