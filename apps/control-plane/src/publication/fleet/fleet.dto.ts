import { Member } from '@gatehouse/admin-contract';

export class FleetAddresses {
  /** host:port of the data plane. */
  @Member({ type: 'string' })
  gateway!: string;

  /** host:port of health and metrics. */
  @Member({ type: 'string' })
  internal!: string;
}

export class FleetCounts {
  @Member({ type: 'integer' })
  deployments!: number;

  @Member({ type: 'integer' })
  stages!: number;

  @Member({ type: 'integer' })
  usagePlans!: number;

  @Member({ type: 'integer' })
  apiKeys!: number;

  @Member({ type: 'integer' })
  certificates!: number;

  @Member({ type: 'integer' })
  domains!: number;
}

export class RefusedDocumentDescription {
  @Member({ type: 'string' })
  name!: string;

  @Member({ type: 'long' })
  revision!: number;

  @Member({ type: 'string' })
  reason!: string;
}

/** One of the processes that serve a gateway's requests. */
export class FleetWorker {
  /** 1, 2, ...: the same over all lives of the worker. */
  @Member({ type: 'integer' })
  number!: number;

  /** Null between two lives. */
  @Member({ type: 'integer' })
  pid!: number | null;

  /** It takes connections. */
  @Member({ type: 'boolean' })
  serving!: boolean;

  /** Highest revision of configuration that it took in. */
  @Member({ type: 'long' })
  revision!: number;
}

/** How a live process follows what is published. Times are ISO 8601. */
class FleetMember {
  @Member({ type: 'string' })
  startedAt!: string;

  /** Null until it serves everything. */
  @Member({ type: 'string' })
  servingSince!: string | null;

  @Member({ type: 'string', enum: ['redis', 'disk', 'none'] })
  source!: 'redis' | 'disk' | 'none';

  @Member({ type: 'string' })
  epoch!: string | null;

  @Member({ type: 'long' })
  sequence!: number;

  /** The first of the documents whose newest revision it does not serve; of the caller's account only. */
  @Member({ type: 'list', of: { type: RefusedDocumentDescription } })
  refused!: RefusedDocumentDescription[];

  @Member({ type: 'integer' })
  refusedTotal!: number;

  /** The first of the documents that it serves and that are published no more; of the caller's account only. */
  @Member({ type: 'list', of: { type: 'string' } })
  orphans!: string[];

  @Member({ type: 'integer' })
  orphansTotal!: number;

  @Member({ type: 'string' })
  heartbeatAt!: string;
}

/** What one live gateway runs. */
export class FleetGateway extends FleetMember {
  @Member({ type: 'string' })
  gatewayId!: string;

  @Member({ type: FleetAddresses })
  addresses!: FleetAddresses;

  @Member({ type: FleetCounts })
  counts!: FleetCounts;

  @Member({ type: 'list', of: { type: FleetWorker } })
  workers!: FleetWorker[];
}

/** What one live functions process runs. */
export class FleetFunctions extends FleetMember {
  @Member({ type: 'string' })
  functionsId!: string;

  /** host:port of the service. */
  @Member({ type: 'string' })
  address!: string;

  /** Functions that it serves, of all accounts. */
  @Member({ type: 'integer' })
  functions!: number;

  /** Invocations under way. */
  @Member({ type: 'integer' })
  busy!: number;
}

export class Fleet {
  /** The present incarnation of what is published; null while Redis is away. */
  @Member({ type: 'string' })
  epoch!: string | null;

  @Member({ type: 'list', of: { type: FleetGateway } })
  gateways!: FleetGateway[];

  @Member({ type: 'list', of: { type: FleetFunctions } })
  functions!: FleetFunctions[];
}

export const DEFAULT_WAIT_SECONDS = 10;

export class WaitForPublicationRequest {
  @Member({ type: 'string', in: 'uri', required: true })
  publicationId!: string;

  @Member({ type: 'integer', min: 0, max: 60 })
  timeoutSeconds?: number;
}

/** One of the two ids says who it is. */
export class LaggardDescription {
  @Member({ type: 'string' })
  gatewayId?: string;

  @Member({ type: 'string' })
  functionsId?: string;

  @Member({ type: 'string' })
  reason!: string;
}

export class WaitForPublicationResult {
  @Member({ type: 'string' })
  publicationId!: string;

  @Member({ type: 'boolean' })
  served!: boolean;

  /** Ids of the gateways that serve it; only when it is served by all, and holds something that gateways serve. */
  @Member({ type: 'list', of: { type: 'string' } })
  gateways?: string[];

  /** Ids of the functions processes that serve it; only when it is served by all, and holds functions. */
  @Member({ type: 'list', of: { type: 'string' } })
  functions?: string[];

  /** Who does not serve it yet, and why; only when it is not served by all. */
  @Member({ type: 'list', of: { type: LaggardDescription } })
  laggards?: LaggardDescription[];

  /** Why nothing can be said of those who should serve it. */
  @Member({ type: 'string' })
  reason?: string;
}
