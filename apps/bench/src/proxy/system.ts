import type { ProcessTree } from '../processes/process-tree.js';
import type { Resource } from './work.js';

/** Everything that is measured, or measured against. */
export type SystemId =
  | 'gateway-key'
  | 'gateway-open'
  | 'haproxy-features'
  | 'haproxy-plain'
  | 'haproxy-tcp'
  | 'nginx-log'
  | 'nginx-plain'
  | 'nginx-unbuffered'
  | 'caddy'
  | 'fastify'
  | 'direct';

/** A proxy that runs in front of the backend, or the backend itself. */
export interface System {
  readonly id: SystemId;
  readonly name: string;
  /** What it does with each request, so that a reader can judge what is compared. */
  readonly does: string;
  readonly port: number;
  /** What clients name as Host; its address where it has no name. */
  readonly host?: string;
  /** What clients send beside what their program sends anyway. */
  readonly headers: Readonly<Record<string, string>>;
  pathOf(resource: Resource): string;
  /** Its processes; null for the backend, which shares its core with the load. */
  readonly tree: ProcessTree | null;
  /** How many lines it has logged that were not lost, where some may be. */
  logLines?(): Promise<number>;
  /** Called after each measurement. */
  afterRun?(): Promise<void>;
}
