import type { ImportContext } from '../context.js';
import type { DocumentNode } from '../document/document-node.js';
import type { MediaTypeView, OperationView, ResponseView } from './operation-view.js';
import { parametersOf } from './parameter-list.js';

/** An operation of OpenAPI 3. Source: OpenAPI 3.0 and 3.1 specifications, Operation Object. */
export function openApiOperation(
  path: DocumentNode,
  operation: DocumentNode,
  context: ImportContext,
): Pick<OperationView, 'parameters' | 'requestBodies' | 'responses'> {
  const body = operation.member('requestBody');
  return {
    parameters: parametersOf(path, operation, context),
    requestBodies: body ? mediaTypes(context.references.resolve(body), context) : [],
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
        headers: (node.member('headers')?.entries() ?? []).map(([name, header]) => ({
          name,
          required: context.references.resolve(header).member('required')?.flag() ?? false,
        })),
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
