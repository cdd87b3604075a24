import type { Exchange } from '../exchange.js';
import type { BinaryMediaTypes } from '../http/binary-media-types.js';
import { CONTENT_TYPE } from '../http/header-info.js';
import type { IntegrationContext } from '../integration/compile-integration.js';
import type { ServedStage } from '../stage/served-stage.js';
import { RequestMembers } from './request-members.js';

/** Events of version 1.0, as Lambda functions behind AWS_PROXY get them. Source: recorded events of AWS. */
export class ProxyEvent {
  private readonly members: RequestMembers;
  private readonly binaryMediaTypes: BinaryMediaTypes;

  constructor(context: IntegrationContext, stage: ServedStage) {
    this.members = new RequestMembers(context, stage, { none: 'null', apiKey: ({ apiKey }) => apiKey });
    this.binaryMediaTypes = context.binaryMediaTypes;
  }

  /** The event of one request; `body` is null where there is none. */
  of(exchange: Exchange, body: Buffer | null): Buffer {
    return Buffer.from('{' + this.members.of(exchange) + this.bodyMembers(exchange, body));
  }

  private bodyMembers({ headers }: Exchange, body: Buffer | null): string {
    if (body === null) return ',"body":null,"isBase64Encoded":false}';
    if (this.binaryMediaTypes.has(headers.first(CONTENT_TYPE))) {
      return ',"body":"' + body.toString('base64') + '","isBase64Encoded":true}';
    }
    return ',"body":' + JSON.stringify(body.toString('utf8')) + ',"isBase64Encoded":false}';
  }
}
