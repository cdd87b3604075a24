import type { ListenerName } from '../config.js';
import type { TestInvocation, TestOutcome } from '@gatehouse/snapshot';
import type { SeriesChange } from '../metrics/series-changes.js';

/*
 * What supervisor and worker tell one another over the channel that Node keeps between a process and its child. Configuration has a pipe of its own
 * (`configuration-lines.ts`), and so has an access log on standard output. Both sides are of one version as long as nobody replaces the program's files
 * under a gateway that runs.
 */

/** Which of a worker's inherited files is what; its listening sockets follow. */
export const CONFIGURATION_FD = 4;
export const ACCESS_LOG_FD = 5;
export const FIRST_LISTENER_FD = 6;

/** What a worker needs for TLS beside the certificates of its configuration; the same for all. */
export interface TlsMaterial {
  /** In base64. */
  ticketKeys: string;
  /** In PEM. */
  defaultCertificate: { cert: string; key: string } | null;
}

export type ToWorker =
  | {
      type: 'start';
      /** 1, 2, ...: the same over all lives of a worker. */
      number: number;
      /** `host:port` of the gateway's internal port. */
      internalAddress: string;
      /** The listening socket of each is the next inherited file. */
      listeners: readonly ListenerName[];
      holders: number;
      /** Null without a TLS listener. */
      tls: TlsMaterial | null;
    }
  /** It is another one from now on. */
  | { type: 'tls'; material: TlsMaterial }
  /** How many share the limits, as last known. */
  | { type: 'holders'; holders: number }
  /** How many connections workers have on average. */
  | { type: 'average'; connections: number }
  /** With it comes a connection that another worker has accepted. Wants a `took` with the same `id`, before anything is read from it. */
  | { type: 'connection'; listener: ListenerName; id: number }
  /** Wants a `figures` with the same `id`. */
  | { type: 'report'; id: number }
  /** An administrator's, to be run now. Wants a `tested` with the same `id`. */
  | { type: 'test'; id: number; test: TestInvocation }
  /** The gateway is about to end: each answer closes its connection from now on. */
  | { type: 'leave' }
  /** Accept no more, finish what is under way within so many seconds, and end. */
  | { type: 'drain'; seconds: number };

export type FromWorker =
  /** It has all configuration that there is and accepts connections. */
  | { type: 'serving' }
  /** With it comes a connection for a worker that has fewer. */
  | { type: 'connection'; listener: ListenerName }
  /** It has the connection of that `id`, and reads from it now. */
  | { type: 'took'; id: number }
  /** It can never serve; one line. */
  | { type: 'unable'; reason: string }
  /** The work that begins now may take long, and leaves no turn to anything else. */
  | { type: 'building' }
  /** A batch of configuration is swapped in, but for what was refused. */
  | { type: 'applied'; batch: number; refused: RefusedLine[] }
  /** What came as the whole configuration was not whole. */
  | { type: 'damaged'; batch: number; reason: string }
  /** Each second, as a sign of life. */
  | { type: 'beat'; counted: WorkerCounts }
  /** The access log's file is full. */
  | { type: 'log-full' }
  /** The file of a log group is full. */
  | { type: 'stage-log-full'; file: string }
  | { type: 'tested'; id: number; outcome: TestOutcome }
  | { type: 'figures'; id: number; counted: WorkerCounts; process: ProcessMetric[] };

export interface RefusedLine {
  name: string;
  reason: string;
}

/** What a worker counted since it told last, and what is so now. */
export interface WorkerCounts {
  series: readonly SeriesChange[];
  droppedLogLines: number;
  refusedConnections: number;
  /** Open now. */
  connections: number;
}

/** A metric about the process itself, as prom-client tells it. */
export interface ProcessMetric {
  name: string;
  help: string;
  type: string;
  values: readonly {
    value: number;
    labels: Record<string, string | number | undefined>;
    /** Of the parts of a histogram. */
    metricName?: string;
  }[];
}
