import type { ConfigurationSink, GatewayAddresses, Readiness } from '@gatehouse/publication';
import type { DataPlaneKey, RefusedDocument } from '@gatehouse/snapshot';
import { EventEmitter } from 'node:events';

export interface FollowerOptions {
  redisUrl: string;
  /** Keys that may have signed documents; the first one signs the disk copy. */
  keys: readonly DataPlaneKey[];
  /** Serves what was followed. */
  sink: ConfigurationSink;
  /** The disk copy lives in `{dataDir}/gateways/{gatewayId}/`. */
  dataDir: string;
  gatewayId: string;
  addresses: GatewayAddresses;
}

/** For metrics and logs. Listeners must not throw. */
export interface FollowerEvents {
  /** A batch was swapped in. */
  applied: [{ revision: number; epoch: string; sequence: number; documents: number }];
  /** A document was refused; what it replaces serves on. Once for each refused revision. */
  refused: [RefusedDocument];
  /** Redis could not be followed, or the disk copy could not be written; tried again by itself. */
  failed: [{ what: 'refresh' | 'disk copy'; error: Error }];
  /** The first complete configuration is served, or its source changed. */
  ready: [Readiness];
}

/** Keeps a gateway on the newest published configuration. */
export class ConfigurationFollower extends EventEmitter<FollowerEvents> {
  constructor(readonly options: FollowerOptions) {
    super();
  }

  /**
   * Reads the disk copy into the sink and starts to follow Redis; resolves when the disk copy was read, never waits for Redis. Readiness comes
   * later, by the `ready` event. Throws when the disk copy's folder cannot be made.
   */
  async start(): Promise<void> {}

  /** Writes what the disk copy still lacks, takes this gateway out of the fleet and closes its connections. */
  async stop(): Promise<void> {}

  readiness(): Readiness {
    return { ready: false, source: 'none', ageSeconds: null, revision: 0 };
  }
}
