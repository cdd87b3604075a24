import type { MethodResponseModel } from '@gatehouse/api-model';
import { Any, type EntityManager } from 'typeorm';
import { AuthorizerEntity } from '../authorizer/authorizer.entity.js';
import { ModelEntity } from '../model/model.entity.js';
import { RequestValidatorEntity } from '../request-validator/request-validator.entity.js';
import type { MethodEntity } from './method.entity.js';

/** Of the parts that methods name, those that their API has. */
export interface NamedParts {
  /** Names. */
  models: ReadonlySet<string>;
  /** Types by id. */
  authorizers: ReadonlyMap<string, AuthorizerEntity['type']>;
  /** Ids. */
  requestValidators: ReadonlySet<string>;
}

type Naming = Pick<MethodEntity, 'accountId' | 'region' | 'apiId' | 'authorizerId' | 'requestValidatorId' | 'requestModels'> & {
  methodResponses: readonly Pick<MethodResponseModel, 'responseModels'>[];
};

/** Looks for what methods of one API name, however many they are; call it under the API's lock. */
export async function loadNamedParts(manager: EntityManager, methods: readonly Naming[]): Promise<NamedParts> {
  const [first] = methods;
  if (!first) return { models: new Set(), authorizers: new Map(), requestValidators: new Set() };
  const { accountId, region, apiId } = first;
  const named = (names: (string | null)[]) => Any([...new Set(names.filter((name) => name !== null))]);
  const models = methods.flatMap(({ requestModels, methodResponses }) =>
    [requestModels, ...methodResponses.map(({ responseModels }) => responseModels)].flatMap((map) => Object.values(map)),
  );
  const foundModels = await manager.find(ModelEntity, {
    select: { name: true },
    where: { accountId, region, apiId, name: named(models) },
  });
  const foundAuthorizers = await manager.find(AuthorizerEntity, {
    select: { authorizerId: true, type: true },
    where: { accountId, region, apiId, authorizerId: named(methods.map(({ authorizerId }) => authorizerId)) },
  });
  const foundValidators = await manager.find(RequestValidatorEntity, {
    select: { requestValidatorId: true },
    where: { accountId, region, apiId, requestValidatorId: named(methods.map(({ requestValidatorId }) => requestValidatorId)) },
  });
  return {
    models: new Set(foundModels.map(({ name }) => name)),
    authorizers: new Map(foundAuthorizers.map(({ authorizerId, type }) => [authorizerId, type])),
    requestValidators: new Set(foundValidators.map(({ requestValidatorId }) => requestValidatorId)),
  };
}
