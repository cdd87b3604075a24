import type { OperationDescription } from '../operation.js';
import type { ModelOperation, ServiceModel } from './model.js';
import { pathAndMode } from './names.js';

/**
 * What a caller must be allowed: control planes are matched by verb and path, without the `/v2` of HTTP and WebSocket APIs, and without an
 * account; `@connections` by the API that serves them; Lambda
 * by the operation's name and the function. Source: AWS's service authorization reference and developer guide.
 */
function permission(model: ServiceModel, name: string): Pick<OperationDescription, 'action' | 'resource'> {
  const operation = model.operations[name]!;
  const { path } = pathAndMode(operation);
  if (model.service === 'apigatewaymanagementapi') {
    return {
      action: 'execute-api:ManageConnections',
      resource: `arn:aws:execute-api:{region}:{accountId}:{apiId}/{stage}/${operation.method}${path}`,
    };
  }
  if (model.service === 'lambda')
    return { action: `lambda:${LAMBDA_ACTIONS.get(name) ?? name}`, resource: lambdaResource(operation) };
  return {
    action: `apigateway:${operation.method}`,
    resource: `arn:aws:apigateway:{region}::${path.replace(/^\/v2(?=\/)/, '')}`,
  };
}

/** Actions that are not called as their operation. */
const LAMBDA_ACTIONS = new Map([
  ['Invoke', 'InvokeFunction'],
  ['InvokeWithResponseStream', 'InvokeFunction'],
]);

/** Of one function, or of what carries tags; operations on all functions know no resource. */
function lambdaResource({ input }: ModelOperation): string {
  const names = new Set(input.map(({ name }) => name));
  if (names.has('FunctionName')) return 'arn:aws:lambda:{region}:{accountId}:function:{FunctionName}';
  return names.has('Resource') ? '{Resource}' : '*';
}

export function describeOperation(model: ServiceModel, name: string): OperationDescription {
  const operation = model.operations[name]!;
  return {
    name,
    service: model.service,
    group: operation.group,
    method: operation.method,
    ...pathAndMode(operation),
    status: operation.status,
    ...permission(model, name),
  };
}

export function printOperationTable(models: ServiceModel[]): string {
  const services = models.map((model) => {
    const rows = Object.keys(model.operations).map((name) => `    ${name}: ${printRow(describeOperation(model, name))},`);
    return `  ${model.service}: {\n${rows.join('\n')}\n  },`;
  });
  return [
    "import type { OperationDescription, ServiceName } from '../operation.js';",
    '',
    '/** Every operation of the admin API: how it is called, and the IAM action and resource that a caller needs for it. */',
    `export const OPERATIONS = {\n${services.join('\n')}\n} as const satisfies Record<ServiceName, Record<string, OperationDescription>>;`,
    '',
  ].join('\n');
}

function printRow(row: OperationDescription): string {
  const facts = Object.entries(row).map(([key, value]) => `${key}: ${typeof value === 'number' ? value : `'${value}'`}`);
  return `{ ${facts.join(', ')} }`;
}
