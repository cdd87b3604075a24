import type { ImportContext } from '../context.js';
import type { DocumentNode } from '../document/document-node.js';
import { extensionOf, warnOfUnknownExtensions } from '../extensions.js';
import type { Places } from '../places.js';
import { readAuthorizer, type DefinedAuthorizer } from './authorizer.js';

/** What a security scheme of the document means to a method. */
export type SecurityScheme =
  | { kind: 'authorizer'; authorizer: DefinedAuthorizer }
  | { kind: 'iam' }
  | { kind: 'api key' }
  /** Nothing that a REST API can enforce. */
  | { kind: 'unsupported'; node: DocumentNode };

/**
 * The security schemes by name. Source: developer guide, api-gateway-swagger-extensions-authorizer, -authtype; api-gateway-api-key-source.
 */
export function securitySchemes(context: ImportContext): Map<string, SecurityScheme> {
  const { root, version, references, warnings, places } = context;
  const given = version === '2.0' ? root.member('securityDefinitions') : root.member('components')?.member('securitySchemes');
  return new Map(
    (given?.entries() ?? []).map(([name, each]) => {
      const node = references.resolve(each);
      warnOfUnknownExtensions(node, 'securityScheme', warnings);
      const scheme = schemeOf(name, node, places);
      if (scheme.kind === 'authorizer') context.described.addAuthorizer(name, node);
      return [name, scheme];
    }),
  );
}

function schemeOf(name: string, node: DocumentNode, places: Places): SecurityScheme {
  const authType = extensionOf(node, 'authtype')?.text();
  const authorizer = extensionOf(node, 'authorizer');
  if (authorizer) {
    return { kind: 'authorizer', authorizer: places.of(readAuthorizer(name, node, authorizer, authType), authorizer) };
  }
  if (authType?.toLowerCase() === 'awssigv4') return { kind: 'iam' };
  const isApiKey = node.member('type')?.text() === 'apiKey' && node.member('name')?.text().toLowerCase() === 'x-api-key';
  return isApiKey ? { kind: 'api key' } : { kind: 'unsupported', node };
}

/** The authorizers of the schemes, whether a method uses them or not (recorded import). */
export function authorizersOf(schemes: ReadonlyMap<string, SecurityScheme>): DefinedAuthorizer[] {
  return [...schemes.values()].flatMap((scheme) => (scheme.kind === 'authorizer' ? [scheme.authorizer] : []));
}
