import type { KeyEntry } from '@gatehouse/pipeline';
import type { KeyRecord } from '@gatehouse/snapshot';
import { PlanSets } from './plan-sets.js';

const HASH_BYTES = 32;
const EMPTY = -1;
const REMOVED = -2;
const SMALLEST = 64;

/**
 * API keys by the SHA-256 of their value and by their id, for a million of them: hashes lie side by side in one buffer, sets of usage plans
 * that many keys share are kept once, and both look-ups are open-addressing tables of slot numbers.
 */
export class CompactKeyMap {
  private capacity = SMALLEST;
  private hashes = Buffer.alloc(HASH_BYTES * SMALLEST);
  private enabled = new Uint8Array(SMALLEST);
  private planSets = new Uint32Array(SMALLEST);
  private readonly ids: (string | undefined)[] = [];
  private readonly free: number[] = [];

  private readonly sharedPlanSets = new PlanSets();

  private byHash = new Int32Array(SMALLEST * 2).fill(EMPTY);
  private byId = new Int32Array(SMALLEST * 2).fill(EMPTY);
  /** Places of the tables that are not empty, removed ones included: they make look-ups longer until the tables are laid out anew. */
  private hashPlaces = 0;
  private idPlaces = 0;

  get size(): number {
    return this.ids.length - this.free.length;
  }

  /** How many different sets of usage plans are kept. */
  get planSetCount(): number {
    return this.sharedPlanSets.size;
  }

  /** Adds a key, or replaces the one of the same id. `valueHash` is 64 hexadecimal digits. */
  set({ apiKeyId, valueHash, enabled, usagePlanIds }: KeyRecord): void {
    this.delete(apiKeyId);
    const slot = this.free.pop() ?? this.ids.length;
    if (slot >= this.capacity) this.grow();
    this.ids[slot] = apiKeyId;
    this.hashes.write(valueHash, slot * HASH_BYTES, 'hex');
    this.enabled[slot] = enabled ? 1 : 0;
    this.planSets[slot] = this.sharedPlanSets.take(usagePlanIds);
    if (Math.max(this.hashPlaces, this.idPlaces) + 1 > this.byHash.length * 0.7) this.layOut();
    else {
      this.place(slot);
    }
  }

  /** Forgets a key; nothing happens when it is not known. */
  delete(apiKeyId: string): void {
    const idPlace = this.findId(apiKeyId);
    if (idPlace < 0) return;
    const slot = this.byId[idPlace] as number;
    this.byId[idPlace] = REMOVED;
    const start = slot * HASH_BYTES;
    const hash = this.hashes.subarray(start, start + HASH_BYTES);
    for (let at = this.startOf(hash.readUInt32LE(0)); this.byHash[at] !== EMPTY; at = (at + 1) & (this.byHash.length - 1)) {
      if (this.byHash[at] !== slot) continue;
      this.byHash[at] = REMOVED;
      break;
    }
    this.sharedPlanSets.release(this.planSets[slot] as number);
    this.ids[slot] = undefined;
    this.free.push(slot);
  }

  /** Finds a key by the SHA-256 of its value. */
  find(valueHash: Buffer): KeyEntry | undefined {
    const mask = this.byHash.length - 1;
    for (let at = this.startOf(valueHash.readUInt32LE(0)); ; at = (at + 1) & mask) {
      const slot = this.byHash[at] as number;
      if (slot === EMPTY) return undefined;
      if (slot === REMOVED) continue;
      const start = slot * HASH_BYTES;
      if (this.hashes.compare(valueHash, 0, HASH_BYTES, start, start + HASH_BYTES) !== 0) continue;
      return {
        apiKeyId: this.ids[slot] as string,
        enabled: this.enabled[slot] === 1,
        usagePlanIds: this.sharedPlanSets.at(this.planSets[slot] as number),
      };
    }
  }

  private startOf(hash: number): number {
    return hash & (this.byHash.length - 1);
  }

  private findId(apiKeyId: string): number {
    const mask = this.byId.length - 1;
    for (let at = textHash(apiKeyId) & mask; ; at = (at + 1) & mask) {
      const slot = this.byId[at] as number;
      if (slot === EMPTY) return -1;
      if (slot !== REMOVED && this.ids[slot] === apiKeyId) return at;
    }
  }

  private place(slot: number): void {
    const mask = this.byHash.length - 1;
    let at = this.startOf(this.hashes.readUInt32LE(slot * HASH_BYTES));
    while ((this.byHash[at] as number) >= 0) at = (at + 1) & mask;
    if (this.byHash[at] === EMPTY) this.hashPlaces++;
    this.byHash[at] = slot;
    at = textHash(this.ids[slot] as string) & mask;
    while ((this.byId[at] as number) >= 0) at = (at + 1) & mask;
    if (this.byId[at] === EMPTY) this.idPlaces++;
    this.byId[at] = slot;
  }

  private grow(): void {
    this.capacity *= 2;
    const hashes = Buffer.alloc(HASH_BYTES * this.capacity);
    this.hashes.copy(hashes);
    this.hashes = hashes;
    this.enabled = enlarged(this.enabled, new Uint8Array(this.capacity));
    this.planSets = enlarged(this.planSets, new Uint32Array(this.capacity));
  }

  /** Lays both tables out anew, without what was removed, at most half full. */
  private layOut(): void {
    let length = SMALLEST * 2;
    while (length < this.size * 2) length *= 2;
    this.byHash = new Int32Array(length).fill(EMPTY);
    this.byId = new Int32Array(length).fill(EMPTY);
    this.hashPlaces = 0;
    this.idPlaces = 0;
    for (const [slot, id] of this.ids.entries()) if (id !== undefined) this.place(slot);
  }
}

function enlarged<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** FNV-1a over the code units. */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
