import type { Run } from '../run/run.js';
import { elementsOf, JavaIterator } from './collections.js';
import { indexIn, javaEquals } from './equality.js';
import { outOfBounds } from './java-exception.js';
import { type Method, type MethodTable, plain, unary } from './method.js';
import { JavaList, listItems, type VtlValue } from './value.js';

/** Lists of either kind. */
type List = VtlValue[] | JavaList;

const LIST = 'java.util.ArrayList';
const items = (list: List) => listItems(list) as VtlValue[];

/** java.util.List, and toJSONString of json-smart's. */
export const LIST_METHODS: MethodTable<List> = new Map<string, Method<List>>([
  ['size', plain((list) => items(list).length)],
  ['isEmpty', plain((list) => items(list).length === 0)],
  ['get', unary((list, index) => (typeof index === 'number' ? elementAt(items(list), index) : undefined))],
  ['add', (list, args, run) => add(items(list), args, run)],
  ['addAll', (list, args, run) => addAll(items(list), args, run)],
  ['set', (list, args) => set(items(list), args)],
  ['remove', unary((list, what, run) => remove(items(list), what, run))],
  ['removeAll', unary((list, others, run) => keep(items(list), others, false, run))],
  ['retainAll', unary((list, others, run) => keep(items(list), others, true, run))],
  ['contains', unary((list, element, run) => indexIn(items(list), element, run) >= 0)],
  ['containsAll', unary((list, others, run) => elementsOf(others)?.every((other) => indexIn(items(list), other, run) >= 0))],
  ['indexOf', unary((list, element, run) => indexIn(items(list), element, run))],
  ['lastIndexOf', unary((list, element, run) => items(list).findLastIndex((item) => javaEquals(item, element, run)))],
  ['iterator', plain((list, run) => new JavaIterator(copied(list, run)))],
  ['listIterator', plain((list, run) => new JavaIterator(copied(list, run)))],
  ['toArray', plain((list, run) => new JavaList(copied(list, run)))],
  ['subList', (list, args, run) => subList(items(list), args, run)],
  [
    'clear',
    plain((list) => {
      items(list).length = 0;
      return '';
    }),
  ],
  ['toJSONString', (list, args, run) => (Array.isArray(list) && args.length === 0 ? run.print(list) : undefined)],
]);

function copied(list: List, run: Run): VtlValue[] {
  run.step(items(list).length >> 4);
  return [...items(list)];
}

function elementAt(list: readonly VtlValue[], index: number): VtlValue {
  if (index < 0 || index >= list.length) throw outOfBounds(LIST, index, list.length);
  return list[index] as VtlValue;
}

function add(list: VtlValue[], args: readonly VtlValue[], run: Run): VtlValue | undefined {
  run.room(list.length + 1);
  const [first, second] = args;
  if (args.length === 1) {
    list.push(first as VtlValue);
    return true;
  }
  if (args.length !== 2 || typeof first !== 'number') return undefined;
  if (first < 0 || first > list.length) throw outOfBounds(LIST, first, list.length);
  run.step(list.length >> 4);
  list.splice(first, 0, second as VtlValue);
  return '';
}

function addAll(list: VtlValue[], args: readonly VtlValue[], run: Run): VtlValue | undefined {
  const at = args.length === 2 ? args[0] : list.length;
  const added = args.length === 1 || args.length === 2 ? elementsOf(args.at(-1) as VtlValue) : undefined;
  if (added === undefined || typeof at !== 'number') return undefined;
  if (at < 0 || at > list.length) throw outOfBounds(LIST, at, list.length);
  run.room(list.length + added.length);
  run.step(list.length + added.length);
  const rest = list.splice(at);
  for (const element of [...added, ...rest]) list.push(element);
  return added.length > 0;
}

function set(list: VtlValue[], args: readonly VtlValue[]): VtlValue | undefined {
  const [index, element] = args;
  if (args.length !== 2 || typeof index !== 'number') return undefined;
  const before = elementAt(list, index);
  list[index] = element as VtlValue;
  return before;
}

/** A number is a place, all else an element. */
function remove(list: VtlValue[], what: VtlValue, run: Run): VtlValue {
  run.step(list.length >> 4);
  if (typeof what === 'number') {
    const element = elementAt(list, what);
    list.splice(what, 1);
    return element;
  }
  const index = indexIn(list, what, run);
  if (index >= 0) list.splice(index, 1);
  return index >= 0;
}

function keep(list: VtlValue[], others: VtlValue, known: boolean, run: Run): boolean | undefined {
  const elements = elementsOf(others);
  if (elements === undefined) return undefined;
  const kept = list.filter((item) => indexIn(elements, item, run) >= 0 === known);
  const isChanged = kept.length < list.length;
  list.length = 0;
  for (const item of kept) list.push(item);
  return isChanged;
}

function subList(list: readonly VtlValue[], args: readonly VtlValue[], run: Run): VtlValue | undefined {
  const [from, to] = args;
  if (args.length !== 2 || typeof from !== 'number' || typeof to !== 'number') return undefined;
  if (from < 0 || from > to) throw outOfBounds(LIST, from, list.length);
  if (to > list.length) throw outOfBounds(LIST, to, list.length);
  run.step(to - from);
  return new JavaList(list.slice(from, to));
}
