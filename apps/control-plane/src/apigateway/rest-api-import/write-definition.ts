import { RestApiEntity } from '../rest-api/rest-api.entity.js';
import { importDocumentation } from './import-documentation.js';
import { importMethods } from './import-methods.js';
import { importAuthorizers, importGatewayResponses, importModels, importRequestValidators } from './import-parts.js';
import { importResources } from './import-resources.js';
import { importSettings } from './import-settings.js';
import type { ImportParameters } from './import-parameters.js';
import { keyOf, type Import } from './import.js';

/**
 * Writes an API's definition under its lock, in the order in which parts refer to each other. Everything is checked as the single
 * operations check it. Throws `BadRequestException` that names the places of all that is wrong, and `LimitExceededException`; with
 * `failOnWarnings` also for warnings. Nothing is kept then.
 */
export async function writeDefinition(
  work: Import,
  parameters: ImportParameters,
  failOnWarnings: boolean | undefined,
): Promise<void> {
  const { findings, transaction } = work;
  importSettings(work, parameters);
  await importModels(work);
  await importAuthorizers(work);
  const requestValidators = await importRequestValidators(work);
  await importGatewayResponses(work);
  await importMethods(work, await importResources(work), requestValidators);
  if (!parameters.ignoresDocumentation) await importDocumentation(work);
  findings.refuse(failOnWarnings);
  await transaction.manager.update(RestApiEntity, keyOf(work), work.api);
}
