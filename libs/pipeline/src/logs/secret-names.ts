import type { RouteSnapshot } from '@gatehouse/snapshot';
import type { Authorizers } from '../method-request/authorization/authorizers.js';

/** Literals of these are mapped everywhere, and let nobody in. */
const HARMLESS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'content-encoding',
  'content-type',
  'user-agent',
  'x-amz-invocation-type',
  'x-amz-log-type',
]);

/**
 * Names of headers and parameters of a method whose values may be credentials, beside those that are so everywhere: its authorizer goes by them, or the API sends its
 * backend a literal under them.
 */
export function secretNames({ authorization, integration }: RouteSnapshot, authorizers: Authorizers): string[] {
  const literals = 'requestParameters' in integration ? integration.requestParameters.filter(isLiteral) : [];
  return [...identityNames(authorization, authorizers), ...literals.map(({ target }) => target.name)];
}

function isLiteral({ target, source }: { target: { name: string }; source: { from: string } }): boolean {
  return source.from === 'literal' && !HARMLESS.has(target.name.toLowerCase());
}

function identityNames(authorization: RouteSnapshot['authorization'], authorizers: Authorizers): string[] {
  switch (authorization?.type) {
    case 'CUSTOM': {
      const authorizer = authorizers.lambda(authorization.authorizerId);
      return authorizer.type === 'TOKEN' ? [authorizer.header] : authorizer.sources.map(({ name }) => name);
    }
    case 'COGNITO_USER_POOLS':
      return [authorizers.userPools(authorization.authorizerId).header];
    default:
      return [];
  }
}
