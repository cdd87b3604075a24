import { functionArn } from '@gatehouse/lambda-contract';
import type { ResolvedVersion } from '../follow/function-directory.js';

/** Of one sandbox. */
export interface SandboxPaths {
  /** The function's code. */
  taskRoot: string;
  /** Folder of the bootstraps. */
  runtimeDir: string;
  /** Private and writable. */
  temporary: string;
}

/**
 * All that a function finds in its environment: what AWS documents, and its own variables, which cannot replace the reserved ones. Nothing of this process's.
 * Source: AWS, "Working with Lambda environment variables", defined runtime environment variables.
 */
export function sandboxEnvironment(
  { known, version }: ResolvedVersion,
  own: Record<string, string>,
  runtimeApi: string,
  logStreamName: string,
  paths: SandboxPaths,
): Record<string, string> {
  const { functionName } = known.snapshot;
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: `${paths.taskRoot}/bin:/usr/local/bin:/usr/bin:/bin`,
    LD_LIBRARY_PATH: `${paths.taskRoot}:${paths.taskRoot}/lib`,
    NODE_PATH: `${paths.taskRoot}/node_modules`,
    PYTHONPATH: paths.taskRoot,
    HOME: paths.temporary,
    TMPDIR: paths.temporary,
    ...own,
    AWS_REGION: known.region,
    AWS_DEFAULT_REGION: own['AWS_DEFAULT_REGION'] ?? known.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: version.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    LAMBDA_TASK_ROOT: paths.taskRoot,
    LAMBDA_RUNTIME_DIR: paths.runtimeDir,
    _HANDLER: version.handler,
  };
}

/** ARN of what is run, with the number of its version unless it is `$LATEST`. */
export function versionArn({ known, version }: ResolvedVersion): string {
  const { accountId, region, snapshot } = known;
  const qualifier = version.version === '$LATEST' ? null : version.version;
  return functionArn({ accountId, region, functionName: snapshot.functionName, qualifier });
}
