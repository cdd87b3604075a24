import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '../generated/operations.js';
import { generatedFiles } from './generated-files.js';

const project = path.resolve(import.meta.dirname, '../..');
const target = path.join(project, 'src/generated');
const committed = () => readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

describe('the generated files', () => {
  const wanted = generatedFiles(path.join(project, 'aws-model'));

  it('are those that the models give', () => {
    expect(committed().sort()).toEqual([...wanted.keys()].sort());
    const different = [...wanted].filter(([name, text]) => readFileSync(path.join(target, name), 'utf8') !== text);
    expect(different.map(([name]) => name)).toEqual([]);
  });

  it('say in their first line that they are generated', () => {
    for (const text of wanted.values()) expect(text.split('\n')[0]).toMatch(/^\/\/ Generated .* Do not edit\.$/);
  });

  it('cover all operations', () => {
    const counts = Object.entries(OPERATIONS).map(([service, operations]) => [service, Object.keys(operations).length]);
    expect(Object.fromEntries(counts)).toEqual({ apigateway: 124, apigatewayv2: 103, apigatewaymanagementapi: 3, lambda: 27 });
  });

  it('name what a caller must be allowed', () => {
    expect(OPERATIONS.apigateway.PutIntegration).toMatchObject({
      action: 'apigateway:PUT',
      resource: 'arn:aws:apigateway:{region}::/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration',
    });
    expect(OPERATIONS.apigateway.ImportRestApi).toMatchObject({
      mode: 'import',
      resource: 'arn:aws:apigateway:{region}::/restapis',
    });
    expect(OPERATIONS.apigatewayv2.UpdateStage.resource).toBe('arn:aws:apigateway:{region}::/apis/{apiId}/stages/{stageName}');
    expect(OPERATIONS.apigatewaymanagementapi.PostToConnection).toMatchObject({
      action: 'execute-api:ManageConnections',
      resource: 'arn:aws:execute-api:{region}:{accountId}:{apiId}/{stage}/POST/@connections/{connectionId}',
    });
  });
});
