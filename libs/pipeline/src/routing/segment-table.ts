import { randomInt } from 'node:crypto';

const SLASH = 0x2f;
const NONE = -1;
/** Numbers of a place, side by side: the node above (or `NONE` where the place is free), hash of the segment, node below, place of its text. */
const PLACE = 4;
const SMALLEST = 4;
/** Unknown outside, so that nobody can choose segments that get in each other's way. */
const SEED = randomInt(0x7fffffff);
const PRIME = 0x01000193;
const SPREAD = 0x9e3779b1;

/** The static segments below the nodes of a tree: which node follows another one by which segment. An open-addressing table of numbers. */
export class SegmentTable {
  /** Where the segment ends that was looked at last. */
  segmentEnd = 0;
  private places = emptyPlaces(SMALLEST);
  private mask = SMALLEST - 1;
  private count = 0;
  private readonly texts: string[] = [];
  /** Until the table is finished: the same text is kept once. */
  private textPlaces: Map<string, number> | null = new Map();

  /** The node below `node` that a segment leads to; makes one where there is none. */
  add(node: number, segment: string, makeNode: () => number): number {
    const known = this.find(node, segment, 0, segment.length);
    if (known !== NONE) return known;
    if (++this.count * 2 > this.mask) this.grow();
    const below = makeNode();
    this.put(node, hashOf(segment), below, this.placeOf(segment));
    return below;
  }

  /** No more segments come. */
  finish(): void {
    this.textPlaces = null;
  }

  /** The node below `node` for the segment that begins at `at` and ends with a slash or at `end`; -1 without one. */
  find(node: number, path: string, at: number, end: number): number {
    let hash = SEED;
    let stop = at;
    for (; stop < end; stop++) {
      const code = path.charCodeAt(stop);
      if (code === SLASH) break;
      hash = Math.imul(hash ^ code, PRIME);
    }
    this.segmentEnd = stop;
    const { places, mask } = this;
    for (let slot = startOf(node, hash) & mask; ; slot = (slot + 1) & mask) {
      const place = slot * PLACE;
      const above = places[place];
      if (above === NONE) return NONE;
      if (above === node && places[place + 1] === hash && this.isText(places[place + 3] as number, path, at, stop))
        return places[place + 2] as number;
    }
  }

  private isText(place: number, path: string, at: number, stop: number): boolean {
    const text = this.texts[place] as string;
    return text.length === stop - at && path.startsWith(text, at);
  }

  private put(node: number, hash: number, below: number, text: number): void {
    const { places, mask } = this;
    let slot = startOf(node, hash) & mask;
    while (places[slot * PLACE] !== NONE) slot = (slot + 1) & mask;
    places.set([node, hash, below, text], slot * PLACE);
  }

  private placeOf(segment: string): number {
    let place = this.textPlaces?.get(segment);
    if (place === undefined) {
      place = this.texts.push(segment) - 1;
      this.textPlaces?.set(segment, place);
    }
    return place;
  }

  private grow(): void {
    const before = this.places;
    this.mask = this.mask * 2 + 1;
    this.places = emptyPlaces(this.mask + 1);
    for (let place = 0; place < before.length; place += PLACE) {
      const [node, hash, below, text] = before.subarray(place, place + PLACE) as unknown as [number, number, number, number];
      if (node !== NONE) this.put(node, hash, below, text);
    }
  }
}

function emptyPlaces(count: number): Int32Array {
  return new Int32Array(count * PLACE).fill(NONE);
}

function hashOf(segment: string): number {
  let hash = SEED;
  for (let i = 0; i < segment.length; i++) hash = Math.imul(hash ^ segment.charCodeAt(i), PRIME);
  return hash;
}

/** FNV's low bits depend on low bits only: the high ones are mixed in. */
function startOf(node: number, hash: number): number {
  const mixed = Math.imul(hash ^ Math.imul(node, SPREAD), SPREAD);
  return mixed ^ (mixed >>> 15);
}
