import type { AuthorizerModel, MethodModel, RestApiModel } from '@gatehouse/api-model';
import type { Documented } from './documented.js';
import type { Json } from './export-openapi.js';

const API_KEY = { type: 'apiKey', name: 'x-api-key', in: 'header' };
/** The name of a scheme that names no header. */
const UNUSED = 'Unused';
const SIGNATURE = {
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authtype': 'awsSigv4',
};

/** How clients prove who they are: the document's security schemes, and what each method asks of them. */
export class SecuritySchemes {
  private readonly authorizers: ReadonlyMap<string, AuthorizerModel>;
  private readonly apiKey: string;
  private readonly signature: string;
  private readonly used = new Set<string>();

  /** With `withAuthorizers` all authorizers are described, else the ones in use are named only. */
  constructor(
    private readonly api: RestApiModel,
    private readonly withAuthorizers: boolean,
    private readonly documented: Documented,
  ) {
    this.authorizers = new Map(api.authorizers.map((authorizer) => [authorizer.id, authorizer]));
    const taken = new Set(api.authorizers.map(({ name }) => name));
    this.apiKey = freeName('api_key', taken);
    this.signature = freeName('sigv4', taken);
  }

  /** A requirement of its own for each scheme, as API Gateway writes them; all must hold. */
  requirements(method: MethodModel): Json[] {
    const requirements: Json[] = [];
    if (method.authorizationType === 'AWS_IAM') requirements.push(this.require(this.signature));
    const authorizer = method.authorizerId === undefined ? undefined : this.authorizers.get(method.authorizerId);
    if (authorizer) requirements.push(this.require(authorizer.name, method.authorizationScopes));
    if (method.apiKeyRequired) requirements.push(this.require(this.apiKey));
    return requirements;
  }

  /** Call it once all requirements were asked for; undefined when there are no schemes. */
  definitions(): Json | undefined {
    const shown = this.api.authorizers.filter(({ name }) => this.withAuthorizers || this.used.has(name));
    const definitions = Object.fromEntries([
      ...shown.map((authorizer) => [authorizer.name, this.definition(authorizer)] as const),
      ...(this.used.has(this.signature) ? [[this.signature, SIGNATURE] as const] : []),
      ...(this.used.has(this.apiKey) ? [[this.apiKey, API_KEY] as const] : []),
    ]);
    return Object.keys(definitions).length > 0 ? definitions : undefined;
  }

  private require(scheme: string, scopes: readonly string[] = []): Json {
    this.used.add(scheme);
    return Object.fromEntries([[scheme, scopes]]);
  }

  private definition(authorizer: AuthorizerModel): Json {
    return {
      type: 'apiKey',
      name: sourceHeader(authorizer) ?? UNUSED,
      in: 'header',
      ...this.documented.attributes('AUTHORIZER', { name: authorizer.name }),
      'x-amazon-apigateway-authtype':
        authorizer.authType ?? (authorizer.type === 'COGNITO_USER_POOLS' ? 'cognito_user_pools' : 'custom'),
      ...(this.withAuthorizers ? { 'x-amazon-apigateway-authorizer': authorizerExtension(authorizer) } : {}),
    };
  }
}

/** Without an identity source the token is in `Authorization`; several sources, or one elsewhere, no single header can name, nor one that is called like none. */
function sourceHeader({ type, identitySource }: AuthorizerModel): string | undefined {
  if (!identitySource) return type === 'REQUEST' ? undefined : 'Authorization';
  const header = /^method\.request\.header\.([^,\s]+)$/.exec(identitySource)?.[1];
  return header?.toLowerCase() === UNUSED.toLowerCase() ? undefined : header;
}

function authorizerExtension(authorizer: AuthorizerModel): Json {
  return {
    type: authorizer.type.toLowerCase(),
    providerARNs: authorizer.providerArns.length > 0 ? authorizer.providerArns : undefined,
    authorizerUri: authorizer.authorizerUri,
    authorizerCredentials: authorizer.authorizerCredentials,
    // Elsewhere it is the scheme's header.
    identitySource: authorizer.type === 'REQUEST' || !sourceHeader(authorizer) ? authorizer.identitySource : undefined,
    identityValidationExpression: authorizer.identityValidationExpression,
    authorizerResultTtlInSeconds: authorizer.authorizerResultTtlInSeconds,
  };
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  while (taken.has(name)) name += '_';
  return name;
}
