import type { ApiDefinition, EndpointType } from '@gatehouse/api-model';
import { OWN } from '../../own-extensions.js';
import type { ImportContext } from '../context.js';
import type { DocumentNode } from '../document/document-node.js';
import { extensionOf, warnOfUnknownExtensions, warnOfUnknownOwnExtensions } from '../extensions.js';
import { ownMembers } from '../replaced.js';
import { withoutAbsent } from '../without-absent.js';

type ApiSettings = Omit<
  ApiDefinition,
  | 'resources'
  | 'models'
  | 'authorizers'
  | 'requestValidators'
  | 'gatewayResponses'
  | 'documentationParts'
  | 'documentationVersion'
>;

/**
 * What the document says of the API as a whole. Throws `BadRequestException` for members of a wrong kind.
 * Source: developer guide, api-gateway-swagger-extensions-api-key-source, -binary-media-types, -policy, -endpoint-configuration,
 * -security-policy, -endpoint-access-mode; openapi-extensions-minimum-compression-size.
 */
export function apiSettings(context: ImportContext): ApiSettings {
  const { root, places, warnings } = context;
  const info = root.member('info');
  if (info) warnOfUnknownOwnExtensions(info, 'info', warnings);
  const own = info && ownMembers(info, warnings);
  const title = info?.member('title');
  const endpoint = endpointNodes(context);
  // A document without a name is told where it would stand.
  places.ofMember('name', title ?? info ?? root);
  places.ofMember('endpointConfiguration', endpoint[0]);
  return withoutAbsent({
    name: title?.writtenText(),
    description: places.ofMember('description', own?.get('description'))?.text() || undefined,
    version: places.ofMember('version', own?.get('version'))?.writtenText() || undefined,
    apiKeySource: extensionOf(root, 'api-key-source')?.option(['HEADER', 'AUTHORIZER']),
    binaryMediaTypes: extensionOf(root, 'binary-media-types')?.texts(),
    minimumCompressionSize: places.ofMember('minimumCompressionSize', extensionOf(root, 'minimum-compression-size'))?.integer(),
    policy: policy(places.ofMember('policy', extensionOf(root, 'policy'))),
    disableExecuteApiEndpoint: first(endpoint, 'disableExecuteApiEndpoint')?.flag(),
    securityPolicy: places.ofMember('securityPolicy', extensionOf(root, 'security-policy'))?.text(),
    endpointAccessMode: places.ofMember('endpointAccessMode', extensionOf(root, 'endpoint-access-mode'))?.text(),
    endpointConfiguration: endpointConfiguration(endpoint),
  });
}

/** The root has it in Swagger 2.0, servers have it in OpenAPI 3. */
function endpointNodes({ root, version, warnings }: ImportContext): DocumentNode[] {
  const servers = version === '2.0' ? [] : (root.member('servers')?.items() ?? []);
  for (const server of servers) warnOfUnknownExtensions(server, 'server', warnings);
  const given = [root, ...servers].flatMap((node) => extensionOf(node, 'endpoint-configuration') ?? []);
  const own = root.member(OWN.endpointConfiguration);
  return own && !first(given, 'types') ? [...given, own] : given;
}

function endpointConfiguration(nodes: DocumentNode[]): ApiDefinition['endpointConfiguration'] {
  const configuration = withoutAbsent({
    types: first(nodes, 'types')
      ?.items()
      .map((type) => type.option<EndpointType>(['EDGE', 'REGIONAL', 'PRIVATE'])),
    ipAddressType: first(nodes, 'ipAddressType')?.option(['ipv4', 'dualstack']),
    vpcEndpointIds: first(nodes, 'vpcEndpointIds')?.texts(),
  });
  return Object.keys(configuration).length > 0 ? configuration : undefined;
}

function first(nodes: DocumentNode[], name: string): DocumentNode | undefined {
  return nodes.map((node) => node.member(name)).find((member) => member !== undefined);
}

function policy(given: DocumentNode | undefined): string | undefined {
  if (!given) return undefined;
  return given.isObject ? JSON.stringify(given.value) : given.text();
}
