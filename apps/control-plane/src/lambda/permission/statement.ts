import { functionArn } from '@gatehouse/lambda-contract';
import type { FunctionStatementEntity } from '../function/function-statement.entity.js';

/** A statement as AWS writes it, member by member. */
export function statementView(statement: FunctionStatementEntity): object {
  const { statementId, principal, action, qualifier, sourceArn, sourceAccount } = statement;
  const condition = {
    ...(sourceAccount !== null && { StringEquals: { 'AWS:SourceAccount': sourceAccount } }),
    ...(sourceArn !== null && { ArnLike: { 'AWS:SourceArn': sourceArn } }),
  };
  return {
    Sid: statementId,
    Effect: 'Allow',
    Principal: principalView(principal),
    Action: action,
    Resource: functionArn({ ...statement, qualifier: qualifier === '' ? null : qualifier }),
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

/** A policy as text. */
export const policyText = (statements: readonly FunctionStatementEntity[]) =>
  JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements.map(statementView) });

function principalView(principal: string): unknown {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  return principal.startsWith('arn:') ? { AWS: principal } : { Service: principal };
}
