import { AwsError } from '@gatehouse/aws-wire';
import type { LimitsProfile } from '../config.js';

interface Quota {
  /** What AWS calls the things that are counted. */
  things: string;
  /** Whose things are counted. */
  owner: 'API' | 'account' | 'stage' | 'usage plan' | 'API Key' | 'custom domain name' | 'function';
  /** AWS's default. */
  aws: number;
  /** Where AWS's quotas do not hold: what one owner may cost at most. Without limit where more of them cost the others nothing. */
  none: number;
}

/** How many of each there may be. Source: Amazon API Gateway developer guide, quotas for configuring and running a REST API. */
export const QUOTAS = {
  regionalApis: { things: 'Regional APIs', owner: 'account', aws: 600, none: Infinity },
  edgeApis: { things: 'Edge-optimized APIs', owner: 'account', aws: 120, none: Infinity },
  privateApis: { things: 'Private APIs', owner: 'account', aws: 600, none: Infinity },
  resources: { things: 'resources', owner: 'API', aws: 300, none: 100_000 },
  stages: { things: 'stages', owner: 'API', aws: 10, none: 1_000 },
  stageVariables: { things: 'stage variables', owner: 'stage', aws: 100, none: 1_000 },
  // AWS documents none; there is an entry of a method, its resource and the wildcard at most.
  methodSettings: { things: 'method settings', owner: 'stage', aws: 3_000, none: 10_000 },
  models: { things: 'models', owner: 'API', aws: 10_000, none: 100_000 },
  authorizers: { things: 'authorizers', owner: 'API', aws: 10, none: 1_000 },
  // AWS documents none.
  requestValidators: { things: 'request validators', owner: 'API', aws: 5_000, none: 5_000 },
  documentationParts: { things: 'documentation parts', owner: 'API', aws: 2_000, none: 100_000 },
  apiKeys: { things: 'API Keys', owner: 'account', aws: 10_000, none: Infinity },
  usagePlans: { things: 'Usage Plans', owner: 'account', aws: 300, none: Infinity },
  usagePlansOfKey: { things: 'Usage Plans', owner: 'API Key', aws: 10, none: 100 },
  methodThrottles: { things: 'method throttles of an API stage', owner: 'usage plan', aws: 20, none: 1_000 },
  clientCertificates: { things: 'client certificates', owner: 'account', aws: 60, none: 10_000 },
  vpcLinks: { things: 'VPC links', owner: 'account', aws: 20, none: 10_000 },
  domainNames: { things: 'custom domain names', owner: 'account', aws: 120, none: Infinity },
  // AWS documents none of these two but the bytes of all archives; one document holds all of a function.
  functionVersions: { things: 'versions', owner: 'function', aws: 2_000, none: 2_000 },
  functionAliases: { things: 'aliases', owner: 'function', aws: 1_000, none: 1_000 },
  basePathMappings: { things: 'API mappings', owner: 'custom domain name', aws: 200, none: 2_000 },
} satisfies Record<string, Quota>;

export type QuotaName = keyof typeof QUOTAS;

/** Most that there may be. */
export const quotaOf = (name: QuotaName, profile: LimitsProfile): number => QUOTAS[name][profile];

/** Throws `LimitExceededException` in AWS's words when `count` of them are more than there may be. */
export function checkQuota(name: QuotaName, profile: LimitsProfile, count: number): void {
  if (count > quotaOf(name, profile)) throw quotaExceeded(name);
}

/** What is answered where one more would be too many. */
export function quotaExceeded(name: QuotaName): AwsError {
  const { things, owner } = QUOTAS[name];
  return new AwsError('LimitExceededException', `Maximum number of ${things} for this ${owner} has been reached.`);
}
