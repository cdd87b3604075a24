import type { AdminCall } from '@gatehouse/admin-contract';
import {
  ModelsOperations,
  type CreateModelRequest,
  type DeleteModelRequest,
  type GetModelRequest,
  type GetModelsRequest,
  type GetModelTemplateRequest,
  type Model,
  type Models,
  type Template,
  type UpdateModelRequest,
} from '@gatehouse/admin-contract/apigateway';
import { conflict, shortId } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, MoreThan, type EntityManager } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { findRestApi } from '../rest-api/find-rest-api.js';
import { flattenSchema } from './flatten-schema.js';
import { checkModel, checkModelName, checkSchemaText, unknownModel } from './model-rules.js';
import { modelTemplate } from './model-template.js';
import { refuseWhileReferenced } from './model-users.js';
import { ModelEntity } from './model.entity.js';
import { modelPatch } from './model.patch.js';
import { modelView } from './model.view.js';

@Injectable()
export class ModelsService extends ModelsOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override async createModel(call: AdminCall, input: CreateModelRequest): Promise<Model> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      const { apiId } = await transaction.lockApi(input.restApiId);
      const model = Object.assign(new ModelEntity(), {
        ...call.scope,
        apiId,
        name: checkModelName(input.name),
        modelId: shortId(),
        description: input.description || null,
        contentType: input.contentType,
        schema: checkSchemaText(input.schema),
      } satisfies ModelEntity);
      if (await manager.existsBy(ModelEntity, { ...call.scope, apiId, name: model.name })) {
        throw conflict('Model name already exists for this REST API');
      }
      await checkModel(manager, model);
      await transaction.requireRoom('models', ModelEntity, { apiId });
      await manager.insert(ModelEntity, model);
      return modelView(model);
    });
  }

  override async getModel(call: AdminCall, input: GetModelRequest): Promise<Model> {
    const { manager } = this.database;
    const model = await findModel(manager, call.scope, input);
    return input.flatten ? modelView(model, await flattened(manager, model)) : modelView(model);
  }

  /** By name. */
  override async getModels(call: AdminCall, input: GetModelsRequest): Promise<Models> {
    const { manager } = this.database;
    const { apiId } = await findRestApi(manager, call.scope, input.restApiId);
    const limit = pageLimit(input.limit);
    const [after] = decodePosition(input.position, ['text']) ?? [];
    const models = await manager.find(ModelEntity, {
      where: { ...call.scope, apiId, ...(after !== undefined && { name: MoreThan(after) }) },
      order: { name: 'ASC' },
      take: limit + 1,
    });
    const page = pageOf(models, limit, ({ name }) => [name]);
    return { item: page.items.map((model) => modelView(model)), position: page.position };
  }

  /** A mapping template to start from, which writes out what the model describes. */
  override async getModelTemplate(call: AdminCall, input: GetModelTemplateRequest): Promise<Template> {
    const { manager } = this.database;
    return { value: modelTemplate(await flattened(manager, await findModel(manager, call.scope, input))) };
  }

  override async updateModel(call: AdminCall, input: UpdateModelRequest): Promise<Model> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      const { apiId } = await transaction.lockApi(input.restApiId, unknownModel(input.modelName).message);
      const model = await findModel(manager, call.scope, input);
      const patched = applyPatch(modelPatch, model, input.patchOperations);
      if (patched.schema !== model.schema) await checkModel(manager, patched);
      const { description, schema } = patched;
      await manager.update(ModelEntity, { ...call.scope, apiId, name: model.name }, { description, schema });
      return modelView(patched);
    });
  }

  override async deleteModel(call: AdminCall, input: DeleteModelRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      const { apiId } = await transaction.lockApi(input.restApiId, unknownModel(input.modelName).message);
      const { name } = await findModel(manager, call.scope, input);
      await refuseWhileReferenced(manager, call.scope, apiId, name);
      await manager.delete(ModelEntity, { ...call.scope, apiId, name });
    });
  }
}

/** Throws `NotFoundException`, with the same sentence when the API does not exist (as on AWS). */
async function findModel(
  manager: EntityManager,
  scope: Scope,
  { restApiId: apiId, modelName: name }: { restApiId: string; modelName: string },
): Promise<ModelEntity> {
  const model = await manager.findOneBy(ModelEntity, { ...scope, apiId, name });
  if (!model) throw unknownModel(name);
  return model;
}

async function flattened(manager: EntityManager, model: ModelEntity): Promise<string | null> {
  const { accountId, region, apiId } = model;
  const models = await manager.findBy(ModelEntity, { accountId, region, apiId });
  return flattenSchema(model, new Map(models.map((each) => [each.name, each])));
}
