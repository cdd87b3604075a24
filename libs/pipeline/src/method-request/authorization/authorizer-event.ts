import type { Exchange } from '../../exchange.js';
import { textOf, type ByteText } from '../../http/byte-text.js';
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

  constructor({ resourceId, path, operationName }: ServedRoute, stage: ServedStage) {
    const method = { resourceId, resourcePath: path, operationName, parameterNames: parameterNames(path) };
    this.members = new RequestMembers(method, stage, '{}');
  }

  of(exchange: Exchange, methodArn: string): Buffer {
    return Buffer.from('{"type":"REQUEST","methodArn":' + JSON.stringify(methodArn) + ',' + this.members.of(exchange) + '}');
  }
}
