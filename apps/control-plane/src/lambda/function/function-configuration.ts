import type { CreateFunctionRequest, UpdateFunctionConfigurationRequest } from '@gatehouse/admin-contract/lambda';
import type { Scope, SealingKey } from '@gatehouse/snapshot';
import { invalidParameter, validationError } from '../refusals.js';
import { checkVariables } from './environment-rules.js';
import type { FunctionVersionEntity, ToldSettings } from './function-version.entity.js';
import { refuseUnenforced } from './refused-settings.js';
import { checkRuntime } from './runtimes.js';
import { sealEnvironment } from './sealed-environment.js';

/** What requests can set of a version beside its code. */
export type FunctionConfigurationColumns = Pick<
  FunctionVersionEntity,
  'runtime' | 'role' | 'handler' | 'description' | 'timeout' | 'memorySize' | 'environmentSealed' | 'settings'
>;

type Settings = Partial<Omit<CreateFunctionRequest, 'Code' | 'FunctionName'>> & Partial<UpdateFunctionConfigurationRequest>;

/** Where a configuration belongs, and what its variables are sealed with. */
interface Owner {
  scope: Scope;
  functionName: string;
  atRestKey: SealingKey;
}

/** Of functions made of archives. Source: AWS Lambda quotas. */
const MOST_SECONDS = 900;
const MOST_MEGABYTES = 10_240;

/** The configuration of a new function, with AWS's defaults. Throws `InvalidParameterValueException` or `ValidationException`. */
export function newConfiguration(input: CreateFunctionRequest, owner: Owner): FunctionConfigurationColumns {
  refuseUnenforced(input);
  if (!input.Runtime || !input.Handler) {
    throw invalidParameter('Runtime and Handler are mandatory parameters for functions created with deployment packages.');
  }
  const nothing = { runtime: '', role: '', handler: '', description: '', timeout: 3, memorySize: 128 };
  return changedConfiguration({ ...nothing, environmentSealed: null, settings: {} }, input, owner);
}

/** `current` with what a request says of it; what it does not say stays. Throws as `newConfiguration`. */
export function changedConfiguration(
  current: FunctionConfigurationColumns,
  input: Settings,
  owner: Owner,
): FunctionConfigurationColumns {
  refuseUnenforced(input);
  if ((input.Timeout ?? 0) > MOST_SECONDS) {
    throw validationError(input.Timeout, 'timeout', `Member must have value less than or equal to ${MOST_SECONDS}`);
  }
  if ((input.MemorySize ?? 0) > MOST_MEGABYTES) {
    throw validationError(input.MemorySize, 'memorySize', `Member must have value less than or equal to ${MOST_MEGABYTES}`);
  }
  const { scope, functionName, atRestKey } = owner;
  return {
    runtime: input.Runtime === undefined ? current.runtime : checkRuntime(input.Runtime),
    role: input.Role ?? current.role,
    handler: input.Handler ?? current.handler,
    description: input.Description ?? current.description,
    timeout: input.Timeout ?? current.timeout,
    memorySize: input.MemorySize ?? current.memorySize,
    environmentSealed:
      input.Environment === undefined
        ? current.environmentSealed
        : sealEnvironment(atRestKey, scope, functionName, checkVariables(input.Environment.Variables ?? {})),
    settings: { ...current.settings, ...toldSettings(input) },
  };
}

function toldSettings({ Architectures, EphemeralStorage, TracingConfig, LoggingConfig }: Settings): ToldSettings {
  return {
    ...(Architectures?.[0] && { architectures: Architectures }),
    ...(EphemeralStorage && { ephemeralStorage: EphemeralStorage.Size }),
    ...(TracingConfig?.Mode && { tracingMode: TracingConfig.Mode }),
    ...(LoggingConfig?.LogGroup && { loggingConfig: { LogGroup: LoggingConfig.LogGroup } }),
  };
}
