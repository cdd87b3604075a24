// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { Architectures, FunctionVersion, PackageType, PublishTo, Runtime, S3ObjectStorageMode } from '../enums.js';
import { CapacityProviderConfig, Concurrency, DeadLetterConfig, DurableConfig, Environment, EphemeralStorage, FileSystemConfig, FunctionCode, FunctionCodeLocation, FunctionConfiguration, ImageConfig, LoggingConfig, SnapStart, TagsError, TenancyConfig, TracingConfig, VpcConfig } from '../shapes.js';
export { FunctionConfiguration } from '../shapes.js';

@ApiSchema({ name: 'lambda.CreateFunctionRequest' })
export class CreateFunctionRequest {
  @Member({ type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?', min: 1, max: 140, required: true })
  FunctionName!: string;

  @Member({ type: 'string', enum: Runtime })
  Runtime?: Runtime;

  @Member({ type: 'string', pattern: 'arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+', min: 0, max: 10000, required: true })
  Role!: string;

  @Member({ type: 'string', pattern: '[^\\s]+', min: 0, max: 128 })
  Handler?: string;

  @Member({ type: FunctionCode, required: true })
  Code!: FunctionCode;

  @Member({ type: 'string', min: 0, max: 256 })
  Description?: string;

  @Member({ type: 'integer', min: 1, max: 5400 })
  Timeout?: number;

  @Member({ type: 'integer', min: 128, max: 32768 })
  MemorySize?: number;

  @Member({ type: 'boolean' })
  Publish?: boolean;

  @Member({ type: 'string', enum: PublishTo })
  PublishTo?: PublishTo;

  @Member({ type: VpcConfig })
  VpcConfig?: VpcConfig;

  @Member({ type: 'string', enum: PackageType })
  PackageType?: PackageType;

  @Member({ type: DeadLetterConfig })
  DeadLetterConfig?: DeadLetterConfig;

  @Member({ type: Environment })
  Environment?: Environment;

  @Member({ type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()', min: 0, max: 10000 })
  KMSKeyArn?: string;

  @Member({ type: TracingConfig })
  TracingConfig?: TracingConfig;

  @Member({ type: 'map', keys: { type: 'string', pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)', min: 1, max: 128 }, values: { type: 'string', pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)', min: 0, max: 256 } })
  Tags?: Record<string, string>;

  @Member({ type: 'list', of: { type: 'string', pattern: '((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))', min: 1, max: 2048 } })
  Layers?: string[];

  @Member({ type: 'list', of: { type: FileSystemConfig }, min: 0, max: 1 })
  FileSystemConfigs?: FileSystemConfig[];

  @Member({ type: 'string', pattern: 'arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:code-signing-config:csc-[a-z0-9]{17}', min: 0, max: 200 })
  CodeSigningConfigArn?: string;

  @Member({ type: ImageConfig })
  ImageConfig?: ImageConfig;

  @Member({ type: 'list', of: { type: 'string', enum: Architectures }, min: 1, max: 1 })
  Architectures?: Architectures[];

  @Member({ type: EphemeralStorage })
  EphemeralStorage?: EphemeralStorage;

  @Member({ type: SnapStart })
  SnapStart?: SnapStart;

  @Member({ type: LoggingConfig })
  LoggingConfig?: LoggingConfig;

  @Member({ type: TenancyConfig })
  TenancyConfig?: TenancyConfig;

  @Member({ type: CapacityProviderConfig })
  CapacityProviderConfig?: CapacityProviderConfig;

  @Member({ type: DurableConfig })
  DurableConfig?: DurableConfig;
}

@ApiSchema({ name: 'lambda.DeleteFunctionRequest' })
export class DeleteFunctionRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:|(((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?))(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?', min: 1, max: 256, required: true })
  FunctionName!: string;

  @Member({ in: 'query', type: 'string', pattern: '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+', min: 1, max: 128 })
  Qualifier?: string;
}

@ApiSchema({ name: 'lambda.GetFunctionRequest' })
export class GetFunctionRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:|(((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?))(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?', min: 1, max: 256, required: true })
  FunctionName!: string;

  @Member({ in: 'query', type: 'string', pattern: '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+', min: 1, max: 128 })
  Qualifier?: string;
}

@ApiSchema({ name: 'lambda.ListFunctionsRequest' })
export class ListFunctionsRequest {
  @Member({ in: 'query', type: 'string', pattern: 'ALL|(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}', min: 1, max: 50 })
  MasterRegion?: string;

  @Member({ in: 'query', type: 'string', enum: FunctionVersion })
  FunctionVersion?: FunctionVersion;

  @Member({ in: 'query', type: 'string' })
  Marker?: string;

  @Member({ in: 'query', type: 'integer', min: 1, max: 10000 })
  MaxItems?: number;
}

@ApiSchema({ name: 'lambda.UpdateFunctionCodeRequest' })
export class UpdateFunctionCodeRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?', min: 1, max: 140, required: true })
  FunctionName!: string;

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

  @Member({ type: 'list', of: { type: 'string', enum: Architectures }, min: 1, max: 1 })
  Architectures?: Architectures[];

  @Member({ type: 'boolean' })
  Publish?: boolean;

  @Member({ type: 'string', enum: PublishTo })
  PublishTo?: PublishTo;

  @Member({ type: 'boolean' })
  DryRun?: boolean;

  @Member({ type: 'string' })
  RevisionId?: string;

  @Member({ type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()', min: 0, max: 10000 })
  SourceKMSKeyArn?: string;
}

@ApiSchema({ name: 'lambda.GetFunctionCodeSigningConfigRequest' })
export class GetFunctionCodeSigningConfigRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:|(((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?))(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?', min: 1, max: 256, required: true })
  FunctionName!: string;
}

@ApiSchema({ name: 'lambda.GetFunctionConfigurationRequest' })
export class GetFunctionConfigurationRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:|(((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?))(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?', min: 1, max: 256, required: true })
  FunctionName!: string;

  @Member({ in: 'query', type: 'string', pattern: '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+', min: 1, max: 128 })
  Qualifier?: string;
}

@ApiSchema({ name: 'lambda.UpdateFunctionConfigurationRequest' })
export class UpdateFunctionConfigurationRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?', min: 1, max: 140, required: true })
  FunctionName!: string;

  @Member({ type: 'string', pattern: 'arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+', min: 0, max: 10000 })
  Role?: string;

  @Member({ type: 'string', pattern: '[^\\s]+', min: 0, max: 128 })
  Handler?: string;

  @Member({ type: 'string', min: 0, max: 256 })
  Description?: string;

  @Member({ type: 'integer', min: 1, max: 5400 })
  Timeout?: number;

  @Member({ type: 'integer', min: 128, max: 32768 })
  MemorySize?: number;

  @Member({ type: VpcConfig })
  VpcConfig?: VpcConfig;

  @Member({ type: Environment })
  Environment?: Environment;

  @Member({ type: 'string', enum: Runtime })
  Runtime?: Runtime;

  @Member({ type: DeadLetterConfig })
  DeadLetterConfig?: DeadLetterConfig;

  @Member({ type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()', min: 0, max: 10000 })
  KMSKeyArn?: string;

  @Member({ type: TracingConfig })
  TracingConfig?: TracingConfig;

  @Member({ type: 'string' })
  RevisionId?: string;

  @Member({ type: 'list', of: { type: 'string', pattern: '((arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+))', min: 1, max: 2048 } })
  Layers?: string[];

  @Member({ type: 'list', of: { type: FileSystemConfig }, min: 0, max: 1 })
  FileSystemConfigs?: FileSystemConfig[];

  @Member({ type: ImageConfig })
  ImageConfig?: ImageConfig;

  @Member({ type: EphemeralStorage })
  EphemeralStorage?: EphemeralStorage;

  @Member({ type: SnapStart })
  SnapStart?: SnapStart;

  @Member({ type: LoggingConfig })
  LoggingConfig?: LoggingConfig;

  @Member({ type: CapacityProviderConfig })
  CapacityProviderConfig?: CapacityProviderConfig;

  @Member({ type: DurableConfig })
  DurableConfig?: DurableConfig;
}

@ApiSchema({ name: 'lambda.DeleteFunctionResponse' })
export class DeleteFunctionResponse {
  @Member({ in: 'status', type: 'integer' })
  StatusCode?: number;
}

@ApiSchema({ name: 'lambda.GetFunctionResponse' })
export class GetFunctionResponse {
  @Member({ type: FunctionConfiguration })
  Configuration?: FunctionConfiguration;

  @Member({ type: FunctionCodeLocation })
  Code?: FunctionCodeLocation;

  @Member({ type: 'map', keys: { type: 'string', pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)', min: 1, max: 128 }, values: { type: 'string', pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)', min: 0, max: 256 } })
  Tags?: Record<string, string>;

  @Member({ type: TagsError })
  TagsError?: TagsError;

  @Member({ type: Concurrency })
  Concurrency?: Concurrency;
}

@ApiSchema({ name: 'lambda.ListFunctionsResponse' })
export class ListFunctionsResponse {
  @Member({ type: 'string' })
  NextMarker?: string;

  @Member({ type: 'list', of: { type: FunctionConfiguration } })
  Functions?: FunctionConfiguration[];
}

@ApiSchema({ name: 'lambda.GetFunctionCodeSigningConfigResponse' })
export class GetFunctionCodeSigningConfigResponse {
  @Member({ type: 'string', pattern: 'arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:code-signing-config:csc-[a-z0-9]{17}', min: 0, max: 200 })
  CodeSigningConfigArn?: string;

  @Member({ type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?', min: 1, max: 140 })
  FunctionName?: string;
}
