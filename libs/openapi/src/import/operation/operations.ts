import type { HttpMethod } from '@gatehouse/api-model';
import type { ImportContext } from '../context.js';
import type { DocumentNode } from '../document/document-node.js';
import { extension, warnOfUnknownExtensions, warnOfUnknownOwnExtensions } from '../extensions.js';
import { openApiOperation } from './openapi-operation.js';
import type { OperationView } from './operation-view.js';
import type { Warnings } from '../warnings.js';
import { swaggerOperation } from './swagger-operation.js';

const VERBS: ReadonlyMap<string, HttpMethod> = new Map([
  ['get', 'GET'],
  ['put', 'PUT'],
  ['post', 'POST'],
  ['delete', 'DELETE'],
  ['patch', 'PATCH'],
  ['options', 'OPTIONS'],
  ['head', 'HEAD'],
  [extension('any-method'), 'ANY'],
]);
/** Verbs of the specifications that REST APIs do not have. */
const UNSUPPORTED_VERBS = ['trace', 'query'];

/** The operations of a path item. Source: developer guide, api-gateway-swagger-extensions-any-method. */
export function operationsOf(path: string, item: DocumentNode, context: ImportContext): OperationView[] {
  warnOfUnknownExtensions(item, 'path', context.warnings);
  const operations: OperationView[] = [];
  for (const [name, node] of item.entries()) {
    const httpMethod = VERBS.get(name);
    if (UNSUPPORTED_VERBS.includes(name)) {
      context.warnings.add(`Unsupported method '${name.toUpperCase()}' on resource '${path}'. Ignoring.`, node);
    }
    if (!httpMethod || node.value === null) continue;
    warnOfUnknownExtensions(node, 'operation', context.warnings);
    const read = context.version === '2.0' ? swaggerOperation : openApiOperation;
    const operation = { path, httpMethod, node, ...read(item, node, context) };
    warnOfOwnExtensions(operation, context.warnings);
    operations.push(operation);
  }
  return operations;
}

function warnOfOwnExtensions({ parameters, requestBody, responses }: OperationView, warnings: Warnings): void {
  const bodies = requestBody ? [requestBody] : [];
  for (const node of [...parameters.map((parameter) => parameter.node), ...bodies]) {
    warnOfUnknownOwnExtensions(node, 'parameter', warnings);
  }
  for (const { node, headers } of responses) {
    warnOfUnknownOwnExtensions(node, 'response', warnings);
    for (const header of headers) warnOfUnknownOwnExtensions(header.node, 'header', warnings);
  }
}
