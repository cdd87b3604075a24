/** One key of the places that are looked for, and those that begin with the keys down to it. */
export interface KeyNode {
  readonly inner: Map<string, KeyNode>;
  /** Where the text has what the keys lead to; undefined until it was found. */
  offset?: number;
}

/** Lists of keys, so put together that one walk through a document finds them all. */
export class KeyTree {
  readonly root: KeyNode = { inner: new Map(), offset: 0 };

  constructor(private readonly places: readonly (readonly string[])[]) {
    for (const keys of places) {
      let node = this.root;
      for (const key of keys) node = innerOf(node, key);
    }
  }

  /** For each list of keys the offset of what it leads to, or of the last thing on the way that was found. */
  offsets(): number[] {
    return this.places.map((keys) => {
      let found = this.root;
      for (const key of keys) {
        const next = found.inner.get(key);
        if (next?.offset === undefined) break;
        found = next;
      }
      return found.offset ?? 0;
    });
  }
}

function innerOf(node: KeyNode, key: string): KeyNode {
  let inner = node.inner.get(key);
  if (!inner) node.inner.set(key, (inner = { inner: new Map() }));
  return inner;
}
