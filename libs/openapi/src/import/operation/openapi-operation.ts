import type { ImportContext } from '../context.js';
import type { DocumentNode } from '../document/document-node.js';
import type { MediaTypeView, OperationContent, ResponseView } from './operation-view.js';
import { parametersOf } from './parameter-list.js';

/** An operation of OpenAPI 3. Source: OpenAPI 3.0 and 3.1 specifications, Operation Object. */
export function openApiOperation(path: DocumentNode, operation: DocumentNode, context: ImportContext): OperationContent {
  const given = operation.member('requestBody');
  const requestBody = given && context.references.resolve(given);
  return {
    parameters: parametersOf(path, operation, context),
    requestBody,
    requestBodies: requestBody ? mediaTypes(requestBody, context) : [],
    responses: responses(operation, context),
  };
}

function responses(operation: DocumentNode, context: ImportContext): ResponseView[] {
  return (operation.member('responses')?.entries() ?? [])
    .filter(([status]) => !status.startsWith('x-'))
    .map(([status, response]) => {
      const node = context.references.resolve(response);
      return {
        status,
        node,
        headers: (node.member('headers')?.entries() ?? []).map(([name, given]) => {
          const header = context.references.resolve(given);
          return { name, required: header.member('required')?.flag() ?? false, node: header };
        }),
        bodies: mediaTypes(node, context),
      };
    });
}

/** What the `content` of a body or response maps to schemas. */
function mediaTypes(node: DocumentNode, { references }: ImportContext): MediaTypeView[] {
  return (node.member('content')?.entries() ?? []).flatMap(([contentType, media]) => {
    const schema = references.resolve(media).member('schema');
    return schema ? [{ contentType, schema }] : [];
  });
}
