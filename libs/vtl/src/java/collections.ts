import type { Run } from '../run/run.js';
import { indexIn, javaEquals } from './equality.js';
import { JavaException } from './java-exception.js';
import { JavaList, listItems, VtlObject, type VtlMap, type VtlValue } from './value.js';

/** What keySet(), entrySet() and values() of a map give: elements in their order, without places. A copy, which does not follow the map. */
export class JavaCollection extends VtlObject {
  readonly javaClass = 'java.util.Collection';

  constructor(readonly items: readonly VtlValue[]) {
    super();
  }

  override property(name: string): VtlValue | undefined {
    return name === 'empty' ? this.items.length === 0 : undefined;
  }

  override invoke(name: string, args: readonly VtlValue[], run: Run): VtlValue | undefined {
    const [arg] = args;
    if (args.length === 1 && name === 'contains') return indexIn(this.items, arg as VtlValue, run) >= 0;
    if (args.length === 1 && name === 'containsAll') {
      return elementsOf(arg as VtlValue)?.every((element) => indexIn(this.items, element, run) >= 0);
    }
    if (args.length > 0) return undefined;
    switch (name) {
      case 'size':
        return this.items.length;
      case 'isEmpty':
        return this.items.length === 0;
      case 'iterator':
        return new JavaIterator(this.items);
      case 'toArray':
        return new JavaList([...this.items]);
      case 'toString':
        return this.print(run);
      default:
        return undefined;
    }
  }

  override iterator(): Iterator<VtlValue> {
    return this.items.values();
  }

  override equals(other: VtlValue, run: Run): boolean {
    return (
      other instanceof JavaCollection &&
      other.items.length === this.items.length &&
      this.items.every((item) => indexIn(other.items, item, run) >= 0)
    );
  }

  print(run: Run): string {
    return run.printList(this.items);
  }
}

/** The elements of lists and collections of all kinds. */
export function elementsOf(value: VtlValue): readonly VtlValue[] | undefined {
  return value instanceof JavaCollection ? value.items : listItems(value);
}

/** java.util.Map.Entry. */
export class JavaEntry extends VtlObject {
  readonly javaClass = 'java.util.Map$Entry';

  constructor(
    private readonly map: VtlMap,
    private readonly key: VtlValue,
  ) {
    super();
  }

  private get value(): VtlValue {
    return this.map.get(this.key) ?? null;
  }

  override property(name: string): VtlValue | undefined {
    if (name === 'key') return this.key;
    return name === 'value' ? this.value : undefined;
  }

  override invoke(name: string, args: readonly VtlValue[], run: Run): VtlValue | undefined {
    if (name === 'setValue' && args.length === 1) {
      const before = this.value;
      this.map.set(this.key, args[0] as VtlValue);
      return before;
    }
    if (args.length > 0) return undefined;
    switch (name) {
      case 'getKey':
        return this.key;
      case 'getValue':
        return this.value;
      case 'toString':
        return this.print(run);
      default:
        return undefined;
    }
  }

  override equals(other: VtlValue, run: Run): boolean {
    return other instanceof JavaEntry && javaEquals(this.key, other.key, run) && javaEquals(this.value, other.value, run);
  }

  print(run: Run): string {
    return run.text(`${run.textOf(this.key)}=${run.textOf(this.value)}`);
  }
}

/** java.util.Iterator. */
export class JavaIterator extends VtlObject {
  readonly javaClass = 'java.util.Iterator';
  private at = 0;

  constructor(private readonly items: readonly VtlValue[]) {
    super();
  }

  override invoke(name: string, args: readonly VtlValue[]): VtlValue | undefined {
    if (args.length > 0) return undefined;
    if (name === 'hasNext') return this.at < this.items.length;
    if (name !== 'next') return undefined;
    if (this.at >= this.items.length) throw new JavaException(this.javaClass, 'java.util.NoSuchElementException');
    return this.items[this.at++];
  }

  /** What is left, which is then gone. */
  override iterator(): Iterator<VtlValue> {
    const rest = this.items.slice(this.at);
    this.at = this.items.length;
    return rest.values();
  }

  print(): string {
    return this.javaClass;
  }
}
