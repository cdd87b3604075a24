import type { Exchange } from '../exchange.js';
import type { ServedStage } from '../stage/served-stage.js';

const SLASH = 0x2f;

/** `arn:aws:execute-api:{region}:{account}:{api}`, with which the ARNs of an API's methods and authorizers begin. */
export function apiArn({ scope, apiId }: ServedStage): string {
  return `arn:aws:execute-api:${scope.region}:${scope.accountId}:${apiId}`;
}

/**
 * ARN of what a request asks for, by which policies allow and deny it: `{API}/{stage}/{VERB}/{path}`. The path is the canonical one without the slashes that the
 * route tree passes over at its ends, so that no two spellings of one method's path have different ARNs.
 */
export function methodArn(exchange: Exchange, stage: ServedStage): string {
  return arnOf(exchange, stage, exchange.request.target?.path ?? '/', exchange.pathStart);
}

/** The same for another path, which begins at `start`. */
export function arnOf({ httpMethod }: Exchange, stage: ServedStage, path: string, start: number): string {
  let end = path.length;
  while (end > start && path.charCodeAt(end - 1) === SLASH) end--;
  let first = start;
  while (first < end && path.charCodeAt(first) === SLASH) first++;
  return `${apiArn(stage)}/${stage.stageName}/${httpMethod}/${path.slice(first, end)}`;
}
