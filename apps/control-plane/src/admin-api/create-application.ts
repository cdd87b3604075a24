import { OPERATIONS } from '@gatehouse/admin-contract';
import { badRequest } from '@gatehouse/aws-wire';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { finished } from 'node:stream/promises';
import type { AdminFastifyRequest } from './admin-request.js';
import { authenticateRequests } from './authentication-hooks.js';
import { Authentication } from './authentication.js';
import { BODY_LIMIT, bodyLimitOf } from './body-limits.js';
import { BrokenRequests } from './broken-requests.js';
import { describeApi } from './describe-api.js';
import { answerTo } from './error-answer.js';
import { sendError } from './send-error.js';
import { LargeBodies } from './large-bodies.js';
import { LineLogger } from './line-logger.js';

/** Longer than any request line that Node.js reads, so that a long ARN in a path is never too long for the router. */
const MAX_PARAMETER_LENGTH = 16 * 1024;
/** For a client to send its whole request. */
const REQUEST_TIMEOUT_MS = 60_000;
/** An answer to a request that is still coming waits so long for the rest. */
const LINGER_MS = 2_000;

/** The admin API as a server that is not listening yet; whoever makes it calls `listen` and, in the end, `close`. */
export async function createApplication(module: DynamicModule): Promise<NestFastifyApplication> {
  const broken = new BrokenRequests(LINGER_MS);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    exposeHeadRoutes: false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    clientErrorHandler: broken.answer,
    // Node.js would answer for itself; `requireHost` does it.
    http: { requireHostHeader: false },
    // Requests that the router refuses meet no hook and no filter.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendError(reply, request, answerTo(error, request), error),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new LineLogger(),
  });
  const server: FastifyInstance = adapter.getInstance();
  server.server
    .on('request', (_request, response) => broken.sawRequest(response))
    .on('checkExpectation', broken.refuseExpectation)
    .on('connect', broken.refuseTunnel);
  keepRawBodies(server);
  limitBodies(server);
  takeOldLambdaPaths(server);
  labelAnswers(server);
  hearClientsOut(server);
  requireHost(server);
  authenticateRequests(server, app.get(Authentication));
  answerForNoApi(server);
  describeApi(app);
  return app;
}

/**
 * Any body, under any Content-Type or none, is its bytes: signatures are over bytes, and clients name their JSON in many ways. Fastify would
 * refuse a Content-Type that is not well-formed, so it sees none; signatures are verified over the raw headers, which keep it.
 */
function keepRawBodies(server: FastifyInstance): void {
  server.addHook('onRequest', async (request) => {
    delete request.headers['content-type'];
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/** Each route has its own limit. What may be larger than other requests are waits for its place, behind authentication and before anything is read. */
function limitBodies(server: FastifyInstance): void {
  const places = new LargeBodies();
  server.addHook('onRoute', (route) => {
    const { bytes } = bodyLimitOf(String(route.method), route.url);
    if (bytes === BODY_LIMIT) return;
    route.bodyLimit = bytes;
    if (bytes < BODY_LIMIT) return;
    route.preParsing = async (request, reply) => {
      if (Number(request.headers['content-length'] ?? Infinity) > BODY_LIMIT) await places.enter(request, reply);
    };
  });
}

/** Older SDKs write a slash behind the paths of Lambda that name nothing. */
function takeOldLambdaPaths(server: FastifyInstance): void {
  const paths = new Set<string>(Object.values(OPERATIONS.lambda).map(({ path }) => path));
  server.addHook('onRoute', (route) => {
    if (paths.has(route.url) && !route.url.endsWith('/')) server.route({ ...route, url: `${route.url}/` });
  });
}

/** GetRestApi with an empty id answers an empty object (recorded at AWS). Nest takes the slash off the paths of its routes. */
function answerForNoApi(server: FastifyInstance): void {
  server.get('/restapis/', () => ({}));
}

function labelAnswers(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-amzn-RequestId', request.id);
  });
  server.addHook('onSend', async (request: AdminFastifyRequest, reply, payload) => {
    const { publicationId, requestId } = request.adminCall ?? {};
    if (requestId) reply.header('x-amzn-RequestId', requestId);
    if (publicationId) reply.header('x-gatehouse-publication', publicationId);
    // Nest sets that of the route after everything of ours that could.
    if (request.answerStatus !== undefined && reply.statusCode < 400) reply.code(request.answerStatus);
    // As AWS writes it; Fastify adds a charset, which JSON does not have (RFC 8259, 11).
    if (String(reply.getHeader('content-type')).startsWith('application/json;')) reply.header('content-type', 'application/json');
    return payload;
  });
}

/** HTTP/1.1 has it in every request (RFC 9112, 3.2). */
function requireHost(server: FastifyInstance): void {
  server.addHook('onRequest', async ({ raw }) => {
    if (raw.httpVersion === '1.1' && raw.headers.host === undefined) throw badRequest('The request has no Host header');
  });
}

/** What a refused request still sends is read and thrown away: a connection that is closed at once takes the answer with it before the client reads it. */
function hearClientsOut(server: FastifyInstance): void {
  server.addHook('onSend', async ({ raw }) => {
    if (raw.complete) return;
    raw.resume();
    await finished(raw, { signal: AbortSignal.timeout(LINGER_MS) }).catch(() => undefined);
  });
}
