import { badRequest } from '@gatehouse/aws-wire';
import { templateRefusal, mappingRefusal } from '../integration/parameter-mapping.js';
import { contentTypeErrors } from '../method/content-type.js';
import type { GatewayResponseEntity } from './gateway-response.entity.js';

const NAME = '[a-zA-Z0-9._$-]+';
const PARAMETER = new RegExp(`^gatewayresponse\\.(?:header|path|querystring)\\.${NAME}$`);
/** A quoted text, or what the context, the stage variables or the request of the client hold. */
const SOURCE = new RegExp(
  `^(?:'[^\\x00-\\x08\\x0a-\\x1f\\x7f]*'|context\\.${NAME}|stageVariables\\.${NAME}|` +
    `method\\.request\\.(?:body|(?:header|path|querystring|multivalueheader|multivaluequerystring)\\.${NAME}))$`,
);

/** Checks a customised response, new or patched, as a whole. Throws `BadRequestException` in AWS's words. */
export function checkGatewayResponse({ statusCode, responseParameters, responseTemplates }: GatewayResponseEntity): void {
  if (statusCode !== null && !/^[1-5]\d\d$/.test(statusCode)) throw badRequest('Invalid status code specified');
  const mapping = Object.entries(responseParameters).flatMap(([key, source]) => {
    if (!PARAMETER.test(key)) return [`Invalid mapping expression parameter specified: ${key}`];
    return SOURCE.test(source) ? [] : [`Invalid mapping expression specified: ${source}`];
  });
  if (mapping.length > 0) throw mappingRefusal(mapping);
  const templates = contentTypeErrors(responseTemplates);
  if (templates.length > 0) throw templateRefusal(templates);
}

/** A map as a client gives it. Throws `BadRequestException` in AWS's words for an entry without content; `name` is the map's. */
export function givenEntries(name: string, map: Record<string, string | null> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, givenValue(name, value ?? undefined)]));
}

/** One value of the map `name`. Throws `BadRequestException` in AWS's words without content. */
export function givenValue(name: string, value: string | undefined): string {
  if (!value) throw badRequest(`Invalid null or empty value in ${name}`);
  return value;
}
