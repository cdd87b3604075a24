import type { RestApiModel } from '@gatehouse/api-model';
import { Http1Upstream, TargetGuard } from '@gatehouse/pipeline';
import { functionsAt, pipelineServices } from '@gatehouse/testing';
import type { AddressInfo } from 'node:net';
import { Documents, KEY } from './documents.fixture.js';
import { RequestHandler } from './request-handler.js';
import { RoutingTable } from './routing-table/routing-table.js';
import { ClientServer } from './transport/client-server.js';
import type { ClientLimits, Outcome } from './transport/connection-host.js';
import type { TlsServer } from './transport/tls/tls-server.js';

export const HOST = 'abcdefghij.execute-api.us-east-1.localhost';

/** A gateway of sockets, pipeline and table, without Redis. */
export interface SocketGateway {
  port: number;
  server: ClientServer;
  table: RoutingTable;
  /** What ended so far. */
  outcomes: Outcome[];
  /** Resolves with the next request that ends. */
  nextOutcome(): Promise<Outcome>;
  /** Accepts no more, and lets requests under way end. */
  drain(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

const LIMITS: ClientLimits = {
  maxHeaderBytes: 16_384,
  maxHeaders: 100,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAlive: 5_000,
  writeTimeout: 5_000,
  connections: 1_000,
  connectionsPerAddress: 1_000,
};

/** Serves the stage `prod` of an API on a free port. */
export async function socketGateway(
  model: RestApiModel,
  options: { limits?: Partial<ClientLimits>; bodyLimit?: number; pathForms?: boolean; tls?: TlsServer; lambda?: string } = {},
): Promise<SocketGateway> {
  const upstream = new Http1Upstream({
    guard: new TargetGuard(),
    connectionsPerOrigin: 16,
    waitingPerOrigin: 1024,
    keepAliveTimeout: 4000,
    connectTimeout: 2000,
    totalTimeout: 60_000,
  });
  const table = new RoutingTable({
    services: pipelineServices({
      upstream,
      lambda: options.lambda === undefined ? null : functionsAt(options.lambda, upstream),
      ...(options.bodyLimit !== undefined && { bodyLimit: options.bodyLimit }),
    }),
    dataPlaneKeys: [KEY],
    pathForms: options.pathForms ?? true,
    listener: { stageRemoved: () => undefined },
  });
  const refused = table.apply(new Documents().stage(model).batch());
  if (refused[0]) throw refused[0];
  const handler = new RequestHandler(table, () => true);
  const outcomes: Outcome[] = [];
  const waiting: ((outcome: Outcome) => void)[] = [];
  const server = new ClientServer({
    limits: { ...LIMITS, ...options.limits },
    handle: (request, responder) => handler.handle(request, responder),
    finished(outcome) {
      outcomes.push(outcome);
      waiting.shift()?.(outcome);
    },
  });
  const acceptor = server.acceptor(options.tls);
  await new Promise<void>((resolve) => acceptor.listen(0, '127.0.0.1', resolve));
  const { port } = acceptor.address() as AddressInfo;
  const drain = async (milliseconds: number) => {
    acceptor.close();
    await server.drain(milliseconds);
  };
  return {
    port,
    server,
    table,
    outcomes,
    nextOutcome: () => new Promise((resolve) => waiting.push(resolve)),
    drain,
    async close() {
      await drain(0);
      await upstream.close();
    },
  };
}
