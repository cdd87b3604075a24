import { shortId } from '@gatehouse/aws-wire';
import { Any, Not, type EntityTarget, type FindOptionsOrder, type FindOptionsWhere } from 'typeorm';
import type { Scoped } from '../../database/scoped.js';
import type { QuotaName } from '../../quotas/quotas.js';
import { checkAuthorizer } from '../authorizer/authorizer-rules.js';
import { AuthorizerEntity } from '../authorizer/authorizer.entity.js';
import { checkGatewayResponse, givenEntries } from '../gateway-response/gateway-response-rules.js';
import { GatewayResponseEntity } from '../gateway-response/gateway-response.entity.js';
import { checkModel, checkModelName, checkSchemaText } from '../model/model-rules.js';
import { ModelEntity } from '../model/model.entity.js';
import { checkName } from '../request-validator/request-validator-rules.js';
import { RequestValidatorEntity } from '../request-validator/request-validator.entity.js';
import { keyOf, type Import } from './import.js';
import { writeRows } from './write-rows.js';

/**
 * Writes the models of the document; one of a name that there is keeps its id. They are checked once all are there, as they may refer to
 * each other. Overwriting removes the others.
 */
export async function importModels(work: Import): Promise<void> {
  const { definition, findings, transaction } = work;
  const before = await loadByName(work, ModelEntity, 'name');
  const rows = definition.models.map((model) =>
    Object.assign(new ModelEntity(), {
      ...keyOf(work),
      name: model.name,
      modelId: before.get(model.name)?.modelId ?? shortId(),
      description: model.description || null,
      contentType: model.contentType,
      schema: model.schema ?? null,
    } satisfies ModelEntity),
  );
  await replace(work, ModelEntity, rows, 'name', 'models');
  for (const row of rows) {
    await findings.checkLater(`Unable to create model for '${row.name}'`, async () => {
      checkModelName(row.name);
      checkSchemaText(row.schema ?? undefined);
      await checkModel(transaction.manager, row);
    });
  }
}

/** Writes the authorizers of the document; one of a name that there is keeps its id. Overwriting removes the others. */
export async function importAuthorizers(work: Import): Promise<void> {
  const { definition, findings, transaction } = work;
  const before = await loadByName(work, AuthorizerEntity, 'authorizerId');
  const rows = definition.authorizers.map((authorizer) =>
    Object.assign(new AuthorizerEntity(), {
      ...keyOf(work),
      authorizerId: before.get(authorizer.name)?.authorizerId ?? shortId(),
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
  for (const row of rows) {
    await findings.checkLater(`Unable to create authorizer '${row.name}'`, async () => {
      await checkAuthorizer(transaction.manager, row);
      sound.push(row);
    });
  }
  await replace(work, AuthorizerEntity, sound, 'authorizerId', 'authorizers');
}

/** Writes the request validators of the document; one of a name that there is keeps its id. Overwriting removes the others. */
export async function importRequestValidators(work: Import): Promise<void> {
  const { definition, findings } = work;
  const before = await loadByName(work, RequestValidatorEntity, 'requestValidatorId');
  const rows = definition.requestValidators.map((validator) =>
    Object.assign(new RequestValidatorEntity(), {
      ...keyOf(work),
      requestValidatorId: before.get(validator.name)?.requestValidatorId ?? shortId(),
      name: validator.name,
      validateRequestBody: validator.validateRequestBody,
      validateRequestParameters: validator.validateRequestParameters,
    } satisfies RequestValidatorEntity),
  );
  for (const { name } of rows) findings.check(`Unable to create request validator '${name}'`, () => void checkName(name));
  await replace(work, RequestValidatorEntity, rows, 'requestValidatorId');
}

/** Customises the gateway responses of the document. Overwriting makes the others AWS's. */
export async function importGatewayResponses(work: Import): Promise<void> {
  const { definition, findings } = work;
  const rows = definition.gatewayResponses.map((response) =>
    Object.assign(new GatewayResponseEntity(), {
      ...keyOf(work),
      responseType: response.responseType,
      statusCode: response.statusCode ?? null,
      responseParameters: response.responseParameters,
      responseTemplates: response.responseTemplates,
    } satisfies GatewayResponseEntity),
  );
  for (const row of rows) {
    findings.check(`Unable to put gateway response '${row.responseType}'`, () => {
      givenEntries('responseParameters', row.responseParameters);
      givenEntries('responseTemplates', row.responseTemplates);
      checkGatewayResponse(row);
    });
  }
  await replace(work, GatewayResponseEntity, rows, 'responseType');
}

/** The rows of the API by name; of several with one name the first by `id`. */
async function loadByName<T extends Scoped & { name: string | null }>(
  work: Import,
  entity: EntityTarget<T>,
  id: keyof T,
): Promise<Map<string, T>> {
  const where = keyOf(work) as object as FindOptionsWhere<T>;
  const rows = await work.transaction.manager.find(entity, { where, order: { [id]: 'DESC' } as object as FindOptionsOrder<T> });
  return new Map(rows.flatMap((row) => (row.name === null ? [] : [[row.name, row] as const])));
}

/** Writes `rows`; overwriting removes those whose `id` is not among theirs. Throws `LimitExceededException` when there are too many then. */
async function replace<T extends Scoped>(
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
  await writeRows(manager, entity, rows);
}
