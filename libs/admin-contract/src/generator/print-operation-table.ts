import type { OperationDescription } from '../operation.js';
import type { ModelOperation, ServiceModel } from './model.js';
import { pathAndMode } from './names.js';

/**
 * What a caller must be allowed: control planes are matched by verb and path, without the `/v2` of HTTP and WebSocket APIs, and without an
 * account; `@connections` by the API that serves them. Source: AWS's service authorization reference and developer guide.
 */
function permission(model: ServiceModel, operation: ModelOperation): Pick<OperationDescription, 'action' | 'resource'> {
  const { path } = pathAndMode(operation);
  if (model.service === 'apigatewaymanagementapi') {
    return {
      action: 'execute-api:ManageConnections',
      resource: `arn:aws:execute-api:{region}:{accountId}:{apiId}/{stage}/${operation.method}${path}`,
    };
  }
  return {
    action: `apigateway:${operation.method}`,
    resource: `arn:aws:apigateway:{region}::${path.replace(/^\/v2(?=\/)/, '')}`,
  };
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
    ...permission(model, operation),
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
