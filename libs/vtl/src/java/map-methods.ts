import type { Run } from '../run/run.js';
import { JavaCollection, JavaEntry } from './collections.js';
import { getFrom, keyIn, indexIn, putInto } from './equality.js';
import { type Method, type MethodTable, plain, unary } from './method.js';
import type { VtlMap, VtlValue } from './value.js';

/** java.util.LinkedHashMap. */
export const MAP_METHODS: MethodTable<VtlMap> = new Map<string, Method<VtlMap>>([
  ['size', plain((map) => map.size)],
  ['isEmpty', plain((map) => map.size === 0)],
  ['get', unary((map, key, run) => getFrom(map, key, run))],
  ['getOrDefault', (map, args, run) => (args.length === 2 ? getOrDefault(map, args, run) : undefined)],
  ['put', (map, args, run) => (args.length === 2 ? putInto(map, args[0] as VtlValue, args[1] as VtlValue, run) : undefined)],
  ['putIfAbsent', (map, args, run) => (args.length === 2 ? putIfAbsent(map, args, run) : undefined)],
  ['putAll', unary((map, other, run) => putAll(map, other, run))],
  ['remove', unary((map, key, run) => remove(map, key, run))],
  ['replace', (map, args, run) => (args.length === 2 ? replace(map, args, run) : undefined)],
  ['containsKey', unary((map, key, run) => keyIn(map, key, run) !== undefined)],
  ['containsValue', unary((map, value, run) => indexIn([...map.values()], value, run) >= 0)],
  ['keySet', plain((map, run) => collection([...map.keys()], run))],
  ['values', plain((map, run) => collection([...map.values()], run))],
  [
    'entrySet',
    plain((map, run) =>
      collection(
        [...map.keys()].map((key) => new JavaEntry(map, key)),
        run,
      ),
    ),
  ],
  [
    'clear',
    plain((map) => {
      map.clear();
      return '';
    }),
  ],
]);

function collection(items: VtlValue[], run: Run): JavaCollection {
  run.step(items.length);
  return new JavaCollection(items);
}

function getOrDefault(map: VtlMap, [key, other]: readonly VtlValue[], run: Run): VtlValue {
  return keyIn(map, key as VtlValue, run) === undefined ? (other as VtlValue) : getFrom(map, key as VtlValue, run);
}

function putIfAbsent(map: VtlMap, [key, value]: readonly VtlValue[], run: Run): VtlValue {
  const before = getFrom(map, key as VtlValue, run);
  if (before === null) putInto(map, key as VtlValue, value as VtlValue, run);
  return before;
}

function putAll(map: VtlMap, other: VtlValue, run: Run): string | undefined {
  if (!(other instanceof Map)) return undefined;
  for (const [key, value] of [...other]) putInto(map, key, value, run);
  return '';
}

function remove(map: VtlMap, key: VtlValue, run: Run): VtlValue {
  const known = keyIn(map, key, run);
  if (known === undefined) return null;
  const before = map.get(known) as VtlValue;
  map.delete(known);
  return before;
}

function replace(map: VtlMap, [key, value]: readonly VtlValue[], run: Run): VtlValue {
  const known = keyIn(map, key as VtlValue, run);
  return known === undefined ? null : putInto(map, known, value as VtlValue, run);
}
