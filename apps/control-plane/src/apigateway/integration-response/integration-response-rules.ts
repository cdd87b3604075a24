import type { IntegrationResponseModel, MethodModel } from '@gatehouse/api-model';
import { checkContentHandling } from '../integration/integration-rules.js';
import { mappingRefusal, responseMappingErrors, templateRefusal } from '../integration/parameter-mapping.js';
import { contentTypeErrors } from '../method/content-type.js';

/** Checks an integration response, new or patched, as a whole, within its method. Throws `BadRequestException` in AWS's words. */
export function checkIntegrationResponse(response: IntegrationResponseModel, method: Pick<MethodModel, 'methodResponses'>): void {
  checkContentHandling(response.contentHandling);
  const methodResponse = method.methodResponses.find(({ statusCode }) => statusCode === response.statusCode);
  const mapping = responseMappingErrors(
    response.responseParameters,
    methodResponse && Object.keys(methodResponse.responseParameters),
  );
  if (mapping.length > 0) throw mappingRefusal(mapping);
  const templates = contentTypeErrors(response.responseTemplates);
  if (templates.length > 0) throw templateRefusal(templates);
}
