import type { Model } from '@gatehouse/admin-contract/apigateway';
import type { ModelEntity } from './model.entity.js';

/** A model as it goes over the wire, by default with its schema as it was given. */
export function modelView(model: ModelEntity, schema = model.schema): Model {
  return {
    id: model.modelId,
    name: model.name,
    description: model.description ?? undefined,
    schema: schema ?? undefined,
    contentType: model.contentType,
  };
}
