import { compileJavaPattern } from '@gatehouse/patterns';
import type { AuthorizerModel, MethodModel } from '@gatehouse/api-model';
import { parseFunctionArn, parseLambdaUri } from '@gatehouse/lambda-contract';
import type { AuthorizationSnapshot, AuthorizerSnapshot, IdentitySource, PatternProgram } from '@gatehouse/snapshot';
import { Refusals } from './unenforceable-settings.js';

/** Seconds for which decisions hold where an authorizer says nothing. Source: AWS, CreateAuthorizer. */
const DEFAULT_TTL = 300;

const HEADER_SOURCE = /^method\.request\.header\.(.+)$/;
const IDENTITY_SOURCE = /^(?:method\.request\.(header|querystring)|(stageVariables|context))\.(.+)$/;
const STAGE_VARIABLE = /\$\{stageVariables\.[^}]*\}/;
/** Region and pool go into an address at AWS where no gateway has another issuer for the pool. */
const POOL_ARN = /^arn:aws:cognito-idp:[a-z]{2}(?:-[a-z]+)+-\d:\d{12}:userpool\/[\w-]+_[0-9A-Za-z]+$/;

/** The authorizers of an API, compiled when a method first asks for them. */
export class Authorizers {
  private readonly models: ReadonlyMap<string, AuthorizerModel>;
  private readonly compiled = new Map<string, Compiled>();

  constructor(models: readonly AuthorizerModel[]) {
    this.models = new Map(models.map((model) => [model.id, model]));
  }

  /** Who may call a method; undefined for everyone, and, with the reason added to `refusals`, where that cannot be enforced. */
  authorizationOf(method: MethodModel, refusals: Refusals): AuthorizationSnapshot | undefined {
    const { authorizationType: type, authorizationScopes: scopes = [] } = method;
    if (type !== 'COGNITO_USER_POOLS') refusals.when(scopes.length, 'authorizationScopes');
    switch (type) {
      case 'NONE':
        return undefined;
      case 'AWS_IAM':
        return { type };
      case 'CUSTOM': {
        const authorizerId = this.require(method, (authorizer) => authorizer !== 'COGNITO_USER_POOLS', refusals);
        return authorizerId === undefined ? undefined : { type, authorizerId };
      }
      case 'COGNITO_USER_POOLS': {
        const authorizerId = this.require(method, (authorizer) => authorizer === 'COGNITO_USER_POOLS', refusals);
        return authorizerId === undefined ? undefined : { type, authorizerId, scopes: [...new Set(scopes)].sort() };
      }
      default:
        refusals.add(`authorizationType ${type}`);
        return undefined;
    }
  }

  /** Those that were asked for and can be enforced, by id. */
  get snapshots(): AuthorizerSnapshot[] {
    const snapshots = [...this.compiled.values()].flatMap(({ snapshot }) => snapshot ?? []);
    return snapshots.sort((a, b) => (a.authorizerId < b.authorizerId ? -1 : 1));
  }

  private require(method: MethodModel, fits: (type: AuthorizerModel['type']) => boolean, refusals: Refusals): string | undefined {
    const { authorizerId = '', authorizationType } = method;
    const model = this.models.get(authorizerId);
    if (model === undefined || !fits(model.type)) {
      refusals.add(`authorizationType ${authorizationType} without an authorizer that fits`);
      return undefined;
    }
    let compiled = this.compiled.get(authorizerId);
    if (!compiled) this.compiled.set(authorizerId, (compiled = compile(model)));
    for (const setting of compiled.refused) refusals.add(`authorizer ${model.name}: ${setting}`);
    return compiled.snapshot && authorizerId;
  }
}

interface Compiled {
  snapshot: AuthorizerSnapshot | undefined;
  /** What cannot be enforced. */
  refused: string[];
}

function compile(model: AuthorizerModel): Compiled {
  const refused: string[] = [];
  const snapshot =
    model.type === 'COGNITO_USER_POOLS' ? compileUserPools(model, refused) : compileLambda(model, model.type, refused);
  return { snapshot: refused.length === 0 ? snapshot : undefined, refused };
}

function compileLambda(model: AuthorizerModel, type: 'TOKEN' | 'REQUEST', refused: string[]): AuthorizerSnapshot {
  const { id: authorizerId, authorizerResultTtlInSeconds = DEFAULT_TTL } = model;
  if (model.authorizerCredentials) refused.push('authorizerCredentials');
  const functionArn = compileUri(model, refused);
  if (type === 'TOKEN') {
    const header = compileHeader(model, refused);
    return {
      authorizerId,
      type,
      functionArn,
      ttlInSeconds: authorizerResultTtlInSeconds,
      header,
      ...compileValidation(model, refused),
    };
  }
  const sources = (model.identitySource ?? '').split(',').flatMap((source) => compileSource(source.trim(), refused));
  // What nothing tells apart is not remembered.
  return { authorizerId, type, functionArn, ttlInSeconds: sources.length === 0 ? 0 : authorizerResultTtlInSeconds, sources };
}

function compileUserPools(model: AuthorizerModel, refused: string[]): AuthorizerSnapshot {
  const poolArns = [...new Set(model.providerArns)].sort();
  if (poolArns.length === 0) refused.push('no providerARNs');
  for (const arn of poolArns) if (!POOL_ARN.test(arn)) refused.push(`providerARNs ${arn}, which is no user pool`);
  const header = compileHeader(model, refused);
  return { authorizerId: model.id, type: 'COGNITO_USER_POOLS', poolArns, header, ...compileValidation(model, refused) };
}

function compileUri({ authorizerUri = '' }: AuthorizerModel, refused: string[]): string {
  const lambda = parseLambdaUri(authorizerUri);
  const fits = lambda !== null && !lambda.streams;
  if (!fits || !(STAGE_VARIABLE.test(lambda.functionArn) || parseFunctionArn(lambda.functionArn) !== null)) {
    refused.push('authorizerUri that calls no function');
  }
  return lambda?.functionArn ?? '';
}

function compileHeader({ identitySource = '' }: AuthorizerModel, refused: string[]): string {
  const header = HEADER_SOURCE.exec(identitySource)?.[1];
  if (header === undefined) refused.push(`identitySource ${identitySource}`);
  return header?.toLowerCase() ?? '';
}

function compileSource(source: string, refused: string[]): IdentitySource[] {
  if (source === '') return [];
  const [, inRequest, inStage, name] = IDENTITY_SOURCE.exec(source) ?? [];
  const place = inRequest ?? inStage;
  if (name === undefined || place === undefined) {
    refused.push(`identitySource ${source}`);
    return [];
  }
  return [{ in: place as IdentitySource['in'], name: place === 'header' ? name.toLowerCase() : name }];
}

/** Source: AWS, which takes Java's regular expressions, each for the whole of a text. */
function compileValidation(
  { identityValidationExpression: expression }: AuthorizerModel,
  refused: string[],
): { validation?: PatternProgram } {
  if (!expression) return {};
  const validation = compileJavaPattern(expression);
  if (validation === undefined) refused.push(`identityValidationExpression ${expression}`);
  return { ...(validation && { validation }) };
}
