import { Any, Not, type EntityTarget, type FindOptionsWhere } from 'typeorm';
import { FreeIds } from '../../database/free-ids.js';
import type { Scoped } from '../../database/scoped.js';
import type { QuotaName } from '../../quotas/quotas.js';
import { checkAuthorizer } from '../authorizer/authorizer-rules.js';
import { AuthorizerEntity } from '../authorizer/authorizer.entity.js';
import { checkGatewayResponse, givenEntries } from '../gateway-response/gateway-response-rules.js';
import { GatewayResponseEntity } from '../gateway-response/gateway-response.entity.js';
import { checkExaminedModel, checkModelName, checkSchemaText } from '../model/model-rules.js';
import { ModelEntity } from '../model/model.entity.js';
import { checkName } from '../request-validator/request-validator-rules.js';
import { RequestValidatorEntity } from '../request-validator/request-validator.entity.js';
import { keyOf, type Import } from './import.js';
import { insertRows, replaceRows } from './write-rows.js';

/**
 * Writes the models of the document; one of a name that there is keeps its id. They are checked once all are there, as they may refer to
 * each other. Overwriting removes the others.
 */
export async function importModels(work: Import): Promise<void> {
  const { definition, modelFindings, findings, transaction } = work;
  const ids = new NamedIds(await transaction.manager.findBy(ModelEntity, keyOf(work)), 'modelId');
  const rows = definition.models.map((model) =>
    Object.assign(new ModelEntity(), {
      ...keyOf(work),
      name: model.name,
      modelId: ids.of(model.name),
      description: model.description || null,
      contentType: model.contentType,
      schema: model.schema ?? null,
    } satisfies ModelEntity),
  );
  await removeOthers(work, ModelEntity, rows, 'name', 'models');
  await writeNamed(work, ModelEntity, rows, ids);
  const { apiId } = work.api;
  const all = await transaction.manager.find(ModelEntity, { where: keyOf(work), select: { name: true } });
  const names = new Set(all.map(({ name }) => name));
  for (const model of definition.models) {
    findings.check(`Unable to create model for '${model.name}'`, model, () => {
      checkModelName(model.name);
      checkSchemaText(model.schema);
      checkExaminedModel(modelFindings.get(model)!, apiId, names);
    });
  }
}

/** Writes the authorizers of the document; one of a name that there is keeps its id. Overwriting removes the others. */
export async function importAuthorizers(work: Import): Promise<void> {
  const { definition, findings, transaction } = work;
  const ids = new NamedIds(await transaction.manager.findBy(AuthorizerEntity, keyOf(work)), 'authorizerId');
  const rows = definition.authorizers.map((authorizer) =>
    Object.assign(new AuthorizerEntity(), {
      ...keyOf(work),
      authorizerId: ids.of(authorizer.name),
      name: authorizer.name,
      type: authorizer.type,
      providerArns: [...new Set(authorizer.providerArns)],
      authType: authorizer.authType ?? null,
      authorizerUri: authorizer.authorizerUri ?? null,
      authorizerCredentials: authorizer.authorizerCredentials ?? null,
      identitySource: authorizer.identitySource ?? null,
      identityValidationExpression: authorizer.identityValidationExpression ?? null,
      authorizerResultTtlInSeconds: authorizer.authorizerResultTtlInSeconds ?? null,
    } satisfies AuthorizerEntity),
  );
  const sound: AuthorizerEntity[] = [];
  for (const [index, row] of rows.entries()) {
    await findings.checkLater(`Unable to create authorizer '${row.name}'`, definition.authorizers[index], async () => {
      await checkAuthorizer(transaction.manager, row);
      sound.push(row);
    });
  }
  await removeOthers(work, AuthorizerEntity, sound, 'authorizerId', 'authorizers');
  await writeNamed(work, AuthorizerEntity, sound, ids);
}

/**
 * Writes the request validators of the document; one of a name that there is keeps its id, and so does one without a name that the document
 * calls by its id. Overwriting removes the others. Answers with the ids by what the document calls them.
 */
export async function importRequestValidators(work: Import): Promise<ReadonlyMap<string, string>> {
  const { definition, findings, transaction } = work;
  const ids = new NamedIds(await transaction.manager.findBy(RequestValidatorEntity, keyOf(work)), 'requestValidatorId');
  const rows = definition.requestValidators.map((validator) =>
    Object.assign(new RequestValidatorEntity(), {
      ...keyOf(work),
      requestValidatorId: validator.name === undefined ? ids.ofNameless(validator.key) : ids.of(validator.name),
      name: validator.name ?? null,
      validateRequestBody: validator.validateRequestBody,
      validateRequestParameters: validator.validateRequestParameters,
    } satisfies RequestValidatorEntity),
  );
  for (const validator of definition.requestValidators) {
    const { name } = validator;
    if (name !== undefined) findings.check(`Unable to create request validator '${name}'`, validator, () => void checkName(name));
  }
  await removeOthers(work, RequestValidatorEntity, rows, 'requestValidatorId', 'requestValidators');
  await writeNamed(work, RequestValidatorEntity, rows, ids);
  return new Map(definition.requestValidators.map(({ key }, index) => [key, rows[index]!.requestValidatorId]));
}

/** Customises the gateway responses of the document. Overwriting makes the others AWS's. */
export async function importGatewayResponses(work: Import): Promise<void> {
  const { definition, findings, transaction } = work;
  const rows = definition.gatewayResponses.map((response) =>
    Object.assign(new GatewayResponseEntity(), {
      ...keyOf(work),
      responseType: response.responseType,
      statusCode: response.statusCode ?? null,
      responseParameters: response.responseParameters,
      responseTemplates: response.responseTemplates,
    } satisfies GatewayResponseEntity),
  );
  for (const [index, row] of rows.entries()) {
    findings.check(`Unable to put gateway response '${row.responseType}'`, definition.gatewayResponses[index], () => {
      givenEntries('responseParameters', row.responseParameters);
      givenEntries('responseTemplates', row.responseTemplates);
      checkGatewayResponse(row);
    });
  }
  await removeOthers(work, GatewayResponseEntity, rows, 'responseType');
  await replaceRows(transaction.manager, GatewayResponseEntity, rows);
}

/** Ids of things that a document names. */
class NamedIds<T extends { name: string | null }> {
  private readonly kept = new Map<string, string>();
  private readonly nameless = new Set<string>();
  private readonly before: ReadonlySet<string>;
  private readonly free: FreeIds;

  /** `before` are the things of the API, with their ids in `column`. */
  constructor(
    before: readonly T[],
    private readonly column: keyof T,
  ) {
    const ids = before.map((row) => [row.name, String(row[column])] as const).sort(([, a], [, b]) => (a < b ? 1 : -1));
    for (const [name, id] of ids) {
      if (name === null) this.nameless.add(id);
      else this.kept.set(name, id);
    }
    this.before = new Set(ids.map(([, id]) => id));
    this.free = new FreeIds(ids.map(([, id]) => id));
  }

  /** A new id, or that of the thing which has the name; of several that have it the first id. */
  of(name: string): string {
    return this.kept.get(name) ?? this.free.draw();
  }

  /** The wanted id when it is that of a thing without a name, else a new one. */
  ofNameless(wanted: string): string {
    return this.nameless.has(wanted) ? wanted : this.free.draw();
  }

  /** Whether the row takes the place of one that there was. */
  keeps(row: T): boolean {
    return this.before.has(String(row[this.column]));
  }
}

/**
 * Overwriting removes those whose `id` is not among that of `rows`. Throws `LimitExceededException` when there are too many with `rows`.
 */
async function removeOthers<T extends Scoped>(
  work: Import,
  entity: EntityTarget<T>,
  rows: readonly T[],
  id: keyof T,
  quota?: QuotaName,
): Promise<void> {
  const { manager } = work.transaction;
  const ids = Not(Any(rows.map((row) => row[id])));
  const others = { ...keyOf(work), [id]: ids } as object as FindOptionsWhere<T>;
  if (work.mode === 'overwrite') await manager.delete(entity, others);
  if (quota && rows.length > 0) await work.transaction.requireRoom(quota, entity, others, rows.length);
}

/** Writes `rows`, those that keep an id in place of what has it. */
async function writeNamed<T extends Scoped & { name: string | null }>(
  { transaction: { manager } }: Import,
  entity: EntityTarget<T>,
  rows: readonly T[],
  ids: NamedIds<T>,
): Promise<void> {
  const isKept = (row: T) => ids.keeps(row);
  await replaceRows(manager, entity, rows.filter(isKept));
  await insertRows(
    manager,
    entity,
    rows.filter((row) => !isKept(row)),
  );
}
