import { shown } from '@gatehouse/aws-wire';
import type { IntegrationResponseModel } from '@gatehouse/api-model';
import type { DocumentNode } from '../document/document-node.js';
import type { ImportContext } from '../context.js';
import type { MethodPlace } from '../warnings.js';
import { withoutAbsent } from '../without-absent.js';
import { templateMap, textMap } from './text-maps.js';

const STATUS_CODE = /^[1-5]\d\d$/;

/**
 * The responses of an integration: the document has them by selection pattern, `default` for the one without. AWS has one for each status
 * code: of several the last one stays. `own` says what does not fit under patterns. Throws `BadRequestException` for one without a status code.
 * Source: developer guide, api-gateway-swagger-extensions-integration-responses.
 */
export function integrationResponses(
  integration: DocumentNode,
  own: DocumentNode | undefined,
  method: MethodPlace,
  context: ImportContext,
): IntegrationResponseModel[] {
  const byStatus = new Map<string, IntegrationResponseModel>();
  for (const [pattern, node] of integration.member('responses')?.entries() ?? []) {
    const response = integrationResponse(statusOf(node), patternOf(pattern), node, method, context);
    if (byStatus.has(response.statusCode)) {
      context.warnings.add(
        `Several integration responses have status code '${response.statusCode}' of resource '${method.path}' and method '${method.httpMethod}'. Only '${shown(pattern)}' is kept.`,
        node,
      );
    }
    byStatus.set(response.statusCode, response);
  }
  for (const [statusCode, node] of own?.member('responses')?.entries() ?? []) {
    const selectionPattern = node.member('selectionPattern')?.text();
    const response = byStatus.get(statusCode);
    if (response) response.selectionPattern = selectionPattern;
    else if (!STATUS_CODE.test(statusCode)) throw node.refuse('must be under a status code');
    else byStatus.set(statusCode, integrationResponse(statusCode, selectionPattern, node, method, context));
  }
  return [...byStatus.values()].sort((a, b) => Number(a.statusCode) - Number(b.statusCode));
}

const patternOf = (name: string) => (name === 'default' ? undefined : name);

function statusOf(node: DocumentNode): string {
  const status = node.required('statusCode');
  const statusCode = status.scalarText();
  if (!STATUS_CODE.test(statusCode)) throw status.refuse('must be a status code');
  return statusCode;
}

function integrationResponse(
  statusCode: string,
  selectionPattern: string | undefined,
  node: DocumentNode,
  method: MethodPlace,
  { warnings, places }: ImportContext,
): IntegrationResponseModel {
  const response = withoutAbsent({
    statusCode,
    selectionPattern,
    responseParameters: textMap(node, 'responseParameters', method, warnings),
    responseTemplates: templateMap(node, 'responseTemplates', method, warnings),
    contentHandling: node.member('contentHandling')?.text().toUpperCase() || undefined,
  });
  return places.of(response, node);
}
