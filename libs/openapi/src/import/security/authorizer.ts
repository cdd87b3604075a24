import type { AuthorizerModel } from '@gatehouse/api-model';
import type { DocumentNode } from '../document/document-node.js';
import { withoutAbsent } from '../without-absent.js';

export type DefinedAuthorizer = Omit<AuthorizerModel, 'id'>;

const TYPES = ['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS'] as const;
/** What the scheme of an authorizer is called that has no identity source in one header. */
const UNUSED = 'Unused';

/**
 * An authorizer of a security scheme. Throws `BadRequestException` for types that REST APIs do not have (`jwt`) and for what a type needs.
 * Source: developer guide, api-gateway-swagger-extensions-authorizer; identity source and authtype as in recorded imports.
 */
export function readAuthorizer(
  name: string,
  scheme: DocumentNode,
  given: DocumentNode,
  authType: string | undefined,
): DefinedAuthorizer {
  const type = given.required('type').option(TYPES);
  const common = {
    name,
    type,
    identitySource: optionalText(given, 'identitySource') ?? identitySource(scheme, type),
    identityValidationExpression: optionalText(given, 'identityValidationExpression'),
    authorizerResultTtlInSeconds: given.member('authorizerResultTtlInSeconds')?.integer(),
    authorizerUri: optionalText(given, 'authorizerUri'),
    authorizerCredentials: optionalText(given, 'authorizerCredentials'),
  };
  if (type === 'COGNITO_USER_POOLS') {
    const providers = given.required('providerARNs');
    if (providers.items().length === 0) throw providers.refuse('must name a user pool');
    return withoutAbsent({ ...common, authType: authType ?? 'cognito_user_pools', providerArns: providers.texts() });
  }
  return withoutAbsent({
    ...common,
    authType: authType ?? 'custom',
    providerArns: given.member('providerARNs')?.texts() ?? [],
    authorizerUri: given.required('authorizerUri').text(),
  });
}

/** The header or query parameter that the scheme names. */
function identitySource(scheme: DocumentNode, type: (typeof TYPES)[number]): string | undefined {
  const name = optionalText(scheme, 'name');
  if (name === undefined || name.toLowerCase() === UNUSED.toLowerCase()) {
    return type === 'REQUEST' ? undefined : 'method.request.header.Authorization';
  }
  const place = scheme.member('in')?.text() === 'query' && type === 'REQUEST' ? 'querystring' : 'header';
  return `method.request.${place}.${name}`;
}

/** An empty text is none. */
const optionalText = (node: DocumentNode, name: string) => node.member(name)?.text() || undefined;
