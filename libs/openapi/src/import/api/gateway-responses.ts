import { GATEWAY_RESPONSE_TYPES, type GatewayResponseModel } from '@gatehouse/api-model';
import type { ImportContext } from '../context.js';
import type { DocumentNode } from '../document/document-node.js';
import { extensionOf } from '../extensions.js';
import { withoutAbsent } from '../without-absent.js';

/**
 * The gateway responses that the document customises. Throws `BadRequestException` for types that AWS does not have, and in AWS's words for
 * values that are no text or empty. Source: developer guide, api-gateway-swagger-extensions-gateway-responses.
 */
export function gatewayResponses({ root, places }: ImportContext): GatewayResponseModel[] {
  return (extensionOf(root, 'gateway-responses')?.entries() ?? []).map(([type, node]) => {
    const responseType = GATEWAY_RESPONSE_TYPES.find((known) => known === type);
    if (!responseType) throw node.refuse(`must be one of ${GATEWAY_RESPONSE_TYPES.join(', ')}`);
    const status = node.member('statusCode');
    if (status && !/^[1-5]\d\d$/.test(status.scalarText())) throw status.refuse('must be a status code');
    const response = withoutAbsent({
      responseType,
      statusCode: status?.scalarText(),
      responseParameters: textsOf(node, 'responseParameters'),
      responseTemplates: textsOf(node, 'responseTemplates'),
    });
    return places.of(response, node);
  });
}

function textsOf(node: DocumentNode, name: string): Record<string, string> {
  return Object.fromEntries(
    (node.member(name)?.entries() ?? []).map(([key, each]) => {
      if (typeof each.value !== 'string' || each.value === '') throw each.refuse(`Invalid null or empty value in ${name}`);
      return [key, each.value];
    }),
  );
}
