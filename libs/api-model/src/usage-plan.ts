export interface ThrottleModel {
  burstLimit?: number;
  /** Requests a second; may be a fraction. */
  rateLimit?: number;
}

export interface QuotaModel {
  limit: number;
  /** Requests taken off the limit in the first period. */
  offset: number;
  period: 'DAY' | 'WEEK' | 'MONTH';
}

export interface UsagePlanModel {
  usagePlanId: string;
  createdDate: Date;
  throttle?: ThrottleModel;
  quota?: QuotaModel;
  apiStages: ApiStageModel[];
}

export interface ApiStageModel {
  apiId: string;
  stage: string;
  /** `{resource path}/{VERB}` -> limit. */
  throttle?: Record<string, ThrottleModel>;
}

export interface ApiKeyModel {
  apiKeyId: string;
  /** SHA-256 of the value, hexadecimal. */
  valueHash: string;
  enabled: boolean;
  usagePlanIds: string[];
}
