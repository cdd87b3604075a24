import { shown } from '@gatehouse/aws-wire';
import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { MAXIMUM_DEPTH } from './source.js';
import { ownWeight } from './weight.js';
import { keyText } from './yaml-key.js';

/** Weight of what aliases may stand for in one document: a few lines of aliases of aliases could stand for billions. */
const MAXIMUM_ALIASED_WEIGHT = 200_000;

/** What an anchor stands for, what that weighs, and how many containers deep it is. */
interface Anchored {
  value: unknown;
  weight: number;
  height: number;
}

/** The plain values of a YAML document's nodes. An alias has the very value of its anchor. */
export class YamlValues {
  /** By anchor; undefined while the anchored node is being read. */
  private readonly anchored = new Map<string, Anchored | undefined>();
  /** Weight of the values read so far, each alias counted as what it stands for. */
  private weight = 0;
  /** The deepest place of the anchored node that is being read. */
  private deepest = 0;
  private aliased = 0;

  constructor(private readonly refuse: (offset: number, reason: string) => Error) {}

  /** The value of a node that stands within `depth` containers. Throws what `refuse` makes. */
  valueOf(node: unknown, depth = 0): unknown {
    if (isAlias(node)) return this.ofAlias(node.source, node.range?.[0] ?? 0, depth);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    return anchor === undefined ? this.ofContent(node, depth) : this.ofAnchored(anchor, node, depth);
  }

  private ofAnchored(anchor: string, node: unknown, depth: number): unknown {
    const { weight, deepest } = this;
    this.anchored.set(anchor, undefined);
    this.deepest = depth;
    const value = this.ofContent(node, depth);
    this.anchored.set(anchor, { value, weight: this.weight - weight, height: this.deepest - depth });
    this.deepest = Math.max(deepest, this.deepest);
    return value;
  }

  private ofAlias(anchor: string, offset: number, depth: number): unknown {
    const target = this.anchored.get(anchor);
    if (!target) throw this.refuse(offset, `the alias ${shown(anchor)} has no anchor before it, or stands within it`);
    this.weight += target.weight;
    this.aliased += target.weight;
    if (this.aliased > MAXIMUM_ALIASED_WEIGHT) throw this.refuse(offset, 'aliases stand for too much');
    this.deepest = Math.max(this.deepest, depth + target.height);
    if (depth + target.height > MAXIMUM_DEPTH) throw this.refuse(offset, 'nested too deeply');
    return target.value;
  }

  private ofContent(node: unknown, depth: number): unknown {
    this.weight += isScalar(node) ? ownWeight(node.value) : 1;
    this.deepest = Math.max(this.deepest, depth);
    if (isScalar(node)) return node.value;
    if (isMap(node)) return this.ofMap(node, depth);
    return isSeq(node) ? node.items.map((item) => this.valueOf(item, depth + 1)) : null;
  }

  private ofMap(map: YAMLMap, depth: number): Record<string, unknown> {
    const members: Record<string, unknown> = {};
    const merged: object[] = [];
    for (const { key, value } of map.items) {
      if (!isScalar(key)) throw this.refuse(offsetOf(key, map), 'a name must be a text');
      const member = this.valueOf(value, depth + 1);
      if (key.value === '<<' && key.type === 'PLAIN') {
        merged.push(...this.mergedMaps(member, offsetOf(key, map)));
        continue;
      }
      const name = keyText(key);
      if (Object.hasOwn(members, name)) throw this.refuse(offsetOf(key, map), `the name ${shown(name)} occurs twice in one map`);
      setMember(members, name, member);
    }
    for (const source of merged) {
      for (const [name, member] of Object.entries(source)) {
        this.weight++;
        if (!Object.hasOwn(members, name)) setMember(members, name, member);
      }
    }
    return members;
  }

  /** What a merge key (YAML 1.1) has: a map or several; the first one that has a name wins. */
  private mergedMaps(value: unknown, offset: number): object[] {
    return (Array.isArray(value) ? (value as unknown[]) : [value]).map((source) => {
      if (typeof source === 'object' && source !== null && !Array.isArray(source)) return source;
      throw this.refuse(offset, 'a merge key must have a map or a list of maps');
    });
  }
}

/** Makes the member one of the object's own, also when it is called `__proto__`. */
function setMember(members: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
  else members[name] = value;
}

const offsetOf = (key: unknown, map: YAMLMap) => (key as Node | null)?.range?.[0] ?? map.range?.[0] ?? 0;
