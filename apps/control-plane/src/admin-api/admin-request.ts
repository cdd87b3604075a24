import type { AdminRequest } from '@gatehouse/admin-contract';
import type { FastifyRequest } from 'fastify';
import type { Caller, PendingAuthentication } from './authentication.js';

/** What the hooks attach to a request on its way to a controller. */
export interface AdminFastifyRequest extends FastifyRequest, Partial<AdminRequest> {
  pendingAuthentication?: PendingAuthentication;
  /** Set once the request is authenticated; never set on open paths. */
  caller?: Caller;
  /** Of a success, where the operation has several. */
  answerStatus?: number;
}

/** Archives of functions: the address itself is signed. */
export const FUNCTION_CODE_ROUTE = '/gatehouse/function-code/:accountId/:region/:sha256';

const OPEN_ROUTES = new Set(['/healthz', '/docs', '/docs-json', FUNCTION_CODE_ROUTE]);

/**
 * Whether anyone may have what the request was routed to: health, the API's documentation, and what addresses
 * of their own open. The matched route decides, never the text of
 * the path, so that no spelling of a path opens another one.
 */
export function isOpen(request: FastifyRequest): boolean {
  const route = request.routeOptions.url;
  return route !== undefined && (OPEN_ROUTES.has(route) || route.startsWith('/docs/'));
}
