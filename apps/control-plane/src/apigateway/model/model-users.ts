import { conflict } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { methodsInOrder } from '../method/methods-in-order.js';
import { modelsReferredTo } from './model-rules.js';
import { ModelEntity } from './model.entity.js';

/**
 * Refuses to delete a model while a method request, a method response or another model names it. Call it under the API's lock.
 * Throws `ConflictException` in AWS's words.
 */
export async function refuseWhileReferenced(manager: EntityManager, scope: Scope, apiId: string, name: string): Promise<void> {
  const refusal = (user: string) => conflict(`Cannot delete model '${name}', is referenced in ${user}`);
  for (const { method, path } of await methodsInOrder(manager, scope, apiId)) {
    // AWS puts the path and the verb together with a slash, so the root's method reads `//GET`.
    const place = `${path}/${method.httpMethod}`;
    if (Object.values(method.requestModels).includes(name)) throw refusal(`method request: ${place}`);
    const inResponse = method.methodResponses.some(({ responseModels }) => Object.values(responseModels).includes(name));
    if (inResponse) throw refusal(`method response: ${place}`);
  }
  const models = await manager.find(ModelEntity, { where: { ...scope, apiId }, order: { name: 'ASC' } });
  const user = models.find((model) => model.name !== name && modelsReferredTo(model).includes(name));
  if (user) throw refusal(`model: ${user.name}`);
}
