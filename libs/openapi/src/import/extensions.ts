import { shown } from '@gatehouse/aws-wire';
import { OWN, OWN_PREFIX } from '../own-extensions.js';
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

/** Where Gatehouse's own may stand. */
const OWN_KNOWN = {
  document: [OWN.namelessRequestValidators, OWN.otherModels, OWN.endpointConfiguration, OWN.undocumented],
  info: [OWN.replaced],
  server: [],
  components: [],
  path: [],
  operation: [OWN.integration],
  parameter: [OWN.multivalue, OWN.required, OWN.undeclared, OWN.bodies],
  response: [OWN.bodies],
  header: [OWN.required],
  schema: [OWN.replaced, OWN.description, OWN.verbatim],
  securityScheme: [],
  tag: [],
} as const;

/** Those that only HTTP APIs have. */
const OF_HTTP_APIS: readonly string[] = [extension('cors'), extension('tag-value')];

/** Warns of extensions, AWS's and Gatehouse's own, that mean nothing where they stand. */
export function warnOfUnknownExtensions(node: DocumentNode, where: keyof typeof KNOWN, warnings: Warnings): void {
  const known: readonly string[] = KNOWN[where].map(extension);
  for (const [name, member] of node.entries()) {
    if (!name.startsWith(PREFIX) || known.includes(name)) continue;
    if (OF_HTTP_APIS.includes(name)) warnings.add(`Extension '${name}' is supported for HTTP APIs only. Ignoring.`, member);
    else warnings.add(unsupported(name), member);
  }
  warnOfUnknownOwnExtensions(node, where, warnings);
}

/** Like `warnOfUnknownExtensions`, where AWS has no extensions: of Gatehouse's own only. */
export function warnOfUnknownOwnExtensions(node: DocumentNode, where: keyof typeof OWN_KNOWN, warnings: Warnings): void {
  const known: readonly string[] = OWN_KNOWN[where];
  for (const [name, member] of node.entries()) {
    if (name.startsWith(OWN_PREFIX) && !known.includes(name)) warnings.add(unsupported(name), member);
  }
}

const unsupported = (name: string) => `Unsupported extension '${shown(name)}'. Ignoring.`;
