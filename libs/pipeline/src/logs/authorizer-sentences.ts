import type { Exchange } from '../exchange.js';
import type { UpstreamRequest } from '../upstream/upstream.js';
import type { ExecutionLog } from './execution-log.js';

/*
 * What execution logs tell of a Lambda authorizer that is asked. Source: execution logs of AWS; identities are hidden there, too.
 */

const HIDDEN = '************';

export function startingAuthorizer(log: ExecutionLog, authorizerId: string, { requestId }: Exchange): void {
  log.note(`Starting authorizer: ${authorizerId} for request: ${requestId}`);
  log.trace(`Incoming identity: ${HIDDEN}`);
}

/** Its function is about to be called. */
export function askingAuthorizer(log: ExecutionLog, { origin, path, body }: UpstreamRequest): void {
  log.trace(`Endpoint request URI: ${origin}${path}`);
  log.traceBody('Endpoint request body after transformations: ', body);
  log.note(`Sending request to ${origin}${path}`);
}

export function authorizerAnswered(log: ExecutionLog, body: Buffer): void {
  log.traceBody('Authorizer result body before parsing: ', body);
}

/** What it answered is a decision. */
export function authorizerDecided(log: ExecutionLog): void {
  log.trace(`Using valid authorizer policy for principal: ${HIDDEN}`);
  log.note('Successfully completed authorizer execution');
}
