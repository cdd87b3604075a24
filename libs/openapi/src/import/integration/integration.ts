import { HTTP_METHODS, INTEGRATION_TYPES, type DefinedMethod, type IntegrationType } from '@gatehouse/api-model';
import { OWN } from '../../own-extensions.js';
import type { ImportContext } from '../context.js';
import type { DocumentNode } from '../document/document-node.js';
import { extensionOf } from '../extensions.js';
import type { OperationView } from '../operation/operation-view.js';
import { withoutAbsent } from '../without-absent.js';
import { integrationResponses } from './integration-responses.js';
import { templateMap, textMap } from './text-maps.js';

type DefinedIntegration = NonNullable<DefinedMethod['methodIntegration']>;

/** Milliseconds. */
const DEFAULT_TIMEOUT = 29_000;

/**
 * The integration that `x-amazon-apigateway-integration` gives an operation, or a `$ref` to a shared one. Whether its URI, verb and mappings
 * can be, the rules of integrations say. Throws `BadRequestException` for members of a wrong kind.
 * Source: developer guide, api-gateway-swagger-extensions-integration.
 */
export function integrationOf(operation: OperationView, context: ImportContext): DefinedIntegration | undefined {
  const given = extensionOf(operation.node, 'integration');
  if (!given) return undefined;
  const node = context.references.resolve(given);
  const type = node.required('type').option(INTEGRATION_TYPES);
  const own = operation.node.member(OWN.integration);
  const overHttp = type === 'HTTP' || type === 'HTTP_PROXY';
  const integration = withoutAbsent({
    type,
    ...(type === 'MOCK' ? {} : { httpMethod: backendVerb(type, node), uri: text(node, 'uri') }),
    ...(own && besideExtension(own, type)),
    connectionType: node.member('connectionType')?.option(['INTERNET', 'VPC_LINK']) ?? (overHttp ? 'INTERNET' : undefined),
    connectionId: text(node, 'connectionId'),
    credentials: text(node, 'credentials'),
    requestParameters: textMap(node, 'requestParameters', operation, context.warnings),
    requestTemplates: templateMap(node, 'requestTemplates', operation, context.warnings),
    passthroughBehavior: text(node, 'passthroughBehavior')?.toUpperCase() ?? 'WHEN_NO_MATCH',
    contentHandling: text(node, 'contentHandling')?.toUpperCase(),
    timeoutInMillis: node.member('timeoutInMillis')?.integer() ?? DEFAULT_TIMEOUT,
    cacheNamespace: text(node, 'cacheNamespace'),
    cacheKeyParameters: node.member('cacheKeyParameters')?.texts() ?? [],
    tlsConfig: tlsConfig(node),
    responseTransferMode: node.member('responseTransferMode')?.option(['BUFFERED', 'STREAM']),
    integrationTarget: text(node, 'integrationTarget'),
    integrationResponses: integrationResponses(node, own, operation, context),
  });
  return context.places.of(integration, node);
}

/**
 * What takes the place of members of AWS's extension. The integration stands there, and what the rules of integrations refuse is told with
 * that place; so what they look at of these members is checked here. They take any URI of a MOCK.
 */
function besideExtension(own: DocumentNode, type: IntegrationType) {
  const uri = own.member('uri');
  if (uri && type !== 'MOCK') throw uri.refuse('only that of a MOCK stands here');
  return withoutAbsent({ httpMethod: own.member('httpMethod')?.option(HTTP_METHODS), uri: uri?.text() || undefined });
}

/** AWS invokes functions by POST, whatever the document says (recorded import). */
function backendVerb(type: string, node: DocumentNode): string | undefined {
  return type === 'AWS_PROXY' ? 'POST' : text(node, 'httpMethod')?.toUpperCase();
}

function tlsConfig(node: DocumentNode): DefinedIntegration['tlsConfig'] {
  const given = node.member('tlsConfig');
  return given && withoutAbsent({ insecureSkipVerification: given.member('insecureSkipVerification')?.flag() });
}

/** An empty text is none. */
const text = (node: DocumentNode, name: string) => node.member(name)?.text() || undefined;
