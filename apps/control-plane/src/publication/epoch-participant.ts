/** A part that keeps something else in Redis that a Redis which lost its content must have back before gateways may count on it. */
export interface EpochParticipant {
  /** Called when all documents of a new epoch are published and before it is marked complete. A rejection keeps it incomplete; it is tried again. */
  beforeComplete(epoch: string): Promise<void>;
}

/** All of them, in the order in which they are called; a class, because Nest injects by class. */
export class EpochParticipants {
  constructor(readonly list: readonly EpochParticipant[]) {}
}
