import type { FastifyRequest } from 'fastify';

/** The services of AWS whose APIs are answered here, as signatures are scoped to them. Both versions of Amazon API Gateway's are one. */
export type SigningService = 'apigateway' | 'lambda';

/** Paths of Lambda begin with the date of their version; no others here do. */
const LAMBDA_PATH = /^\/20\d\d-\d\d-\d\d(\/|$)/;

/** Whose API a request is for: as it was routed, so that no spelling of a path is taken for another service's; by its path where nothing is there. */
export function requestedService(request: FastifyRequest): SigningService {
  return LAMBDA_PATH.test(request.routeOptions.url ?? request.raw.url ?? '') ? 'lambda' : 'apigateway';
}
