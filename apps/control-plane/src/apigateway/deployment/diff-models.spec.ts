import type { RestApiModel } from '@gatehouse/api-model';
import { restApiModel } from '@gatehouse/testing';
import { describe, expect, it } from 'vitest';
import { diffModels } from './diff-models.js';

const base = () =>
  structuredClone(restApiModel({ 'GET /pets': {}, 'GET /pets/{id}': { authorizationType: 'CUSTOM', authorizerId: 'auth01' } }));
const changed = (change: (model: RestApiModel) => void): RestApiModel => {
  const model = base();
  change(model);
  return model;
};
const methodAt = (model: RestApiModel, path: string) => model.resources.find((each) => each.path === path)!.methods[0]!;
const users = { id: 'auth01', name: 'users', type: 'TOKEN' as const, providerArns: [] };

describe('the difference between two deployments', () => {
  it('is none where nothing changed', () => {
    expect(diffModels(base(), base())).toEqual([]);
  });

  it('is none where only ids and the date of the API changed', () => {
    const one = changed((model) => model.authorizers.push(users));
    const other = changed((model) => {
      model.apiId = 'another111';
      model.createdDate = '2026-05-01T00:00:00Z';
      model.authorizers.push({ ...users, id: 'auth02' });
      methodAt(model, '/pets/{id}').authorizerId = 'auth02';
      for (const resource of model.resources) {
        resource.id = `${resource.id}x`;
        for (const { methodIntegration } of resource.methods) methodIntegration!.cacheNamespace = resource.id;
      }
    });
    expect(diffModels(one, other)).toEqual([]);
  });

  it('names each value that changed, with what it was and is', () => {
    const to = changed((model) => {
      const { methodIntegration } = methodAt(model, '/pets');
      methodIntegration!.timeoutInMillis = 100;
      methodIntegration!.requestTemplates = { 'application/json': '{"statusCode": 201}', 'text/a~b': '{}' };
      model.description = 'new';
    });
    expect(diffModels(base(), to)).toEqual([
      { subject: 'API', change: 'added', path: '/description', to: 'new' },
      {
        subject: 'GET /pets',
        change: 'changed',
        path: '/methodIntegration/requestTemplates/application~1json',
        from: '{"statusCode": 200}',
        to: '{"statusCode": 201}',
      },
      { subject: 'GET /pets', change: 'added', path: '/methodIntegration/requestTemplates/text~1a~0b', to: '{}' },
      { subject: 'GET /pets', change: 'changed', path: '/methodIntegration/timeoutInMillis', from: 29_000, to: 100 },
    ]);
  });

  it('names what came and went as a whole', () => {
    const from = changed((model) => {
      model.models.push({ name: 'Pet', contentType: 'application/json', schema: '{}' });
      model.gatewayResponses.push({ responseType: 'THROTTLED', responseParameters: {}, responseTemplates: {} });
    });
    const to = changed((model) => {
      model.resources.push({ id: 'empty1', path: '/empty', methods: [] });
      model.authorizers.push(users);
      model.requestValidators.push({ id: 'v', name: 'all', validateRequestBody: true, validateRequestParameters: false });
      methodAt(model, '/pets').httpMethod = 'POST';
    });
    expect(diffModels(from, to).map(({ subject, change, path }) => [subject, change, path])).toEqual([
      ['GET /pets', 'removed', undefined],
      ['GET /pets/{id}', 'changed', '/authorizer'],
      ['POST /pets', 'added', undefined],
      ['authorizer users', 'added', undefined],
      ['gateway response THROTTLED', 'removed', undefined],
      ['model Pet', 'removed', undefined],
      ['request validator all', 'added', undefined],
      ['resource /empty', 'added', undefined],
    ]);
  });

  it('compares responses by their status codes', () => {
    const to = changed((model) => {
      const { methodIntegration } = methodAt(model, '/pets');
      methodIntegration!.integrationResponses.unshift({ statusCode: '100', responseParameters: {}, responseTemplates: {} });
      methodIntegration!.integrationResponses[1]!.selectionPattern = '2..';
    });
    expect(diffModels(base(), to).map(({ change, path }) => [change, path])).toEqual([
      ['added', '/methodIntegration/integrationResponses/100'],
      ['added', '/methodIntegration/integrationResponses/200/selectionPattern'],
    ]);
  });
});
