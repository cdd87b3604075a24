import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { shown } from './refusal.js';
import { MAXIMUM_DEPTH } from './source.js';
import { keyText } from './yaml-key.js';

/** Values that aliases may stand for in one document, all counted: a few lines of aliases of aliases could stand for billions. */
const MAXIMUM_ALIASED_VALUES = 200_000;

/** A value, how many values it holds (itself too) and how many containers deep. */
interface Measured {
  value: unknown;
  size: number;
  height: number;
}

/** The plain values of a YAML document's nodes. An alias has the very value of its anchor. */
export class YamlValues {
  /** By anchor; undefined while the anchored node is being read. */
  private readonly anchored = new Map<string, Measured | undefined>();
  private aliased = 0;

  constructor(private readonly refuse: (offset: number, reason: string) => Error) {}

  /** Throws what `refuse` makes. */
  valueOf(node: Node | null): unknown {
    return this.measured(node, 0).value;
  }

  private measured(node: unknown, depth: number): Measured {
    if (isAlias(node)) return this.ofAlias(node.source, node.range?.[0] ?? 0, depth);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.anchored.set(anchor, undefined);
    const measured = this.ofContent(node, depth);
    if (anchor !== undefined) this.anchored.set(anchor, measured);
    return measured;
  }

  private ofAlias(anchor: string, offset: number, depth: number): Measured {
    const measured = this.anchored.get(anchor);
    if (!measured) throw this.refuse(offset, `the alias ${shown(anchor)} has no anchor before it, or stands within it`);
    this.aliased += measured.size;
    if (this.aliased > MAXIMUM_ALIASED_VALUES) throw this.refuse(offset, 'aliases stand for too many values');
    if (depth + measured.height > MAXIMUM_DEPTH) throw this.refuse(offset, 'nested too deeply');
    return measured;
  }

  private ofContent(node: unknown, depth: number): Measured {
    if (isMap(node)) return this.ofMap(node, depth);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.measured(item, depth + 1));
      return container(
        items.map((item) => item.value),
        items,
      );
    }
    return { value: isScalar(node) ? node.value : null, size: 1, height: 0 };
  }

  private ofMap(map: YAMLMap, depth: number): Measured {
    const own = new Map<string, unknown>();
    const merged = new Map<string, unknown>();
    const parts: Measured[] = [];
    for (const { key, value } of map.items) {
      const offset = (key as Node | null)?.range?.[0] ?? map.range?.[0] ?? 0;
      if (!isScalar(key)) throw this.refuse(offset, 'a name must be a text');
      const part = this.measured(value, depth + 1);
      parts.push(part);
      if (key.value === '<<' && key.type === 'PLAIN') {
        this.merge(part.value, merged, offset);
        continue;
      }
      const name = keyText(key);
      if (own.has(name)) throw this.refuse(offset, `the name ${shown(name)} occurs twice in one map`);
      own.set(name, part.value);
    }
    return container(Object.fromEntries([...merged, ...own]), parts);
  }

  /** Merge keys (YAML 1.1): a map or several; the first one that has a name wins. */
  private merge(value: unknown, into: Map<string, unknown>, offset: number): void {
    for (const source of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof source !== 'object' || source === null || Array.isArray(source)) {
        throw this.refuse(offset, 'a merge key must have a map or a list of maps');
      }
      for (const [name, each] of Object.entries(source)) if (!into.has(name)) into.set(name, each);
    }
  }
}

function container(value: unknown, parts: readonly Measured[]): Measured {
  let size = 1;
  let height = 0;
  for (const part of parts) {
    size += part.size;
    height = Math.max(height, part.height);
  }
  return { value, size, height: height + 1 };
}
