import type { KeyRecord } from '@gatehouse/snapshot';
import { PlanSets } from './plan-sets.js';

const EMPTY = -1;
const REMOVED = -2;
const SMALLEST = 64;
const PLACE = 2;

/** Bytes of a record: the hash of the key's value, then one number (its set of plans and whether it is enabled), then its id. */
const HASH_BYTES = 32;
const FLAGS = HASH_BYTES;
const ID_LENGTH = FLAGS + 4;
const ID = ID_LENGTH + 1;
const RECORD_BYTES = 48;
const LONGEST_ID = RECORD_BYTES - ID;
/** In place of the length of an id that is not in its record. */
const ELSEWHERE = 0xff;

/** Records that lie in one piece of memory: it grows by such pieces, so that nothing is ever copied. */
const PIECE = 1 << 14;

/** What is kept of one key. */
export interface CompactKey {
  readonly apiKeyId: string;
  readonly enabled: boolean;
  readonly usagePlanIds: readonly string[];
}

/**
 * API keys by the SHA-256 of their value and by their id, for a million of them: a key is a record of bytes in a slot, sets of usage plans that many
 * keys share are kept once, and both look-ups are open-addressing tables of slot numbers.
 */
export class CompactKeyMap {
  private readonly pieces: Buffer[] = [];
  /** Ids that are too long for a record, or not of ASCII. */
  private readonly oddIds = new Map<number, string>();
  private slots = 0;
  private readonly free: number[] = [];
  private readonly sharedPlanSets = new PlanSets();

  /** `PLACE` numbers in each place: a slot, and the second four bytes of its hash, so that other keys' records are not looked at. */
  private byHash = new Int32Array(SMALLEST * 2 * PLACE).fill(EMPTY);
  /** A slot in each place. */
  private byId = new Int32Array(SMALLEST * 2).fill(EMPTY);
  /** Places of the tables that are not empty, removed ones included: they make look-ups longer until the tables are laid out anew. */
  private hashPlaces = 0;
  private idPlaces = 0;

  get size(): number {
    return this.slots - this.free.length;
  }

  /** How many different sets of usage plans are kept. */
  get planSetCount(): number {
    return this.sharedPlanSets.size;
  }

  /** Adds a key, or replaces the one of the same id. `valueHash` is 64 hexadecimal digits. */
  set({ apiKeyId, valueHash, enabled, usagePlanIds }: KeyRecord): void {
    this.delete(apiKeyId);
    const slot = this.free.pop() ?? this.slots++;
    if (slot === this.pieces.length * PIECE) this.pieces.push(Buffer.allocUnsafeSlow(PIECE * RECORD_BYTES));
    const piece = this.pieceOf(slot);
    const record = recordOf(slot);
    piece.write(valueHash, record, 'hex');
    piece.writeUInt32LE(this.sharedPlanSets.take(usagePlanIds) * 2 + (enabled ? 1 : 0), record + FLAGS);
    this.writeId(slot, apiKeyId);
    if (Math.max(this.hashPlaces, this.idPlaces) + 1 > this.byId.length * 0.7) this.layOut();
    else this.place(slot);
  }

  /** Forgets a key; nothing happens when it is not known. */
  delete(apiKeyId: string): void {
    const idPlace = this.findId(apiKeyId);
    if (idPlace < 0) return;
    const slot = this.byId[idPlace] as number;
    const mask = this.byId.length - 1;
    const piece = this.pieceOf(slot);
    const record = recordOf(slot);
    this.byId[idPlace] = REMOVED;
    let at = piece.readInt32LE(record) & mask;
    while (this.byHash[at * PLACE] !== slot) at = (at + 1) & mask;
    this.byHash[at * PLACE] = REMOVED;
    this.sharedPlanSets.release(piece.readUInt32LE(record + FLAGS) >>> 1);
    this.oddIds.delete(slot);
    piece[record + ID_LENGTH] = 0;
    this.free.push(slot);
  }

  /** The slot of the key whose value has the SHA-256 `valueHash`, one character a byte; -1 when there is none. */
  findSlot(valueHash: string): number {
    const mask = this.byId.length - 1;
    const tag = fourBytes(valueHash, 4);
    for (let at = fourBytes(valueHash, 0) & mask; ; at = (at + 1) & mask) {
      const slot = this.byHash[at * PLACE] as number;
      if (slot === EMPTY) return -1;
      if (slot === REMOVED || this.byHash[at * PLACE + 1] !== tag) continue;
      if (hasHash(this.pieceOf(slot), recordOf(slot), valueHash)) return slot;
    }
  }

  /** The key in a slot that `findSlot` gave. */
  at(slot: number): CompactKey {
    const flags = this.pieceOf(slot).readUInt32LE(recordOf(slot) + FLAGS);
    return { apiKeyId: this.idAt(slot), enabled: (flags & 1) === 1, usagePlanIds: this.sharedPlanSets.at(flags >>> 1) };
  }

  /** Finds a key by the SHA-256 of its value, one character a byte. */
  find(valueHash: string): CompactKey | undefined {
    const slot = this.findSlot(valueHash);
    return slot < 0 ? undefined : this.at(slot);
  }

  private pieceOf(slot: number): Buffer {
    return this.pieces[Math.floor(slot / PIECE)] as Buffer;
  }

  private writeId(slot: number, apiKeyId: string): void {
    const piece = this.pieceOf(slot);
    const start = recordOf(slot) + ID;
    const fits = apiKeyId.length <= LONGEST_ID && isAscii(apiKeyId);
    piece[start - 1] = fits ? apiKeyId.length : ELSEWHERE;
    if (fits) piece.write(apiKeyId, start, 'latin1');
    else this.oddIds.set(slot, apiKeyId);
  }

  private idAt(slot: number): string {
    const piece = this.pieceOf(slot);
    const start = recordOf(slot) + ID;
    const length = piece[start - 1] as number;
    return length === ELSEWHERE ? (this.oddIds.get(slot) as string) : piece.toString('latin1', start, start + length);
  }

  private hasId(slot: number, apiKeyId: string): boolean {
    const piece = this.pieceOf(slot);
    const start = recordOf(slot) + ID;
    const length = piece[start - 1] as number;
    if (length === ELSEWHERE) return this.oddIds.get(slot) === apiKeyId;
    if (length !== apiKeyId.length) return false;
    for (let i = 0; i < length; i++) if (piece[start + i] !== apiKeyId.charCodeAt(i)) return false;
    return true;
  }

  private findId(apiKeyId: string): number {
    const mask = this.byId.length - 1;
    for (let at = textHash(apiKeyId) & mask; ; at = (at + 1) & mask) {
      const slot = this.byId[at] as number;
      if (slot === EMPTY) return -1;
      if (slot !== REMOVED && this.hasId(slot, apiKeyId)) return at;
    }
  }

  private place(slot: number): void {
    const mask = this.byId.length - 1;
    const piece = this.pieceOf(slot);
    const record = recordOf(slot);
    let at = piece.readInt32LE(record) & mask;
    while ((this.byHash[at * PLACE] as number) >= 0) at = (at + 1) & mask;
    if (this.byHash[at * PLACE] === EMPTY) this.hashPlaces++;
    this.byHash[at * PLACE] = slot;
    this.byHash[at * PLACE + 1] = piece.readInt32LE(record + 4);
    at = textHash(this.idAt(slot)) & mask;
    while ((this.byId[at] as number) >= 0) at = (at + 1) & mask;
    if (this.byId[at] === EMPTY) this.idPlaces++;
    this.byId[at] = slot;
  }

  /** Lays both tables out anew, without what was removed, at most half full. */
  private layOut(): void {
    let length = SMALLEST * 2;
    while (length < this.size * 2) length *= 2;
    this.byHash = new Int32Array(length * PLACE).fill(EMPTY);
    this.byId = new Int32Array(length).fill(EMPTY);
    this.hashPlaces = 0;
    this.idPlaces = 0;
    const unused = new Set(this.free);
    for (let slot = 0; slot < this.slots; slot++) if (!unused.has(slot)) this.place(slot);
  }
}

function recordOf(slot: number): number {
  return (slot % PIECE) * RECORD_BYTES;
}

/** As `readInt32LE` reads them. */
function fourBytes(bytes: string, at: number): number {
  const low = bytes.charCodeAt(at) | (bytes.charCodeAt(at + 1) << 8);
  return low | (bytes.charCodeAt(at + 2) << 16) | (bytes.charCodeAt(at + 3) << 24);
}

function hasHash(piece: Buffer, record: number, hash: string): boolean {
  for (let i = 0; i < HASH_BYTES; i++) if (piece[record + i] !== hash.charCodeAt(i)) return false;
  return true;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** FNV-1a over the code units. */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
