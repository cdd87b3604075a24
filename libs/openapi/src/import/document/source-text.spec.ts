import { describe, expect, it, vi } from 'vitest';
import { imported, openApi } from '../import.fixture.js';

const scans = vi.hoisted(() => ({ count: 0 }));
vi.mock('./json-scan.js', async (original) => {
  const { scanJson, ...rest } = await original<typeof import('./json-scan.js')>();
  const counted: typeof scanJson = (...parameters) => {
    scans.count += 1;
    scanJson(...parameters);
  };
  return { ...rest, scanJson: counted };
});

describe('numbers in place of texts', () => {
  const response = { statusCode: 200 };
  const get = { 'x-amazon-apigateway-integration': { type: 'mock', responses: { default: response } } };
  const documentationParts = Array.from({ length: 100 }, (_, index) => ({
    location: { type: 'MODEL', name: index },
    properties: {},
  }));
  const document = (paths: number) =>
    JSON.stringify(
      openApi({
        paths: Object.fromEntries(Array.from({ length: paths }, (_, index) => [`/a${index}`, { get }])),
        'x-amazon-apigateway-documentation': { version: 1, documentationParts },
        'x-amazon-apigateway-gateway-responses': { THROTTLED: response },
      }),
    );

  it('are looked up in the text a few times, however many there are', () => {
    const { definition } = imported(document(100));
    expect(definition.resources[99]!.methods[0]!.methodIntegration!.integrationResponses).toMatchObject([{ statusCode: '200' }]);
    expect(definition.gatewayResponses).toMatchObject([{ statusCode: '200' }]);
    expect(scans.count).toBeLessThan(10);
  });

  it('are told as they are written where the document has them once', () => {
    const text = '{"swagger": 2.0, "info": {"title": 1.50, "version": 1.0}, "paths": {}}';
    expect(imported(text).definition).toMatchObject({ name: '1.50', version: '1.0' });
  });
});
