import type { FunctionConfiguration } from '@gatehouse/admin-contract/lambda';
import { functionArn } from '@gatehouse/lambda-contract';
import type { SealingKey } from '@gatehouse/snapshot';
import type { FunctionVersionEntity } from './function-version.entity.js';
import { openEnvironment } from './sealed-environment.js';

/** A version as it goes over the wire. The ARN ends with `qualifier`: with what the request named it by; null for nothing. */
export function functionView(
  version: FunctionVersionEntity,
  atRestKey: SealingKey,
  qualifier: string | null,
): FunctionConfiguration {
  return {
    ...functionInList(version, atRestKey, qualifier),
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}

/** Lists tell less of each: not the state. Source: AWS Lambda API, ListFunctions. */
export function functionInList(
  version: FunctionVersionEntity,
  atRestKey: SealingKey,
  qualifier: string | null,
): FunctionConfiguration {
  const { functionName, settings } = version;
  const variables = openEnvironment(atRestKey, version, functionName, version.environmentSealed);
  return {
    FunctionName: functionName,
    FunctionArn: functionArn({ ...version, qualifier }),
    Runtime: version.runtime,
    Role: version.role,
    Handler: version.handler,
    CodeSize: version.codeSize,
    Description: version.description,
    Timeout: version.timeout,
    MemorySize: version.memorySize,
    LastModified: version.lastModified.toISOString().replace('Z', '+0000'),
    CodeSha256: codeSha256OnWire(version.codeSha256),
    Version: version.version,
    Environment: version.environmentSealed === null ? undefined : { Variables: variables },
    TracingConfig: { Mode: settings.tracingMode ?? 'PassThrough' },
    RevisionId: version.revisionId,
    PackageType: 'Zip',
    Architectures: settings.architectures ?? ['x86_64'],
    EphemeralStorage: { Size: settings.ephemeralStorage ?? 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: settings.loggingConfig?.['LogGroup'] ?? `/aws/lambda/${functionName}` },
  };
}

/** The digest of an archive as the API tells it: base64. */
export const codeSha256OnWire = (hexadecimal: string) => Buffer.from(hexadecimal, 'hex').toString('base64');
