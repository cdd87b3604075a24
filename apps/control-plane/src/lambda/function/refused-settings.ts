import type { CreateFunctionRequest, UpdateFunctionConfigurationRequest } from '@gatehouse/admin-contract/lambda';
import { unsupported } from '../refusals.js';

type Settings = Partial<CreateFunctionRequest> & Partial<UpdateFunctionConfigurationRequest>;

/** Settings that would have to be enforced and are not: whether a request has one, and why it cannot be had. Values that mean "none" are taken. */
const REFUSED: readonly [member: string, isAsked: (settings: Settings) => boolean, reason: string][] = [
  ['PackageType Image', ({ PackageType }) => PackageType === 'Image', 'functions are made of zip archives'],
  ['ImageConfig', ({ ImageConfig }) => hasAny(ImageConfig), 'functions are made of zip archives'],
  ['Layers', ({ Layers }) => isFilled(Layers), 'put what they hold into the archive of the function'],
  [
    'VpcConfig',
    ({ VpcConfig }) => isFilled(VpcConfig?.SubnetIds) || isFilled(VpcConfig?.SecurityGroupIds),
    'functions use the network of their host',
  ],
  ['FileSystemConfigs', ({ FileSystemConfigs }) => isFilled(FileSystemConfigs), 'no file systems can be mounted'],
  [
    'DeadLetterConfig',
    ({ DeadLetterConfig }) => !!DeadLetterConfig?.TargetArn,
    'there are no queues that failed events could go to',
  ],
  ['KMSKeyArn', ({ KMSKeyArn }) => !!KMSKeyArn, 'variables are sealed under the key of this installation'],
  ['CodeSigningConfigArn', ({ CodeSigningConfigArn }) => !!CodeSigningConfigArn, 'signatures of archives are not verified'],
  ['SnapStart', ({ SnapStart }) => (SnapStart?.ApplyOn ?? 'None') !== 'None', 'no snapshots are made of started functions'],
  ['TracingConfig Active', ({ TracingConfig }) => TracingConfig?.Mode === 'Active', 'invocations are not traced'],
  ['LoggingConfig LogFormat JSON', ({ LoggingConfig }) => LoggingConfig?.LogFormat === 'JSON', 'logs are text'],
  [
    'LoggingConfig ApplicationLogLevel',
    ({ LoggingConfig }) => !!LoggingConfig?.ApplicationLogLevel,
    'logs are text, all of which is kept',
  ],
  ['LoggingConfig SystemLogLevel', ({ LoggingConfig }) => !!LoggingConfig?.SystemLogLevel, 'logs are text, all of which is kept'],
  ['DurableConfig', ({ DurableConfig }) => hasAny(DurableConfig), 'executions are not durable'],
  ['TenancyConfig', ({ TenancyConfig }) => hasAny(TenancyConfig), 'tenants of one function are not isolated from one another'],
  ['CapacityProviderConfig', ({ CapacityProviderConfig }) => hasAny(CapacityProviderConfig), 'there are no capacity providers'],
  ['PublishTo', ({ PublishTo }) => !!PublishTo, 'there are no capacity providers'],
];

/** Throws `InvalidParameterValueException`, which names the setting, when a request asks for something that would not be enforced. */
export function refuseUnenforced(settings: Settings): void {
  const refused = REFUSED.find(([, isAsked]) => isAsked(settings));
  if (refused) throw unsupported(refused[0], refused[2]);
}

const isFilled = (list: readonly unknown[] | undefined) => (list?.length ?? 0) > 0;
const hasAny = (structure: object | undefined) => Object.values(structure ?? {}).some((value) => value !== undefined);
