import type { MethodModel, MethodSettingModel, RestApiModel, StageModel } from '@gatehouse/api-model';
import {
  compileDeployment,
  compileStage,
  refuseUnenforceable,
  unenforceableOfStage,
  type NamedByStage,
} from '@gatehouse/compiler';
import type { DataPlaneKey, Scope, TestInvocation } from '@gatehouse/snapshot';

/** What a test gives in place of a stage. */
export interface TestStageInput {
  stageName: string;
  stageVariables: Record<string, string> | undefined;
  /** What the account has of what the test and its method name. */
  named?: NamedByStage;
}

/** Everything is logged, and nothing is limited or kept. */
const SETTING: MethodSettingModel = {
  metricsEnabled: false,
  loggingLevel: 'INFO',
  dataTraceEnabled: true,
  throttlingBurstLimit: -1,
  throttlingRateLimit: -1,
  cachingEnabled: false,
  cacheTtlInSeconds: 0,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'FAIL_WITH_403',
};

/**
 * Compiles one method of an API as it is now, and a stage for it, as a deployment would be. What guards the API as a whole and how it is reached are left out: a test is the
 * administrator's, and comes by no address. Throws `BadRequestException`, also for what gateways cannot enforce, by name.
 */
export function testDocuments(
  model: RestApiModel,
  path: { id: string; path: string },
  method: MethodModel,
  { stageName, stageVariables = {}, named = {} }: TestStageInput,
  context: { scope: Scope; key: DataPlaneKey },
): Pick<TestInvocation, 'deployment' | 'stage'> {
  const tested: RestApiModel = {
    ...model,
    policy: undefined,
    minimumCompressionSize: undefined,
    securityPolicy: undefined,
    endpointAccessMode: undefined,
    endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
    resources: [{ ...path, methods: [method] }],
  } as RestApiModel;
  const { body, hash, unenforceable } = compileDeployment(tested, context);
  const stage: StageModel = {
    apiId: model.apiId,
    stageName,
    // A test is of no deployment.
    deploymentId: '',
    variables: stageVariables,
    methodSettings: { '*/*': SETTING },
    cacheClusterEnabled: false,
    tracingEnabled: false,
  };
  refuseUnenforceable([...unenforceable, ...unenforceableOfStage(stage)]);
  return { deployment: body, stage: compileStage(stage, { deployment: hash, canary: null }, named) };
}
