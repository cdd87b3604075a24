import { DEFAULT_MODELS } from '@gatehouse/api-model';
import { shortId } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import { ModelEntity } from './model.entity.js';

/** The rows of a new API's default models. */
export function newDefaultModels(scope: Scope, apiId: string): ModelEntity[] {
  return DEFAULT_MODELS.map((model) =>
    Object.assign(new ModelEntity(), { ...scope, ...model, apiId, modelId: shortId() } satisfies ModelEntity),
  );
}
