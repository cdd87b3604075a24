import type { Exchange } from '../../exchange.js';
import { textOf, type ByteText } from '../../http/byte-text.js';
import { API_KEY } from '../../http/header-info.js';
import { RequestMembers } from '../../integration-request/request-members.js';
import { parameterNames } from '../../routing/route-tree.js';
import type { ServedRoute } from '../../stage/served-deployment.js';
import type { ServedStage } from '../../stage/served-stage.js';

/** What a TOKEN authorizer gets. Source: AWS, "Input to an API Gateway Lambda authorizer". */
export function tokenEvent(token: ByteText, methodArn: string): Buffer {
  return Buffer.from(JSON.stringify({ type: 'TOKEN', methodArn, authorizationToken: textOf(token) }));
}

/** Events of REQUEST authorizers: those of functions behind AWS_PROXY without a body, and with an empty object for what there is none of. Source: the same. */
export class RequestEvent {
  private readonly members: RequestMembers;

  constructor(route: ServedRoute, stage: ServedStage) {
    const { resourceId, path, operationName } = route;
    const method = { resourceId, resourcePath: path, operationName, parameterNames: parameterNames(path) };
    // The key is the client's word so far: it is looked at after the authorizer.
    const tellsKey = route.apiKeyRequired && route.apiKeySource === 'HEADER';
    const apiKey = ({ headers }: Exchange) => (tellsKey ? (headers.first(API_KEY) ?? null) : null);
    this.members = new RequestMembers(method, stage, { none: '{}', apiKey });
  }

  of(exchange: Exchange, methodArn: string): Buffer {
    return Buffer.from('{"type":"REQUEST","methodArn":' + JSON.stringify(methodArn) + ',' + this.members.of(exchange) + '}');
  }
}
