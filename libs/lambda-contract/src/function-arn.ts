/** A function as its ARN names it. */
export interface FunctionName {
  accountId: string;
  region: string;
  functionName: string;
  /** A version, `$LATEST` or an alias; null where the ARN ends with the name. */
  qualifier: string | null;
}

const ARN = /^arn:aws:lambda:([a-z0-9-]+):(\d{12}):function:([A-Za-z0-9_-]{1,64})(?::(\$LATEST|[A-Za-z0-9_-]{1,128}))?$/;

/** Reads the ARN of a function, of one of its versions or of an alias; null for any other text. */
export function parseFunctionArn(arn: string): FunctionName | null {
  const [, region, accountId, functionName, qualifier] = ARN.exec(arn) ?? [];
  if (region === undefined || accountId === undefined || functionName === undefined) return null;
  return { accountId, region, functionName, qualifier: qualifier ?? null };
}

const PARTIAL_ARN =
  /^(?:(?:([a-z]{2}(?:-[a-z]+)+-\d):)?(\d{12}):)?(?:function:)?([A-Za-z0-9_-]{1,64})(?::(\$LATEST|[A-Za-z0-9_-]{1,128}))?$/;

/**
 * Reads all that requests may name a function by: its name, its ARN, or an ARN without its beginning (`123456789012:function:hello`), each with a qualifier or without; what it does
 * not say is `scope`'s. Null for any other text. Source: AWS Lambda API, FunctionName.
 */
export function parseFunctionReference(text: string, scope: Pick<FunctionName, 'accountId' | 'region'>): FunctionName | null {
  if (text.startsWith('arn:')) return parseFunctionArn(text);
  const [, region, accountId, functionName, qualifier] = PARTIAL_ARN.exec(text) ?? [];
  if (functionName === undefined) return null;
  return {
    accountId: accountId ?? scope.accountId,
    region: region ?? scope.region,
    functionName,
    qualifier: qualifier ?? null,
  };
}

/** The reverse of `parseFunctionArn`. */
export function functionArn({ accountId, region, functionName, qualifier }: FunctionName): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${functionName}${qualifier === null ? '' : `:${qualifier}`}`;
}

/** What the URI of a Lambda integration says. */
export interface LambdaUri {
  /** ARN of the function as it stands there: it may hold `${stageVariables.x}`. */
  functionArn: string;
  /** The URI is that of InvokeWithResponseStream. */
  streams: boolean;
}

const URI =
  /^arn:aws:apigateway:[^:]+:lambda:path\/{1,2}(?:2015-03-31\/functions\/(.+)\/invocations|2021-11-15\/functions\/(.+)\/response-streaming-invocations)$/;

/**
 * Reads `arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{ARN}/invocations` and its streaming sibling; null for any other text. Source: AWS, "Set up Lambda proxy
 * integrations in API Gateway".
 */
export function parseLambdaUri(uri: string): LambdaUri | null {
  const [, buffered, streamed] = URI.exec(uri) ?? [];
  const functionArn = buffered ?? streamed;
  return functionArn === undefined ? null : { functionArn, streams: streamed !== undefined };
}
