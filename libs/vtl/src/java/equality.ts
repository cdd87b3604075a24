import { isJavaNumber, JavaDecimal, JavaDouble } from '@gatehouse/json-path';
import type { Run } from '../run/run.js';
import { listItems, VtlObject, type VtlMap, type VtlValue } from './value.js';

/** Java's equals. */
export function javaEquals(left: VtlValue, right: VtlValue, run: Run): boolean {
  run.step();
  if (typeof left === 'string') return typeof right === 'string' && sameText(left, right, run);
  if (left === right) return true;
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return false;
  if (isJavaNumber(left)) return isJavaNumber(right) && sameNumber(left, right);
  return run.inside(() => {
    const [leftItems, rightItems] = [listItems(left), listItems(right)];
    if (leftItems !== undefined) {
      return (
        leftItems.length === rightItems?.length && leftItems.every((item, n) => javaEquals(item, rightItems[n] as VtlValue, run))
      );
    }
    if (left instanceof Map) return right instanceof Map && sameMap(left, right, run);
    return left instanceof VtlObject && left.equals(right, run);
  });
}

export function sameText(left: string, right: string, run: Run): boolean {
  if (left.length !== right.length) return false;
  run.step(left.length >> 8);
  return left === right;
}

function sameNumber(left: JavaDouble | JavaDecimal, right: unknown): boolean {
  if (left instanceof JavaDouble) return right instanceof JavaDouble && Object.is(left.value, right.value);
  return right instanceof JavaDecimal && left.unscaled === right.unscaled && left.scale === right.scale;
}

function sameMap(left: VtlMap, right: VtlMap, run: Run): boolean {
  if (left.size !== right.size) return false;
  for (const [key, value] of left) {
    const found = keyIn(right, key, run);
    if (found === undefined || !javaEquals(value, right.get(found) as VtlValue, run)) return false;
  }
  return true;
}

/** The key of a map that equals `key`; undefined when there is none. */
export function keyIn(map: VtlMap, key: VtlValue, run: Run): VtlValue | undefined {
  if (map.has(key)) return key;
  if (key === null || typeof key !== 'object') return undefined;
  for (const known of map.keys()) if (typeof known === 'object' && javaEquals(known, key, run)) return known;
  return undefined;
}

export function getFrom(map: VtlMap, key: VtlValue, run: Run): VtlValue {
  const known = keyIn(map, key, run);
  return known === undefined ? null : (map.get(known) as VtlValue);
}

/** @returns what the key had before */
export function putInto(map: VtlMap, key: VtlValue, value: VtlValue, run: Run): VtlValue {
  const known = keyIn(map, key, run);
  if (known === undefined) run.room(map.size + 1);
  const before = known === undefined ? null : (map.get(known) as VtlValue);
  map.set(known === undefined ? key : known, value);
  return before;
}

/** Where in a list a value is; -1 when nowhere. */
export function indexIn(items: readonly VtlValue[], value: VtlValue, run: Run): number {
  return items.findIndex((item) => javaEquals(item, value, run));
}

/** Java's hashCode. */
export function hashCode(value: VtlValue, run: Run): number {
  run.step();
  if (value === null) return 0;
  if (typeof value === 'boolean') return value ? 1231 : 1237;
  if (typeof value === 'string') return textHash(value, run);
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(BigInt.asIntN(32, value ^ (value >> 32n)));
  if (isJavaNumber(value)) return value instanceof JavaDouble ? doubleHash(value.value) : textHash(value.toString(), run);
  return run.inside(() => {
    const items = listItems(value);
    if (items !== undefined) return items.reduce<number>((hash, item) => (Math.imul(31, hash) + hashCode(item, run)) | 0, 1);
    let hash = 0;
    if (value instanceof Map) for (const [key, member] of value) hash = (hash + (hashCode(key, run) ^ hashCode(member, run))) | 0;
    return hash;
  });
}

function textHash(text: string, run: Run): number {
  run.step(text.length >> 2);
  let hash = 0;
  for (let n = 0; n < text.length; n++) hash = (Math.imul(31, hash) + text.charCodeAt(n)) | 0;
  return hash;
}

function doubleHash(value: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  return bits.getInt32(0) ^ bits.getInt32(4);
}
