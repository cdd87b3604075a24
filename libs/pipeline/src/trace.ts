import { newTraceRoot } from './request-ids.js';

/** The trace that a request belongs to. */
export interface Trace {
  /** `Root=1-{time}-{24 hexadecimal digits}` */
  readonly root: string;
  /** The client's header named a parent. */
  readonly sampled: boolean;
}

/** A client's trace goes on under its root; one that had a parent counts as sampled. Source: recorded behaviour of AWS. */
export function readTrace(given: string | undefined, arrivedAt: number): Trace {
  const root = given === undefined ? undefined : /(?:^|;)\s*(Root=1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/i.exec(given)?.[1];
  if (root === undefined) return { root: newTraceRoot(arrivedAt), sampled: false };
  return { root, sampled: /;\s*Parent=[0-9a-f]{16}(?:;|$)/i.test(given ?? '') };
}

/** X-Amzn-Trace-Id as a backend gets it. */
export function traceTowardBackend({ root, sampled }: Trace): string {
  return sampled ? `${root};Sampled=1` : root;
}

/** X-Amzn-Trace-Id as a client gets it: root, parent and sampling. Source: form of AWS's answers. */
export function traceTowardClient({ root, sampled }: Trace): string {
  return `${root};Parent=${root.slice(-16)};Sampled=${sampled ? 1 : 0}`;
}
