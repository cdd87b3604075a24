import type { ServiceIntegration } from '@gatehouse/snapshot';
import type { Exchange } from '../exchange.js';
import { ERRORS, explained, type GatewayError } from '../gateway-response/gateway-error.js';
import type { StepResult } from '../rest-pipeline.js';
import type { ServedStage } from '../stage/served-stage.js';
import type { Upstream } from '../upstream/upstream.js';
import { RoleNotAssumed, RoleSessions, type AwsCredentials } from './role-sessions.js';

export interface AwsServicesOptions {
  readonly upstream: Upstream;
  /** An origin for all services; null for AWS's own. */
  readonly endpoint: string | null;
  /** Origins of some services, by name as in URIs of integrations; they come before `endpoint`. */
  readonly endpoints: ReadonlyMap<string, string>;
  /** Those of whoever runs the gateway, with which it asks for roles and nothing else. */
  readonly credentials: AwsCredentials;
}

/** The services of AWS, or what stands for them, and in whose name they are called. */
export class AwsServices {
  readonly upstream: Upstream;
  readonly roles: RoleSessions;

  constructor(private readonly options: AwsServicesOptions) {
    const { upstream, credentials } = options;
    this.upstream = upstream;
    const originOf = (region: string) => this.originOf({ service: 'sts', host: `sts.${region}.amazonaws.com` });
    this.roles = new RoleSessions({ upstream, credentials, originOf });
  }

  /** Where a service is. */
  originOf({ service, host }: Pick<ServiceIntegration, 'service' | 'host'>): string {
    return this.options.endpoints.get(service) ?? this.options.endpoint ?? `https://${host}`;
  }
}

const STAGE_VARIABLE = /\$\{stageVariables\.([^}]*)\}/g;
const ROLE = /^arn:aws:iam::(\d{12}):role\/[\w+=,.@/-]+$/;

/** A role in whose name a method calls services of AWS. */
export class CallerRole {
  private constructor(
    private readonly sessions: RoleSessions,
    private readonly roleArn: string,
    private readonly region: string,
  ) {}

  /**
   * The role of an integration on one stage: one of the API's own account.
   *
   * @param credentials ARN as in the integration, with `${stageVariables.x}` in it
   * @param region whose STS is asked
   */
  static onStage(credentials: string, region: string, { variables, scope, services }: ServedStage): CallerRole | GatewayError {
    if (services.aws === null) return ERRORS.noAwsCredentials;
    const arn = credentials.replace(STAGE_VARIABLE, (_, name: string) => variables.get(name) ?? '');
    if (ROLE.exec(arn)?.[1] !== scope.accountId) return ERRORS.invalidRole;
    return new CallerRole(services.aws.roles, arn, region);
  }

  /** Gives `take` the role's credentials: at once where they are known. */
  with(take: (credentials: AwsCredentials) => StepResult): StepResult {
    const credentials = this.sessions.of(this.roleArn, this.region);
    if (!(credentials instanceof Promise)) return take(credentials);
    return credentials.then(take, (error: unknown) => {
      if (error instanceof RoleNotAssumed) return explained(ERRORS.roleNotAssumed, error.message);
      throw error;
    });
  }
}

/** What services of AWS are called over. */
export function upstreamOfServices({ stage }: Exchange): Upstream {
  const aws = stage?.services.aws;
  if (!aws) throw new Error('there are no services of AWS');
  return aws.upstream;
}
