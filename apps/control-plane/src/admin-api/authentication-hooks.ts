import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type AdminFastifyRequest, isOpen } from './admin-request.js';
import type { Authentication } from './authentication.js';
import { requestedService } from './requested-service.js';

const NO_BODY = Buffer.alloc(0);

/** The body as it was received; a request without one has an empty one. */
export const bodyOf = (body: unknown): Buffer => (Buffer.isBuffer(body) ? body : NO_BODY);

/**
 * Authenticates every request outside the open paths, unknown paths included: hooks of the server itself run for those too. What can be
 * checked without the body is checked before it is read, so that nobody without a key makes the control plane buffer one.
 */
export function authenticateRequests(server: FastifyInstance, authentication: Authentication): void {
  server.addHook('onRequest', async (request: AdminFastifyRequest) => {
    if (isOpen(request)) return;
    const head = {
      method: request.raw.method ?? 'GET',
      rawTarget: request.raw.url ?? '/',
      rawHeaders: request.raw.rawHeaders,
    };
    request.pendingAuthentication = await authentication.begin(head, requestedService(request));
  });

  server.addHook('preValidation', async (request: AdminFastifyRequest) => {
    if (!request.pendingAuthentication) return;
    const body = bodyOf(request.body);
    const caller = await request.pendingAuthentication.finish(body);
    request.caller = caller;
    request.adminCall = {
      scope: caller.scope,
      principalId: caller.principalId,
      requestId: request.id,
      origin: originOf(request),
    };
    request.wireRequest = {
      parameters: (request.params ?? {}) as Record<string, string>,
      query: queryOf(request.raw.url ?? '/'),
      headers: request.headers,
      body,
    };
  });
}

/** As the client wrote it, or the proxy in front that ended its TLS: whoever lies about it gets addresses of no use. */
function originOf({ headers }: FastifyRequest): string | undefined {
  const protocol = headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';
  return headers.host === undefined ? undefined : `${protocol}://${headers.host}`;
}

function queryOf(target: string): URLSearchParams {
  const start = target.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : target.slice(start + 1));
}
