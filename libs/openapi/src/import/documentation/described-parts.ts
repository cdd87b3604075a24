import type { ApiDefinition, DocumentationLocation } from '@gatehouse/api-model';
import type { DocumentNode } from '../document/document-node.js';
import type { OperationView } from '../operation/operation-view.js';
import type { Places } from '../places.js';

type DocumentationPart = ApiDefinition['documentationParts'][number];

const PARAMETER_TYPES: ReadonlyMap<string, string> = new Map([
  ['path', 'PATH_PARAMETER'],
  ['query', 'QUERY_PARAMETER'],
  ['header', 'REQUEST_HEADER'],
]);

/**
 * The documentation parts that follow from what a document says of its things where they stand: descriptions, summaries, titles and tags.
 * Source: developer guide, api-gateway-documenting-api-quick-start-import-export (`ignore=documentation`) and
 * api-gateway-documenting-api-content-representation.
 */
export class DescribedParts {
  private readonly parts: DocumentationPart[] = [];

  /** With `undocumented`, what every export describes is no documentation: the API, its models and its responses. */
  constructor(
    private readonly places: Places,
    private readonly undocumented: boolean,
  ) {}

  addApi(root: DocumentNode): void {
    if (this.undocumented) return;
    const info = root.member('info');
    const described = info && saidOf(info, ['description']);
    if (described) this.keep({ type: 'API' }, { info: described }, info);
  }

  addResource(path: string, item: DocumentNode): void {
    this.add({ type: 'RESOURCE', path }, item, ['summary', 'description']);
  }

  addMethod(path: string, operation: OperationView): void {
    const at = { path, method: operation.httpMethod };
    this.add({ type: 'METHOD', ...at }, operation.node, ['tags', 'summary', 'description']);
    for (const { name, in: location, node } of operation.parameters) {
      const type = PARAMETER_TYPES.get(location);
      if (type) this.add({ type, ...at, name }, node, ['description']);
    }
    if (operation.requestBody) this.add({ type: 'REQUEST_BODY', ...at }, operation.requestBody, ['description']);
    for (const { status, node, headers } of operation.responses) {
      if (!/^[1-5]\d\d$/.test(status)) continue;
      if (!this.undocumented) this.add({ type: 'RESPONSE', ...at, statusCode: status }, node, ['description']);
      for (const header of headers) {
        this.add({ type: 'RESPONSE_HEADER', ...at, statusCode: status, name: header.name }, header.node, ['description']);
      }
    }
  }

  addModel(name: string, schema: DocumentNode): void {
    if (!this.undocumented) this.add({ type: 'MODEL', name }, schema, ['title', 'description']);
  }

  addAuthorizer(name: string, scheme: DocumentNode): void {
    this.add({ type: 'AUTHORIZER', name }, scheme, ['description']);
  }

  list(): DocumentationPart[] {
    return this.parts;
  }

  private add(location: DocumentationLocation, node: DocumentNode, members: readonly string[]): void {
    const properties = saidOf(node, members);
    if (properties) this.keep(location, properties, node);
  }

  private keep(location: DocumentationLocation, properties: Record<string, unknown>, node: DocumentNode): void {
    this.parts.push(this.places.of({ location, properties: JSON.stringify(properties) }, node));
  }
}

/** Those of the members that say something. */
function saidOf(node: DocumentNode, members: readonly string[]): Record<string, unknown> | undefined {
  if (!node.isObject) return undefined;
  const said = members.flatMap((name) => {
    const value = node.member(name)?.value;
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return said.length > 0 ? Object.fromEntries(said) : undefined;
}
