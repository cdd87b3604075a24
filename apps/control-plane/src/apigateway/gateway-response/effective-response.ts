import { DEFAULT_GATEWAY_RESPONSE_TEMPLATE, GATEWAY_RESPONSE_TYPES, type GatewayResponseType } from '@gatehouse/api-model';
import type { GatewayResponseEntity } from './gateway-response.entity.js';

/** The status of each type; the two that stand for all others of their class have none. Recorded at AWS. */
const DEFAULT_STATUS: Record<GatewayResponseType, string | null> = {
  ACCESS_DENIED: '403',
  API_CONFIGURATION_ERROR: '500',
  AUTHORIZER_CONFIGURATION_ERROR: '500',
  AUTHORIZER_FAILURE: '500',
  BAD_REQUEST_BODY: '400',
  BAD_REQUEST_PARAMETERS: '400',
  DEFAULT_4XX: null,
  DEFAULT_5XX: null,
  EXPIRED_TOKEN: '403',
  INTEGRATION_FAILURE: '504',
  INTEGRATION_TIMEOUT: '504',
  INVALID_API_KEY: '403',
  INVALID_SIGNATURE: '403',
  MISSING_AUTHENTICATION_TOKEN: '403',
  QUOTA_EXCEEDED: '429',
  REQUEST_TOO_LARGE: '413',
  RESOURCE_NOT_FOUND: '404',
  THROTTLED: '429',
  UNAUTHORIZED: '401',
  UNSUPPORTED_MEDIA_TYPE: '415',
  WAF_FILTERED: '403',
};

/** All types, as AWS lists them: alphabetically. */
export const LISTED_TYPES = [...GATEWAY_RESPONSE_TYPES].sort();

/** A response as admins see it. */
export interface EffectiveResponse extends Pick<
  GatewayResponseEntity,
  'responseParameters' | 'responseTemplates' | 'statusCode'
> {
  responseType: GatewayResponseType;
  /** The status that was set, null where the type's own counts: gateways do not always answer the one that admins are shown. */
  customStatusCode: string | null;
  /** Whether the type itself is not customised, though the default of its class may be. */
  defaultResponse: boolean;
}

/**
 * What an API answers for a type: its own customisation, else that of its class (`DEFAULT_4XX`, `DEFAULT_5XX`), else AWS's default.
 * `customised` are the API's rows by type. Recorded at AWS.
 */
export function effectiveResponse(
  type: GatewayResponseType,
  customised: ReadonlyMap<GatewayResponseType, GatewayResponseEntity>,
): EffectiveResponse {
  const own = customised.get(type);
  const row = own ?? customised.get(classOf(type));
  return {
    responseType: type,
    statusCode: row?.statusCode ?? DEFAULT_STATUS[type],
    customStatusCode: row?.statusCode ?? null,
    responseParameters: row?.responseParameters ?? {},
    responseTemplates: templatesOf(row?.responseTemplates ?? {}),
    defaultResponse: !own,
  };
}

const templatesOf = (templates: Record<string, string>) =>
  Object.keys(templates).length > 0 ? templates : { 'application/json': DEFAULT_GATEWAY_RESPONSE_TEMPLATE };

const classOf = (type: GatewayResponseType) => (DEFAULT_STATUS[type]?.startsWith('5') ? 'DEFAULT_5XX' : 'DEFAULT_4XX');
