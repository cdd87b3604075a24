import { shown } from '@gatehouse/aws-wire';
import type { DocumentNode } from './document/document-node.js';
import type { Warnings } from './warnings.js';

const PREFIX = 'x-amazon-apigateway-';

/** The full name of one of AWS's extensions. */
export const extension = (name: string) => `${PREFIX}${name}`;

/** The member that one of AWS's extensions is. */
export const extensionOf = (node: DocumentNode, name: string) => node.member(extension(name));

/** Where extensions may stand. Source: developer guide, api-gateway-swagger-extensions. */
const KNOWN = {
  document: [
    'api-key-source',
    'binary-media-types',
    'documentation',
    'endpoint-access-mode',
    'endpoint-configuration',
    'gateway-responses',
    'importexport-version',
    'minimum-compression-size',
    'policy',
    'request-validator',
    'request-validators',
    'security-policy',
  ],
  server: ['endpoint-configuration'],
  components: ['integrations'],
  path: ['any-method'],
  operation: ['auth', 'integration', 'request-validator'],
  securityScheme: ['authorizer', 'authtype'],
  tag: [],
} as const;

/** Those that only HTTP APIs have. */
const OF_HTTP_APIS: readonly string[] = [extension('cors'), extension('tag-value')];

/** Warns of AWS's extensions that mean nothing where they stand. */
export function warnOfUnknownExtensions(node: DocumentNode, where: keyof typeof KNOWN, warnings: Warnings): void {
  const known: readonly string[] = KNOWN[where].map(extension);
  for (const [name, member] of node.entries()) {
    if (!name.startsWith(PREFIX) || known.includes(name)) continue;
    if (OF_HTTP_APIS.includes(name)) warnings.add(`Extension '${name}' is supported for HTTP APIs only. Ignoring.`, member);
    else warnings.add(`Unsupported extension '${shown(name)}'. Ignoring.`, member);
  }
}
