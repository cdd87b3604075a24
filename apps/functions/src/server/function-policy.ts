import { functionArn, type FunctionName } from '@gatehouse/lambda-contract';
import type { FunctionSnapshot, FunctionStatementSnapshot } from '@gatehouse/snapshot';
import { LambdaError } from './lambda-error.js';

/** Who wants to invoke a function, on behalf of what. */
export interface Caller {
  /** Principal of a service. */
  principal: string;
  /** Null where the call does not say. */
  sourceArn: string | null;
}

const ACTIONS = ['lambda:InvokeFunction', 'lambda:*', '*'];

/**
 * Lets a service's call pass that a statement of the function's policy allows, under the same qualifier as the call's; `$LATEST` is the function without one.
 * Throws `LambdaError` AccessDeniedException otherwise. Source: AWS, "Viewing resource-based IAM policies in Lambda".
 */
export function checkPolicy({ policy }: FunctionSnapshot, name: FunctionName, caller: Caller): void {
  const qualifier = name.qualifier === '$LATEST' ? null : name.qualifier;
  if (policy.some((statement) => statement.qualifier === qualifier && allows(statement, caller))) return;
  throw new LambdaError(
    'AccessDeniedException',
    `User: ${caller.principal} is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn(name)}`,
  );
}

function allows(statement: FunctionStatementSnapshot, { principal, sourceArn }: Caller): boolean {
  if (!ACTIONS.includes(statement.action)) return false;
  if (statement.principal !== '*' && statement.principal !== principal) return false;
  if (statement.sourceArn !== null && (sourceArn === null || !arnLike(statement.sourceArn, sourceArn))) return false;
  return statement.sourceAccount === null || (sourceArn !== null && statement.sourceAccount === sourceArn.split(':')[4]);
}

/** AWS's condition `ArnLike`: each of the six parts of the ARN by itself; the sixth may hold colons. */
function arnLike(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const [patterns, parts] = [partsOf(pattern), partsOf(arn)];
  return patterns.length === parts.length && patterns.every((part, at) => globMatches(part, parts[at]!));
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** `*` stands for any characters, `?` for one. In time that grows with the product of both lengths, at most. */
function globMatches(pattern: string, text: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let resume = 0;
  while (place < text.length) {
    if (pattern[at] === '*') {
      star = at++;
      resume = place;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[place])) {
      at++;
      place++;
    } else if (star >= 0) {
      at = star + 1;
      place = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
