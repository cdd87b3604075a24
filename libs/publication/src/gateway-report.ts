/** Where one gateway is reached, as `host:port`. */
export interface GatewayAddresses {
  gateway: string;
  internal: string;
}

/** A document that a gateway does not serve in its newest revision, and why. */
export interface UnservedDocument {
  name: string;
  revision: number;
  reason: string;
}

/** What one gateway runs: written after every swap and as a heartbeat; it expires when the gateway is gone. Times are ISO 8601. */
export interface GatewayReport {
  gatewayId: string;
  addresses: GatewayAddresses;
  startedAt: string;
  /** Since when it serves a complete configuration; null before. */
  servingSince: string | null;
  source: 'redis' | 'disk' | 'none';
  /** How far it followed the change log, and under which epoch; null before the first complete configuration. */
  epoch: string | null;
  sequence: number;
  counts: { deployments: number; stages: number; usagePlans: number; apiKeys: number };
  /** The first of the documents whose newest revision it does not serve; the old revision serves on. `refusedTotal` counts all. */
  refused: UnservedDocument[];
  refusedTotal: number;
  /** The first of the documents that it serves and that the present epoch does not list. `orphansTotal` counts all. */
  orphans: string[];
  orphansTotal: number;
  heartbeatAt: string;
}
