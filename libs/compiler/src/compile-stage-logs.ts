import type { MethodSettingModel, StageModel } from '@gatehouse/api-model';
import type { AccessLogSnapshot, ExecutionLogSnapshot } from '@gatehouse/snapshot';
import type { Refusals } from './unenforceable-settings.js';

const LOG_GROUP = /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:([^:]+)(?::\*)?$/;

/** Where a stage's requests are logged; AWS does that where both destination and format are there. */
export function compileAccessLog({ accessLogSettings }: StageModel): { accessLog?: AccessLogSnapshot } {
  const { destinationArn, format } = accessLogSettings ?? {};
  const logGroup = destinationArn && LOG_GROUP.exec(destinationArn)?.[1];
  return logGroup && format ? { accessLog: { logGroup, format } } : {};
}

/** Gateways write to log groups only. */
export function refuseDestination({ accessLogSettings }: StageModel, refusals: Refusals): void {
  const { destinationArn } = accessLogSettings ?? {};
  refusals.when(destinationArn && !LOG_GROUP.test(destinationArn), `accessLogSettings destinationArn ${destinationArn}`);
}

/** What the execution log tells of the requests to methods. */
export function compileExecutionLog({ loggingLevel, dataTraceEnabled }: MethodSettingModel): {
  executionLog?: ExecutionLogSnapshot;
} {
  if (loggingLevel !== 'ERROR' && loggingLevel !== 'INFO') return {};
  return { executionLog: { level: loggingLevel, dataTrace: dataTraceEnabled } };
}
