import { describeLocation, locationKey } from '@gatehouse/api-model';
import { checkQuota } from '../../quotas/quotas.js';
import { completeLocation } from '../documentation-part/documentation-location.js';
import { checkProperties } from '../documentation-part/documentation-part-rules.js';
import { saveDocumentationParts } from '../documentation-part/save-documentation-parts.js';
import { DocumentationVersionEntity } from '../documentation-version/documentation-version.entity.js';
import { makeDocumentationVersion } from '../documentation-version/make-documentation-version.js';
import { keyOf, type Import } from './import.js';

/**
 * Writes the documentation parts of the document, and makes a version of all parts when it names one. A version that there is stays what
 * it is, so that a document can be put again. Overwriting removes the other parts.
 */
export async function importDocumentation(work: Import): Promise<void> {
  const { definition, transaction, api, mode, findings } = work;
  checkQuota('documentationParts', transaction.limits, definition.documentationParts.length);
  const parts = new Map<string, { location: ReturnType<typeof completeLocation>; properties: string }>();
  for (const part of definition.documentationParts) {
    const { location: given, properties } = part;
    findings.check(`Unable to create documentation part for ${describeLocation(given)}`, part, () => {
      const location = completeLocation(given);
      parts.set(locationKey(location), { location, properties: checkProperties(properties) });
    });
  }
  await saveDocumentationParts(transaction, api.apiId, [...parts.values()], mode);

  const version = definition.documentationVersion;
  if (version === undefined) return;
  if (await transaction.manager.existsBy(DocumentationVersionEntity, { ...keyOf(work), version })) {
    findings.warn(`Documentation version '${version}' already exists. Ignoring.`, 'documentationVersion');
    return;
  }
  await findings.checkLater(`Unable to create documentation version '${version}'`, 'documentationVersion', async () => {
    await makeDocumentationVersion(transaction, api.apiId, { version });
  });
}
