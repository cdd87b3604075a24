import type { GatewayResponseType } from '@gatehouse/api-model';
import type { GatewayResponseSnapshot } from '@gatehouse/snapshot';
import type { OpenLiteral } from '../integration-request/parameter-value.js';
import { CustomResponse } from './custom-response.js';
import { GATEWAY_RESPONSE_DEFAULTS, type GatewayError } from './gateway-error.js';

/** What an API answers errors with in place of AWS's own answers. */
export class GatewayResponses {
  private readonly responses: ReadonlyMap<GatewayResponseType, CustomResponse>;

  /** Throws where a literal does not open or a header is none; the message names the type and no secret. */
  constructor(snapshots: readonly GatewayResponseSnapshot[], openLiteral: OpenLiteral) {
    this.responses = new Map(snapshots.map((each) => [each.responseType, new CustomResponse(each, openLiteral)]));
  }

  /**
   * What answers an error: what the API has for its type, else for the class of that; undefined where that is AWS's own. What is too large is answered alike by all APIs.
   * Source: AWS, "Gateway response types for API Gateway".
   */
  for({ responseType }: GatewayError): CustomResponse | undefined {
    if (responseType === 'REQUEST_TOO_LARGE') return undefined;
    const ofClass = GATEWAY_RESPONSE_DEFAULTS[responseType].status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
    return this.responses.get(responseType) ?? this.responses.get(ofClass);
  }
}
