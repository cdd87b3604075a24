import { shown } from '@gatehouse/aws-wire';
import { DocumentNode } from './document-node.js';
import { keysOfFragment } from './place.js';
import { weightOf } from './weight.js';

/**
 * Weight of what references may bring in over a whole document. Parts that many operations share are far below it; it stops documents that are
 * made to grow.
 */
const MAXIMUM_REFERENCED_WEIGHT = 2_000_000;

/** References that lead to one another in a row. */
const MAXIMUM_HOPS = 50;

/** Follows `$ref` within a document. */
export class References {
  private referenced = 0;
  private readonly weights = new Map<unknown, number>();

  constructor(private readonly root: DocumentNode) {}

  /**
   * What the node stands for: itself, or what its `$ref` leads to. Throws `BadRequestException` for references that go in circles, out of
   * the document or to nothing.
   */
  resolve(node: DocumentNode): DocumentNode {
    const passed = new Set<string>();
    let current = node;
    for (let reference = referenceOf(current); reference; reference = referenceOf(current)) {
      if (passed.has(reference.text())) throw reference.refuse('the reference goes in circles');
      if (passed.size >= MAXIMUM_HOPS) throw reference.refuse('too many references lead to one another');
      passed.add(reference.text());
      current = this.target(reference);
    }
    if (current !== node) this.charge(current, node);
    return current;
  }

  /** What a `$ref` leads to in this document. Throws `BadRequestException` when it leads out of the document or to nothing. */
  target(reference: DocumentNode): DocumentNode {
    const target = this.find(reference);
    if (!target) throw reference.refuse(`${shown(reference.text())} is not in the document`);
    return target;
  }

  /** Like `target`, undefined when there is nothing. */
  find(reference: DocumentNode): DocumentNode | undefined {
    const keys = keysOfFragment(reference.text());
    if (!keys) throw reference.refuse(`${shown(reference.text())} leads out of the document, which is not supported`);
    let current: DocumentNode | undefined = this.root;
    for (const key of keys) current = current?.child(key);
    return current;
  }

  private charge(target: DocumentNode, node: DocumentNode): void {
    let weight = this.weights.get(target.value);
    if (weight === undefined) this.weights.set(target.value, (weight = weightOf(target.value)));
    this.referenced += weight;
    if (this.referenced > MAXIMUM_REFERENCED_WEIGHT) throw node.refuse('references bring in too much');
  }
}

/** The node's `$ref`, if it has one. */
export function referenceOf(node: DocumentNode): DocumentNode | undefined {
  const reference = node.isObject ? node.member('$ref') : undefined;
  return typeof reference?.value === 'string' ? reference : undefined;
}
