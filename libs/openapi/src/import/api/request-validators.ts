import { shown } from '@gatehouse/aws-wire';
import type { DefinedRequestValidator } from '@gatehouse/api-model';
import { OWN } from '../../own-extensions.js';
import type { ImportContext } from '../context.js';
import type { DocumentNode } from '../document/document-node.js';
import { extensionOf } from '../extensions.js';

/**
 * The validators that the document defines. Throws `BadRequestException` for members of a wrong kind.
 * Source: developer guide, api-gateway-swagger-extensions-request-validators.
 */
export function requestValidators({ root, places, warnings }: ImportContext): DefinedRequestValidator[] {
  const defined = new Map(extensionOf(root, 'request-validators')?.entries());
  const nameless = new Set<string>();
  for (const node of root.member(OWN.namelessRequestValidators)?.items() ?? []) {
    const key = node.text();
    if (!defined.has(key)) warnings.add(`Request validator '${shown(key)}' is not defined. Ignoring.`, node);
    nameless.add(key);
  }
  return [...defined].map(([key, node]) => {
    const validator = {
      key,
      ...(nameless.has(key) ? {} : { name: key }),
      validateRequestBody: node.member('validateRequestBody')?.flag() ?? false,
      validateRequestParameters: node.member('validateRequestParameters')?.flag() ?? false,
    };
    return places.of(validator, node);
  });
}

/**
 * Key of the validator of an operation: its own, else the document's. Throws `BadRequestException` for one that the document does not
 * define. Source: developer guide, api-gateway-swagger-extensions-request-validator.
 */
export function validatorOf(operation: DocumentNode, root: DocumentNode, defined: ReadonlySet<string>): string | undefined {
  const node = extensionOf(operation, 'request-validator') ?? extensionOf(root, 'request-validator');
  const name = node?.text();
  if (node && name && !defined.has(name)) throw node.refuse(`the request validator '${shown(name)}' is not defined`);
  return name || undefined;
}
