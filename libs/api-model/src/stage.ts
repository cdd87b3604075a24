/** The settings of one stage, as the admin API keeps them. */
export interface StageModel {
  apiId: string;
  stageName: string;
  deploymentId: string;
  variables: Record<string, string>;
  /** Key as AWS prints it: a resource path and a verb, slashes of the path written `~1`; both are `*` in the wildcard. */
  methodSettings: Record<string, MethodSettingModel>;
  cacheClusterEnabled: boolean;
  cacheClusterSize?: string;
  /** Another one since the cache was flushed. */
  cacheEpoch?: string;
  /** Another one since the decisions of authorizers were flushed. */
  decisionsEpoch?: string;
  clientCertificateId?: string;
  tracingEnabled: boolean;
  accessLogSettings?: { destinationArn?: string; format?: string };
  canarySettings?: CanarySettingsModel;
  webAclArn?: string;
}

export interface CanarySettingsModel {
  /** 0.0..100.0 */
  percentTraffic?: number;
  deploymentId?: string;
  stageVariableOverrides?: Record<string, string>;
  useStageCache?: boolean;
}

export interface MethodSettingModel {
  metricsEnabled: boolean;
  loggingLevel?: string;
  dataTraceEnabled: boolean;
  /** -1 means the account's limit. */
  throttlingBurstLimit: number;
  /** Requests a second; -1 means the account's limit. */
  throttlingRateLimit: number;
  cachingEnabled: boolean;
  cacheTtlInSeconds: number;
  cacheDataEncrypted: boolean;
  requireAuthorizationForCacheControl: boolean;
  unauthorizedCacheControlHeaderStrategy: string;
}
