import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a sandbox's runtime talks to. */
export interface RuntimeSide {
  /** Takes a request of its processes, and of nobody else's. Rejects where the connection is of no more use. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** They open more connections than any runtime would. */
  flooded(): void;
}

/** The network of one sandbox. */
export interface Connection {
  /** Value of AWS_LAMBDA_RUNTIME_API. */
  readonly runtimeApi: string;
  /** Program and arguments that run what follows them in this network; empty where it is the machine's. */
  readonly enter: readonly string[];
  /** File that takes the place of /etc/resolv.conf; null where that stays. */
  readonly resolver: string | null;
  /** Ends connections to the Runtime API; no more are served. */
  close(): void;
}

/** What functions reach, and how their runtimes reach this process. */
export interface FunctionNetwork {
  /** One line for whoever starts this process. */
  readonly description: string;
  /** @param uid of the sandbox's processes; null where they are this process's user's */
  connect(uid: number | null, runtime: RuntimeSide): Promise<Connection>;
  release(): Promise<void>;
}

/** How servers of the Runtime API take requests: `next` is answered when there is an event, whenever that is. */
export const RUNTIME_SERVER = { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 10_000 };

/** Connections of one sandbox at a time: a runtime uses one or two. */
export const MOST_CONNECTIONS = 32;
