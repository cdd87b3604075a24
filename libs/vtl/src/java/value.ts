import type { JavaNumber } from '@gatehouse/json-path';
import type { Run } from '../run/run.js';

/**
 * A value of a template. JSON's own are as @gatehouse/json-path has them: a Map is a java.util.LinkedHashMap, an array is json-smart's JSONArray. All else is
 * a VtlObject. Null is Java's null, and what a reference is that leads nowhere.
 */
export type VtlValue = null | boolean | string | JavaNumber | VtlValue[] | VtlMap | VtlObject;
export type VtlMap = Map<VtlValue, VtlValue>;

/**
 * An object whose members are what its class says, and nothing else: templates reach JavaScript's objects through these methods only.
 * What is undefined is not there.
 */
export abstract class VtlObject {
  /** For messages. */
  abstract readonly javaClass: string;

  /** `$it.name` */
  property(_name: string, _run: Run): VtlValue | undefined {
    return undefined;
  }

  /** `$it.name(args)` */
  invoke(_name: string, _args: readonly VtlValue[], _run: Run): VtlValue | undefined {
    return undefined;
  }

  /** `$it[index]` */
  item(_index: VtlValue, _run: Run): VtlValue | undefined {
    return undefined;
  }

  /** `#set($it.name = value)`, `#set($it[name] = value)`; an object that cannot be changed stays as it is. */
  assign(_name: VtlValue, _value: VtlValue, _run: Run): void {}

  /** What #foreach runs over. */
  iterator(_run: Run): Iterator<VtlValue> | undefined {
    return undefined;
  }

  /** Java's toString; null prints as a reference that leads nowhere. */
  abstract print(run: Run): string | null;

  equals(other: VtlValue, _run: Run): boolean {
    return this === other;
  }

  /** Whether it is equal to null, though it is none. */
  get isNull(): boolean {
    return false;
  }

  /** As a condition. */
  get isTrue(): boolean {
    return true;
  }
}

/** java.util.ArrayList: what `[...]` in a template is, and what Java methods answer. It prints itself in Java's way, unlike an array of JSON. */
export class JavaList extends VtlObject {
  readonly javaClass = 'java.util.ArrayList';

  constructor(readonly items: VtlValue[]) {
    super();
  }

  print(run: Run): string {
    return run.printList(this.items);
  }
}

/** The elements of a list of either kind. */
export function listItems(value: VtlValue): VtlValue[] | undefined {
  if (Array.isArray(value)) return value;
  return value instanceof JavaList ? value.items : undefined;
}
