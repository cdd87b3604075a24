// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../validation/member.js';
import { ApplicationLogLevel, ApplyOn, LogFormat, S3ObjectStorageMode, SystemLogLevel, TenantIsolationMode, TracingConfigMode } from './enums.js';

@ApiSchema({ name: 'lambda.LambdaManagedInstancesCapacityProviderConfig' })
export class LambdaManagedInstancesCapacityProviderConfig {
  @Member({ type: 'string', pattern: 'arn:aws[a-zA-Z-]*:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:capacity-provider:[a-zA-Z0-9-_]+', min: 1, max: 140, required: true })
  CapacityProviderArn!: string;

  @Member({ type: 'integer', min: 1, max: 1600 })
  PerExecutionEnvironmentMaxConcurrency?: number;

  @Member({ type: 'double', min: 2, max: 8 })
  ExecutionEnvironmentMemoryGiBPerVCpu?: number;
}

@ApiSchema({ name: 'lambda.CapacityProviderConfig' })
export class CapacityProviderConfig {
  @Member({ type: LambdaManagedInstancesCapacityProviderConfig, required: true })
  LambdaManagedInstancesCapacityProviderConfig!: LambdaManagedInstancesCapacityProviderConfig;
}

@ApiSchema({ name: 'lambda.Concurrency' })
export class Concurrency {
  @Member({ type: 'integer', min: 0 })
  ReservedConcurrentExecutions?: number;
}

@ApiSchema({ name: 'lambda.DeadLetterConfig' })
export class DeadLetterConfig {
  @Member({ type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()', min: 0, max: 10000 })
  TargetArn?: string;
}

@ApiSchema({ name: 'lambda.DurableConfig' })
export class DurableConfig {
  @Member({ type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()', min: 0, max: 10000 })
  KMSKeyArn?: string;

  @Member({ type: 'integer', min: 1, max: 90 })
  RetentionPeriodInDays?: number;

  @Member({ type: 'integer', min: 1, max: 31622400 })
  ExecutionTimeout?: number;
}

@ApiSchema({ name: 'lambda.Environment' })
export class Environment {
  @Member({ type: 'map', keys: { type: 'string', pattern: '[a-zA-Z]([a-zA-Z0-9_])+', sensitive: true }, values: { type: 'string', sensitive: true } })
  Variables?: Record<string, string>;
}

@ApiSchema({ name: 'lambda.EnvironmentError' })
export class EnvironmentError {
  @Member({ type: 'string' })
  ErrorCode?: string;

  @Member({ type: 'string', sensitive: true })
  Message?: string;
}

@ApiSchema({ name: 'lambda.EnvironmentResponse' })
export class EnvironmentResponse {
  @Member({ type: 'map', keys: { type: 'string', pattern: '[a-zA-Z]([a-zA-Z0-9_])+', sensitive: true }, values: { type: 'string', sensitive: true } })
  Variables?: Record<string, string>;

  @Member({ type: EnvironmentError })
  Error?: EnvironmentError;
}

@ApiSchema({ name: 'lambda.EphemeralStorage' })
export class EphemeralStorage {
  @Member({ type: 'integer', min: 512, max: 10240, required: true })
  Size!: number;
}

@ApiSchema({ name: 'lambda.FileSystemConfig' })
export class FileSystemConfig {
  @Member({ type: 'string', pattern: 'arn:aws[a-zA-Z-]*:elasticfilesystem:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:access-point/fsap-[a-f0-9]{17}$|^arn:aws[-a-z]*:s3files:[0-9a-z-:]+:file-system/fs-[0-9a-f]{17,40}/access-point/fsap-[0-9a-f]{17,40}', min: 0, max: 256, required: true })
  Arn!: string;

  @Member({ type: 'string', pattern: '/mnt/[a-zA-Z0-9-_.]+', min: 0, max: 160, required: true })
  LocalMountPath!: string;
}

@ApiSchema({ name: 'lambda.FunctionCode' })
export class FunctionCode {
  @Member({ type: 'blob', sensitive: true })
  ZipFile?: Buffer;

  @Member({ type: 'string', pattern: '[0-9A-Za-z\\.\\-_]*(?<!\\.)', min: 3, max: 63 })
  S3Bucket?: string;

  @Member({ type: 'string', pattern: '.*', min: 1, max: 1024 })
  S3Key?: string;

  @Member({ type: 'string', pattern: '.*', min: 1, max: 1024 })
  S3ObjectVersion?: string;

  @Member({ type: 'string', enum: S3ObjectStorageMode })
  S3ObjectStorageMode?: S3ObjectStorageMode;

  @Member({ type: 'string' })
  ImageUri?: string;

  @Member({ type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()', min: 0, max: 10000 })
  SourceKMSKeyArn?: string;
}

@ApiSchema({ name: 'lambda.ResolvedS3Object' })
export class ResolvedS3Object {
  @Member({ type: 'string', pattern: '[0-9A-Za-z\\.\\-_]*(?<!\\.)', min: 3, max: 63 })
  S3Bucket?: string;

  @Member({ type: 'string', pattern: '.*', min: 1, max: 1024 })
  S3Key?: string;

  @Member({ type: 'string', pattern: '.*', min: 1, max: 1024 })
  S3ObjectVersion?: string;
}

@ApiSchema({ name: 'lambda.FunctionCodeLocationError' })
export class FunctionCodeLocationError {
  @Member({ type: 'string' })
  ErrorCode?: string;

  @Member({ type: 'string', sensitive: true })
  Message?: string;
}

@ApiSchema({ name: 'lambda.FunctionCodeLocation' })
export class FunctionCodeLocation {
  @Member({ type: 'string' })
  RepositoryType?: string;

  @Member({ type: 'string', min: 0, max: 10000 })
  Location?: string;

  @Member({ type: 'string' })
  ImageUri?: string;

  @Member({ type: 'string' })
  ResolvedImageUri?: string;

  @Member({ type: ResolvedS3Object })
  ResolvedS3Object?: ResolvedS3Object;

  @Member({ type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()', min: 0, max: 10000 })
  SourceKMSKeyArn?: string;

  @Member({ type: FunctionCodeLocationError })
  Error?: FunctionCodeLocationError;
}

@ApiSchema({ name: 'lambda.VpcConfigResponse' })
export class VpcConfigResponse {
  @Member({ type: 'list', of: { type: 'string', pattern: 'subnet-[0-9a-z]*', min: 0, max: 1024 }, min: 0, max: 16 })
  SubnetIds?: string[];

  @Member({ type: 'list', of: { type: 'string', pattern: 'sg-[0-9a-zA-Z]*', min: 0, max: 1024 }, min: 0, max: 5 })
  SecurityGroupIds?: string[];

  @Member({ type: 'string' })
  VpcId?: string;

  @Member({ type: 'boolean' })
  Ipv6AllowedForDualStack?: boolean;
}

@ApiSchema({ name: 'lambda.TracingConfigResponse' })
export class TracingConfigResponse {
  @Member({ type: 'string', enum: ['Active', 'PassThrough'] })
  Mode?: string;
}

@ApiSchema({ name: 'lambda.Layer' })
export class Layer {
  @Member({ type: 'string', pattern: '((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))', min: 1, max: 2048 })
  Arn?: string;

  @Member({ type: 'long' })
  CodeSize?: number;

  @Member({ type: 'string', pattern: 'arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)', min: 0, max: 10000 })
  SigningProfileVersionArn?: string;

  @Member({ type: 'string', pattern: 'arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)', min: 0, max: 10000 })
  SigningJobArn?: string;
}

@ApiSchema({ name: 'lambda.ImageConfig' })
export class ImageConfig {
  @Member({ type: 'list', of: { type: 'string' }, min: 0, max: 1500 })
  EntryPoint?: string[];

  @Member({ type: 'list', of: { type: 'string' }, min: 0, max: 1500 })
  Command?: string[];

  @Member({ type: 'string', min: 0, max: 1000 })
  WorkingDirectory?: string;
}

@ApiSchema({ name: 'lambda.ImageConfigError' })
export class ImageConfigError {
  @Member({ type: 'string' })
  ErrorCode?: string;

  @Member({ type: 'string', sensitive: true })
  Message?: string;
}

@ApiSchema({ name: 'lambda.ImageConfigResponse' })
export class ImageConfigResponse {
  @Member({ type: ImageConfig })
  ImageConfig?: ImageConfig;

  @Member({ type: ImageConfigError })
  Error?: ImageConfigError;
}

@ApiSchema({ name: 'lambda.SnapStartResponse' })
export class SnapStartResponse {
  @Member({ type: 'string', enum: ['PublishedVersions', 'None'] })
  ApplyOn?: string;

  @Member({ type: 'string', enum: ['On', 'Off'] })
  OptimizationStatus?: string;
}

@ApiSchema({ name: 'lambda.RuntimeVersionError' })
export class RuntimeVersionError {
  @Member({ type: 'string' })
  ErrorCode?: string;

  @Member({ type: 'string', sensitive: true })
  Message?: string;
}

@ApiSchema({ name: 'lambda.RuntimeVersionConfig' })
export class RuntimeVersionConfig {
  @Member({ type: 'string', pattern: 'arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}::runtime:.+', min: 26, max: 2048 })
  RuntimeVersionArn?: string;

  @Member({ type: RuntimeVersionError })
  Error?: RuntimeVersionError;
}

@ApiSchema({ name: 'lambda.LoggingConfig' })
export class LoggingConfig {
  @Member({ type: 'string', enum: LogFormat })
  LogFormat?: LogFormat;

  @Member({ type: 'string', enum: ApplicationLogLevel })
  ApplicationLogLevel?: ApplicationLogLevel;

  @Member({ type: 'string', enum: SystemLogLevel })
  SystemLogLevel?: SystemLogLevel;

  @Member({ type: 'string', pattern: '[\\.\\-_/#A-Za-z0-9]+', min: 1, max: 512 })
  LogGroup?: string;
}

@ApiSchema({ name: 'lambda.TenancyConfig' })
export class TenancyConfig {
  @Member({ type: 'string', enum: TenantIsolationMode, required: true })
  TenantIsolationMode!: TenantIsolationMode;
}

@ApiSchema({ name: 'lambda.FunctionConfiguration' })
export class FunctionConfiguration {
  @Member({ type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:|(((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?))(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?', min: 1, max: 256 })
  FunctionName?: string;

  @Member({ type: 'string', pattern: 'arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9-_\\.]+(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?', min: 0, max: 10000 })
  FunctionArn?: string;

  @Member({ type: 'string', enum: ['nodejs', 'nodejs4.3', 'nodejs6.10', 'nodejs8.10', 'nodejs10.x', 'nodejs12.x', 'nodejs14.x', 'nodejs16.x', 'nodejs18.x', 'nodejs20.x', 'nodejs22.x', 'nodejs24.x', 'java8', 'java8.al2', 'java11', 'java17', 'java21', 'java25', 'python2.7', 'python3.6', 'python3.7', 'python3.8', 'python3.9', 'python3.10', 'python3.11', 'python3.12', 'python3.13', 'python3.14', 'dotnetcore1.0', 'dotnetcore2.0', 'dotnetcore2.1', 'dotnetcore3.1', 'dotnet6', 'dotnet8', 'dotnet10', 'nodejs4.3-edge', 'go1.x', 'ruby2.5', 'ruby2.7', 'ruby3.2', 'ruby3.3', 'ruby3.4', 'ruby4.0', 'provided', 'provided.al2', 'provided.al2023', 'nodejs26.x', 'python3.15', 'java8.al2023', 'java11.al2023', 'java17.al2023'] })
  Runtime?: string;

  @Member({ type: 'string', pattern: 'arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+', min: 0, max: 10000 })
  Role?: string;

  @Member({ type: 'string', pattern: '[^\\s]+', min: 0, max: 128 })
  Handler?: string;

  @Member({ type: 'long' })
  CodeSize?: number;

  @Member({ type: 'string', min: 0, max: 256 })
  Description?: string;

  @Member({ type: 'integer', min: 1, max: 5400 })
  Timeout?: number;

  @Member({ type: 'integer', min: 128, max: 32768 })
  MemorySize?: number;

  @Member({ type: 'string', pattern: '.*', min: 0, max: 100 })
  LastModified?: string;

  @Member({ type: 'string' })
  CodeSha256?: string;

  @Member({ type: 'string', pattern: '(\\$LATEST|[0-9]+)', min: 1, max: 1024 })
  Version?: string;

  @Member({ type: VpcConfigResponse })
  VpcConfig?: VpcConfigResponse;

  @Member({ type: DeadLetterConfig })
  DeadLetterConfig?: DeadLetterConfig;

  @Member({ type: EnvironmentResponse })
  Environment?: EnvironmentResponse;

  @Member({ type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()', min: 0, max: 10000 })
  KMSKeyArn?: string;

  @Member({ type: TracingConfigResponse })
  TracingConfig?: TracingConfigResponse;

  @Member({ type: 'string', pattern: 'arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?', min: 0, max: 10000 })
  MasterArn?: string;

  @Member({ type: 'string' })
  RevisionId?: string;

  @Member({ type: 'list', of: { type: Layer } })
  Layers?: Layer[];

  @Member({ type: 'string', enum: ['Pending', 'Active', 'Inactive', 'Failed', 'Deactivating', 'Deactivated', 'ActiveNonInvocable', 'Deleting'] })
  State?: string;

  @Member({ type: 'string' })
  StateReason?: string;

  @Member({ type: 'string', enum: ['Idle', 'Creating', 'Restoring', 'EniLimitExceeded', 'InsufficientRolePermissions', 'InvalidConfiguration', 'InternalError', 'SubnetOutOfIPAddresses', 'InvalidSubnet', 'InvalidSecurityGroup', 'ImageDeleted', 'ImageAccessDenied', 'InvalidImage', 'KMSKeyAccessDenied', 'KMSKeyNotFound', 'InvalidStateKMSKey', 'DisabledKMSKey', 'EFSIOError', 'EFSMountConnectivityError', 'EFSMountFailure', 'EFSMountTimeout', 'InvalidRuntime', 'InvalidZipFileException', 'FunctionError', 'ServiceQuotaExceededException', 'VcpuLimitExceeded', 'CapacityProviderScalingLimitExceeded', 'InsufficientCapacity', 'EC2RequestLimitExceeded', 'FunctionError.InitTimeout', 'FunctionError.RuntimeInitError', 'FunctionError.ExtensionInitError', 'FunctionError.InvalidEntryPoint', 'FunctionError.InvalidWorkingDirectory', 'FunctionError.PermissionDenied', 'FunctionError.TooManyExtensions', 'FunctionError.InitResourceExhausted', 'DisallowedByVpcEncryptionControl', 'DrainingDurableExecutions', 'DependencyError'] })
  StateReasonCode?: string;

  @Member({ type: 'string', enum: ['Successful', 'Failed', 'InProgress'] })
  LastUpdateStatus?: string;

  @Member({ type: 'string' })
  LastUpdateStatusReason?: string;

  @Member({ type: 'string', enum: ['EniLimitExceeded', 'InsufficientRolePermissions', 'InvalidConfiguration', 'InternalError', 'SubnetOutOfIPAddresses', 'InvalidSubnet', 'InvalidSecurityGroup', 'ImageDeleted', 'ImageAccessDenied', 'InvalidImage', 'KMSKeyAccessDenied', 'KMSKeyNotFound', 'InvalidStateKMSKey', 'DisabledKMSKey', 'EFSIOError', 'EFSMountConnectivityError', 'EFSMountFailure', 'EFSMountTimeout', 'InvalidRuntime', 'InvalidZipFileException', 'FunctionError', 'ServiceQuotaExceededException', 'VcpuLimitExceeded', 'CapacityProviderScalingLimitExceeded', 'InsufficientCapacity', 'EC2RequestLimitExceeded', 'FunctionError.InitTimeout', 'FunctionError.RuntimeInitError', 'FunctionError.ExtensionInitError', 'FunctionError.InvalidEntryPoint', 'FunctionError.InvalidWorkingDirectory', 'FunctionError.PermissionDenied', 'FunctionError.TooManyExtensions', 'FunctionError.InitResourceExhausted', 'DisallowedByVpcEncryptionControl', 'DependencyError'] })
  LastUpdateStatusReasonCode?: string;

  @Member({ type: 'list', of: { type: FileSystemConfig }, min: 0, max: 1 })
  FileSystemConfigs?: FileSystemConfig[];

  @Member({ type: 'string', pattern: 'arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)', min: 0, max: 10000 })
  SigningProfileVersionArn?: string;

  @Member({ type: 'string', pattern: 'arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)', min: 0, max: 10000 })
  SigningJobArn?: string;

  @Member({ type: 'string', enum: ['Zip', 'Image'] })
  PackageType?: string;

  @Member({ type: ImageConfigResponse })
  ImageConfigResponse?: ImageConfigResponse;

  @Member({ type: 'list', of: { type: 'string', enum: ['x86_64', 'arm64'] }, min: 1, max: 1 })
  Architectures?: string[];

  @Member({ type: EphemeralStorage })
  EphemeralStorage?: EphemeralStorage;

  @Member({ type: SnapStartResponse })
  SnapStart?: SnapStartResponse;

  @Member({ type: RuntimeVersionConfig })
  RuntimeVersionConfig?: RuntimeVersionConfig;

  @Member({ type: LoggingConfig })
  LoggingConfig?: LoggingConfig;

  @Member({ type: TenancyConfig })
  TenancyConfig?: TenancyConfig;

  @Member({ type: CapacityProviderConfig })
  CapacityProviderConfig?: CapacityProviderConfig;

  @Member({ type: 'string' })
  ConfigSha256?: string;

  @Member({ type: DurableConfig })
  DurableConfig?: DurableConfig;
}

@ApiSchema({ name: 'lambda.SnapStart' })
export class SnapStart {
  @Member({ type: 'string', enum: ApplyOn })
  ApplyOn?: ApplyOn;
}

@ApiSchema({ name: 'lambda.TagsError' })
export class TagsError {
  @Member({ type: 'string', pattern: '[A-Za-z]+Exception', min: 10, max: 21, required: true })
  ErrorCode!: string;

  @Member({ type: 'string', pattern: '.*', min: 84, max: 1000, required: true })
  Message!: string;
}

@ApiSchema({ name: 'lambda.TracingConfig' })
export class TracingConfig {
  @Member({ type: 'string', enum: TracingConfigMode })
  Mode?: TracingConfigMode;
}

@ApiSchema({ name: 'lambda.VpcConfig' })
export class VpcConfig {
  @Member({ type: 'list', of: { type: 'string', pattern: 'subnet-[0-9a-z]*', min: 0, max: 1024 }, min: 0, max: 16 })
  SubnetIds?: string[];

  @Member({ type: 'list', of: { type: 'string', pattern: 'sg-[0-9a-zA-Z]*', min: 0, max: 1024 }, min: 0, max: 5 })
  SecurityGroupIds?: string[];

  @Member({ type: 'boolean' })
  Ipv6AllowedForDualStack?: boolean;
}

@ApiSchema({ name: 'lambda.AccountLimit' })
export class AccountLimit {
  @Member({ type: 'long' })
  TotalCodeSize?: number;

  @Member({ type: 'long' })
  CodeSizeUnzipped?: number;

  @Member({ type: 'long' })
  CodeSizeZipped?: number;

  @Member({ type: 'integer' })
  ConcurrentExecutions?: number;

  @Member({ type: 'integer', min: 0 })
  UnreservedConcurrentExecutions?: number;
}

@ApiSchema({ name: 'lambda.AccountUsage' })
export class AccountUsage {
  @Member({ type: 'long' })
  TotalCodeSize?: number;

  @Member({ type: 'long' })
  FunctionCount?: number;
}

@ApiSchema({ name: 'lambda.AliasRoutingConfiguration' })
export class AliasRoutingConfiguration {
  @Member({ type: 'map', keys: { type: 'string', pattern: '[0-9]+', min: 1, max: 1024 }, values: { type: 'double', min: 0, max: 1 } })
  AdditionalVersionWeights?: Record<string, number>;
}

@ApiSchema({ name: 'lambda.AliasConfiguration' })
export class AliasConfiguration {
  @Member({ type: 'string', pattern: 'arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?', min: 0, max: 10000 })
  AliasArn?: string;

  @Member({ type: 'string', pattern: '(?!^[0-9]+$)([a-zA-Z0-9-_]+)', min: 1, max: 128 })
  Name?: string;

  @Member({ type: 'string', pattern: '(\\$LATEST|[0-9]+)', min: 1, max: 1024 })
  FunctionVersion?: string;

  @Member({ type: 'string', min: 0, max: 256 })
  Description?: string;

  @Member({ type: AliasRoutingConfiguration })
  RoutingConfig?: AliasRoutingConfiguration;

  @Member({ type: 'string' })
  RevisionId?: string;
}
