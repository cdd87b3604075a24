// Generated from the service models by `npm run generate`. Do not edit.
export const ApplicationLogLevel = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export type ApplicationLogLevel = (typeof ApplicationLogLevel)[number];

export const ApplyOn = ['PublishedVersions', 'None'] as const;
export type ApplyOn = (typeof ApplyOn)[number];

export const Architectures = ['x86_64', 'arm64'] as const;
export type Architectures = (typeof Architectures)[number];

export const FunctionUrlAuthType = ['NONE', 'AWS_IAM'] as const;
export type FunctionUrlAuthType = (typeof FunctionUrlAuthType)[number];

export const FunctionVersion = ['ALL'] as const;
export type FunctionVersion = (typeof FunctionVersion)[number];

export const InvokeInvocationType = ['Event', 'RequestResponse', 'DryRun'] as const;
export type InvokeInvocationType = (typeof InvokeInvocationType)[number];

export const InvokeWithResponseStreamInvocationType = ['RequestResponse', 'DryRun'] as const;
export type InvokeWithResponseStreamInvocationType = (typeof InvokeWithResponseStreamInvocationType)[number];

export const LogFormat = ['JSON', 'Text'] as const;
export type LogFormat = (typeof LogFormat)[number];

export const LogType = ['None', 'Tail'] as const;
export type LogType = (typeof LogType)[number];

export const PackageType = ['Zip', 'Image'] as const;
export type PackageType = (typeof PackageType)[number];

export const PublishTo = ['LATEST_PUBLISHED'] as const;
export type PublishTo = (typeof PublishTo)[number];

export const Runtime = ['nodejs', 'nodejs4.3', 'nodejs6.10', 'nodejs8.10', 'nodejs10.x', 'nodejs12.x', 'nodejs14.x', 'nodejs16.x', 'nodejs18.x', 'nodejs20.x', 'nodejs22.x', 'nodejs24.x', 'java8', 'java8.al2', 'java11', 'java17', 'java21', 'java25', 'python2.7', 'python3.6', 'python3.7', 'python3.8', 'python3.9', 'python3.10', 'python3.11', 'python3.12', 'python3.13', 'python3.14', 'dotnetcore1.0', 'dotnetcore2.0', 'dotnetcore2.1', 'dotnetcore3.1', 'dotnet6', 'dotnet8', 'dotnet10', 'nodejs4.3-edge', 'go1.x', 'ruby2.5', 'ruby2.7', 'ruby3.2', 'ruby3.3', 'ruby3.4', 'ruby4.0', 'provided', 'provided.al2', 'provided.al2023', 'nodejs26.x', 'python3.15', 'java8.al2023', 'java11.al2023', 'java17.al2023'] as const;
export type Runtime = (typeof Runtime)[number];

export const S3ObjectStorageMode = ['COPY', 'REFERENCE'] as const;
export type S3ObjectStorageMode = (typeof S3ObjectStorageMode)[number];

export const SystemLogLevel = ['DEBUG', 'INFO', 'WARN'] as const;
export type SystemLogLevel = (typeof SystemLogLevel)[number];

export const TenantIsolationMode = ['PER_TENANT'] as const;
export type TenantIsolationMode = (typeof TenantIsolationMode)[number];

export const TracingConfigMode = ['Active', 'PassThrough'] as const;
export type TracingConfigMode = (typeof TracingConfigMode)[number];
