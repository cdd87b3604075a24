import { isJavaNumber, JavaDouble } from '@gatehouse/json-path';
import type { Run } from '../run/run.js';
import { getFrom, putInto } from './equality.js';
import { outOfBounds } from './java-exception.js';
import { listItems, VtlObject, type VtlMap, type VtlValue } from './value.js';

/** `$value.name`: of a map the member, of other things what a getter without arguments gives. Classes are not reached. */
export function propertyOf(value: VtlValue, name: string, run: Run): VtlValue | undefined {
  if (value instanceof Map) return getFrom(value, name, run);
  if (value instanceof VtlObject && listItems(value) === undefined) return value.property(name, run);
  if (name !== 'empty') {
    if (value instanceof JavaDouble) return name === 'infinite' ? Math.abs(value.value) === Infinity : undefined;
    return undefined;
  }
  if (typeof value === 'string') return value === '';
  const items = listItems(value);
  return items === undefined ? undefined : items.length === 0;
}

/** `$value[index]`: what get(index) gives. A negative index of a list is from its end. */
export function itemOf(value: VtlValue, index: VtlValue, run: Run): VtlValue | undefined {
  if (value instanceof Map) return getFrom(value, index, run);
  const items = listItems(value);
  if (items === undefined) return value instanceof VtlObject ? value.item(index, run) : undefined;
  return typeof index === 'number' ? items[placeIn(items, index)] : undefined;
}

/** `#set($target.key = value)`, `#set($target[key] = value)`. What cannot be set stays as it is. */
export function assignTo(target: VtlValue, key: VtlValue, value: VtlValue, run: Run): void {
  if (target instanceof Map) {
    putInto(target, key, value, run);
    return;
  }
  const items = listItems(target);
  if (items !== undefined) {
    if (typeof key === 'number') items[placeIn(items, key)] = value;
  } else if (target instanceof VtlObject) target.assign(key, value, run);
}

function placeIn(items: readonly VtlValue[], index: number): number {
  const place = index < 0 ? items.length + index : index;
  if (place >= 0 && place < items.length) return place;
  throw outOfBounds('java.util.ArrayList', place, items.length);
}

function firstValues(map: VtlMap, most: number): VtlValue[] {
  const values: VtlValue[] = [];
  for (const value of map.values()) if (values.push(value) === most) break;
  return values;
}

/** What #foreach runs over: elements of lists, values of maps, as they are when it begins; no more of them than it has rounds. */
export function iteratorOf(value: VtlValue, run: Run): Iterator<VtlValue> | undefined {
  if (value === null || typeof value !== 'object' || isJavaNumber(value)) return undefined;
  const most = run.limits.loopRounds + 1;
  if (value instanceof Map) return firstValues(value, most).values();
  const items = listItems(value);
  return items === undefined ? (value as VtlObject).iterator(run) : items.slice(0, most).values();
}
