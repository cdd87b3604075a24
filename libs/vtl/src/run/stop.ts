/** Thrown by #stop and #break, and caught by what they end: no error. */
export class Stop {
  /** @param scope the loop that ends; null for the innermost loop, macro or block; 'template' for all */
  constructor(readonly scope: object | null | 'template') {}
}

export const STOP = new Stop('template');
export const BREAK = new Stop(null);

/** Whether something that was thrown ends `scope`. */
export function ends(thrown: unknown, scope: object): boolean {
  return thrown instanceof Stop && (thrown.scope === null || thrown.scope === scope);
}
