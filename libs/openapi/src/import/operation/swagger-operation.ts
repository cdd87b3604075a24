import { OWN } from '../../own-extensions.js';
import type { ImportContext } from '../context.js';
import type { DocumentNode } from '../document/document-node.js';
import type { MediaTypeView, OperationContent, ParameterView, ResponseView } from './operation-view.js';
import { parametersOf } from './parameter-list.js';

/** Each body and response of the document has them all. */
const MAXIMUM_MEDIA_TYPES = 50;

const BODY_PLACES = ['body', 'formData'];

/** An operation of Swagger 2.0. Source: Swagger 2.0 specification, Operation Object. */
export function swaggerOperation(path: DocumentNode, operation: DocumentNode, context: ImportContext): OperationContent {
  const parameters = parametersOf(path, operation, context);
  return {
    parameters: parameters.filter((parameter) => !BODY_PLACES.includes(parameter.in)),
    requestBody: parameters.find((parameter) => parameter.in === 'body')?.node,
    requestBodies: requestBodies(parameters, operation, context),
    responses: responses(operation, context),
  };
}

function requestBodies(parameters: ParameterView[], operation: DocumentNode, context: ImportContext): MediaTypeView[] {
  const body = parameters.find((parameter) => parameter.in === 'body')?.node;
  if (body?.member('schema')) return bodies(body, mediaTypes('consumes', operation, context));
  const fields = parameters.filter((parameter) => parameter.in === 'formData');
  if (fields.length > 0) {
    const names = fields.map((field) => field.name).join(', ');
    context.warnings.add(`Parameters in 'formData' are not supported. Ignoring: ${names}`, operation);
  }
  return [];
}

function responses(operation: DocumentNode, context: ImportContext): ResponseView[] {
  const given = operation.member('responses')?.entries() ?? [];
  const produces = mediaTypes('produces', operation, context);
  return given
    .filter(([status]) => !status.startsWith('x-'))
    .map(([status, response]) => {
      const node = context.references.resolve(response);
      return {
        status,
        node,
        headers: (node.member('headers')?.entries() ?? []).map(([name, header]) => ({
          name,
          required: header.member(OWN.required)?.flag() ?? false,
          node: header,
        })),
        bodies: bodies(node, produces),
      };
    });
}

/** The one schema under all media types, unless each has its own. */
function bodies(node: DocumentNode, types: readonly string[]): MediaTypeView[] {
  const own = node.member(OWN.bodies);
  if (own) return own.entries().map(([contentType, schema]) => ({ contentType, schema }));
  const schema = node.member('schema');
  return schema ? types.map((contentType) => ({ contentType, schema })) : [];
}

/** The operation's media types, else the document's, else JSON. */
function mediaTypes(member: 'consumes' | 'produces', operation: DocumentNode, { root }: ImportContext): string[] {
  const given = operation.member(member) ?? root.member(member);
  if (given && given.items().length > MAXIMUM_MEDIA_TYPES)
    throw given.refuse(`at most ${MAXIMUM_MEDIA_TYPES} media types are supported`);
  const types = given?.texts() ?? [];
  return types.length > 0 ? [...new Set(types)] : ['application/json'];
}
