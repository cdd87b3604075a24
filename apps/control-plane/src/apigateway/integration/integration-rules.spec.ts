import type { IntegrationModel } from '@gatehouse/api-model';
import { describe, expect, it } from 'vitest';
import { checkIntegration } from './integration-rules.js';

const integration = (more: Partial<IntegrationModel>): IntegrationModel => ({
  type: 'MOCK',
  requestParameters: {},
  requestTemplates: {},
  passthroughBehavior: 'WHEN_NO_MATCH',
  timeoutInMillis: 29_000,
  cacheNamespace: 'abc',
  cacheKeyParameters: [],
  integrationResponses: [],
  ...more,
});

describe('checkIntegration', () => {
  it('takes timeouts up to what is configured, and of streams up to 15 minutes in any case', () => {
    const check = (more: Partial<IntegrationModel>) => () =>
      checkIntegration(integration(more), { requestParameters: {} }, 60_000);
    expect(check({ timeoutInMillis: 60_000 })).not.toThrow();
    expect(check({ timeoutInMillis: 60_001 })).toThrow('Timeout should be between 50 ms and 60000 ms');
    expect(check({ timeoutInMillis: 900_000, responseTransferMode: 'STREAM' })).not.toThrow();
    expect(check({ timeoutInMillis: 900_001, responseTransferMode: 'STREAM' })).toThrow(
      'Timeout should be between 50 ms and 900000 ms',
    );
  });
});
