import { HTTP_METHODS, type HttpMethod } from '@gatehouse/api-model';
import { randomInt } from 'node:crypto';
import { utf8Bytes } from '../http/byte-text.js';

/*
 * A tree of resources is laid out as numbers in one row, so that it takes little memory and a look-up meets few lines of it:
 *
 * - nodes, `NODE` numbers each; the first is the root. A node stands for a resource.
 * - for each entry (a method of a resource), in their order, the one before of the same resource.
 * - places of an open-addressing table, `PLACE` numbers each, which says what node follows another one by which static segment.
 * - texts of segments, four bytes in a number: a byte with the length, then so many bytes.
 */

export const NONE = -1;
export const ROOT = 0;

export const NODE = 4;
/** How many nodes are below for static segments. */
export const STATICS = 0;
/** The node below for a segment `{param}`. */
export const PARAMETER = 1;
/** The newest entry of the resource itself, and of the resource `{proxy+}` below it. */
export const METHODS = 2;
export const GREEDY = 3;

/** An entry is told as a number of these bits: its verb (its place among `HTTP_METHODS`), whether there is one before it, and its own place. */
export const VERB_BITS = 7;
export const HAS_EARLIER = 8;
export const ENTRY_SHIFT = 4;

export const PLACE = 4;
/** The node above; `NONE` where the place is free. */
export const ABOVE = 0;
export const HASH = 1;
export const BELOW = 2;
/** Which byte of the texts the segment's begins at. */
export const TEXT = 3;

/** Longest segment that can be told by a byte; AWS allows 128. */
const LONGEST_SEGMENT = 255;
const SMALLEST_TABLE = 4;

/** Unknown outside, so that nobody can choose segments that get in each other's way. */
const SEED = randomInt(0x7fffffff);
const PRIME = 0x01000193;
const SPREAD = 0x9e3779b1;

/** FNV-1a of a part of a text of one character a byte. */
export function hashOf(text: string, from: number, to: number): number {
  let hash = SEED;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return hash;
}

/** Where the search for a segment below a node begins; only as many low bits count as the table is large. */
export function startOf(node: number, hash: number): number {
  // FNV's low bits depend on low bits only: the high ones are mixed in.
  const mixed = Math.imul(hash ^ Math.imul(node, SPREAD), SPREAD);
  return mixed ^ (mixed >>> 15);
}

/** Whether the bytes from `start` on, which lie four in a number, are the length of a part of a text, and that part. */
export function isTextAt(numbers: Int32Array, start: number, text: string, from: number, to: number): boolean {
  if (byteOf(numbers, start) !== to - from) return false;
  for (let at = from; at < to; at++) if (byteOf(numbers, start + 1 + at - from) !== text.charCodeAt(at)) return false;
  return true;
}

function byteOf(numbers: Int32Array, at: number): number {
  return ((numbers[at >> 2] as number) >> ((at & 3) << 3)) & 0xff;
}

export interface TreeLayout {
  readonly numbers: Int32Array;
  /** Where in `numbers` the entries begin, and where the places. */
  readonly entries: number;
  readonly places: number;
  /** Number of places less one; that number is a power of two. */
  readonly mask: number;
  /** Which byte of `numbers` the texts begin at. */
  readonly texts: number;
}

/** Lays a tree out, method by method. */
export class TreeBuilder {
  private readonly nodes: number[] = [0, NONE, NONE, NONE];
  private readonly entries: number[] = [];
  private places = emptyTable(SMALLEST_TABLE);
  private mask = SMALLEST_TABLE - 1;
  private placed = 0;
  private readonly texts: number[] = [];
  /** The same text is kept once. */
  private readonly textStarts = new Map<string, number>();

  /** Adds a method of a resource; entries have their places in the order in which they come. Throws `TypeError` for a path that no resource can have. */
  add(path: string, httpMethod: HttpMethod): void {
    const list = this.listOf(path);
    const earlier = this.nodes[list] as number;
    const entry = this.entries.push(earlier) - 1;
    const more = earlier === NONE ? 0 : HAS_EARLIER;
    this.nodes[list] = (entry << ENTRY_SHIFT) | more | HTTP_METHODS.indexOf(httpMethod);
  }

  /** Where the newest entry of a resource stands. */
  private listOf(path: string): number {
    if (path === '/') return METHODS;
    const segments = path.split('/');
    if (segments.shift() !== '' || segments.length === 0 || segments.includes(''))
      throw new TypeError(`${path} is no resource path`);
    let node = ROOT;
    for (const [index, segment] of segments.entries()) {
      if (segment.endsWith('+}')) {
        if (index !== segments.length - 1) throw new TypeError(`${path} goes on after ${segment}`);
        return node * NODE + GREEDY;
      }
      node = segment.startsWith('{') ? this.parameterOf(node) : this.staticOf(node, segment, path);
    }
    return node * NODE + METHODS;
  }

  private parameterOf(node: number): number {
    const place = node * NODE + PARAMETER;
    if (this.nodes[place] === NONE) this.nodes[place] = this.addNode();
    return this.nodes[place] as number;
  }

  private staticOf(node: number, segment: string, path: string): number {
    const bytes = utf8Bytes(segment);
    const text = this.textOf(bytes, path);
    const hash = hashOf(bytes, 0, bytes.length);
    const { places, mask } = this;
    for (let slot = startOf(node, hash) & mask; ; slot = (slot + 1) & mask) {
      const place = slot * PLACE;
      if (places[place + ABOVE] === NONE) break;
      if (places[place + ABOVE] === node && places[place + TEXT] === text) return places[place + BELOW] as number;
    }
    if (++this.placed * 2 > this.mask) this.growTable();
    const statics = node * NODE + STATICS;
    this.nodes[statics] = (this.nodes[statics] as number) + 1;
    const below = this.addNode();
    this.put(node, hash, below, text);
    return below;
  }

  private addNode(): number {
    return this.nodes.push(0, NONE, NONE, NONE) / NODE - 1;
  }

  /** Where the text of a segment begins, given one character a byte. */
  private textOf(segment: string, path: string): number {
    let start = this.textStarts.get(segment);
    if (start !== undefined) return start;
    if (segment.length > LONGEST_SEGMENT) throw new TypeError(`${path} has a segment that is too long`);
    start = this.texts.push(segment.length) - 1;
    for (let at = 0; at < segment.length; at++) this.texts.push(segment.charCodeAt(at));
    this.textStarts.set(segment, start);
    return start;
  }

  private put(node: number, hash: number, below: number, text: number): void {
    const { places, mask } = this;
    let slot = startOf(node, hash) & mask;
    while (places[slot * PLACE + ABOVE] !== NONE) slot = (slot + 1) & mask;
    const place = slot * PLACE;
    places[place + ABOVE] = node;
    places[place + HASH] = hash;
    places[place + BELOW] = below;
    places[place + TEXT] = text;
  }

  private growTable(): void {
    const before = this.places;
    this.mask = this.mask * 2 + 1;
    this.places = emptyTable(this.mask + 1);
    for (let at = 0; at < before.length; at += PLACE) {
      const node = before[at + ABOVE] as number;
      if (node !== NONE) this.put(node, before[at + HASH] as number, before[at + BELOW] as number, before[at + TEXT] as number);
    }
  }

  finish(): TreeLayout {
    const entries = this.nodes.length;
    const places = entries + this.entries.length;
    const texts = places + this.places.length;
    const numbers = new Int32Array(texts + Math.ceil(this.texts.length / 4));
    numbers.set(this.nodes);
    numbers.set(this.entries, entries);
    numbers.set(this.places, places);
    for (let at = 0; at < this.texts.length; at++) {
      const place = texts + (at >> 2);
      numbers[place] = (numbers[place] as number) | ((this.texts[at] as number) << ((at & 3) << 3));
    }
    return { numbers, entries, places, mask: this.mask, texts: texts * 4 };
  }
}

function emptyTable(places: number): Int32Array {
  return new Int32Array(places * PLACE).fill(NONE);
}
