import type { RestApiModel } from '@gatehouse/api-model';
import { canonicalJson } from '@gatehouse/snapshot';

/** One difference between two deployments of an API. */
export interface ModelChange {
  /** What it is about, in words that do not change with ids: `API`, `GET /pets`, `model Pet`, `authorizer users`, `gateway response THROTTLED`. */
  subject: string;
  change: 'added' | 'removed' | 'changed';
  /** JSON pointer within the subject; absent where the subject as a whole was added or removed. */
  path?: string;
  /** Absent where there was no value before. */
  from?: unknown;
  /** Absent where there is no value any more. */
  to?: unknown;
}

/** Subject -> what there is to say of it. */
type Subjects = Map<string, Json>;
type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/**
 * What changes where a stage goes from one deployment to another: sorted by subject and path, one entry for each value, so that it can be reviewed. A
 * resource, authorizer or validator that got another id and nothing else is no change.
 */
export function diffModels(from: RestApiModel, to: RestApiModel): ModelChange[] {
  const [before, after] = [subjectsOf(from), subjectsOf(to)];
  const subjects = [...new Set([...before.keys(), ...after.keys()])].sort();
  return subjects.flatMap((subject): ModelChange[] => {
    const [old, now] = [before.get(subject), after.get(subject)];
    if (old === undefined) return [{ subject, change: 'added', to: now }];
    if (now === undefined) return [{ subject, change: 'removed', from: old }];
    return diffValues(old, now).map((difference) => ({ subject, ...difference }));
  });
}

function subjectsOf(model: RestApiModel): Subjects {
  const {
    resources,
    models,
    authorizers,
    requestValidators,
    gatewayResponses,
    apiId: _apiId,
    createdDate: _createdDate,
    ...api
  } = model;
  const authorizerNames = new Map(authorizers.map(({ id, name }) => [id, name]));
  const validatorNames = new Map(requestValidators.map(({ id, name }) => [id, name ?? id]));
  const subjects = new Map<string, unknown>([['API', api]]);
  for (const { id: resourceId, path, methods } of resources) {
    if (methods.length === 0) subjects.set(`resource ${path}`, {});
    for (const { httpMethod, authorizerId, requestValidatorId, methodResponses, methodIntegration, ...method } of methods) {
      subjects.set(`${httpMethod} ${path}`, {
        ...method,
        authorizer: authorizerId && (authorizerNames.get(authorizerId) ?? authorizerId),
        requestValidator: requestValidatorId && (validatorNames.get(requestValidatorId) ?? requestValidatorId),
        methodResponses: byStatus(methodResponses),
        methodIntegration: methodIntegration && {
          ...methodIntegration,
          // The default is the resource's id.
          cacheNamespace: methodIntegration.cacheNamespace === resourceId ? undefined : methodIntegration.cacheNamespace,
          integrationResponses: byStatus(methodIntegration.integrationResponses),
        },
      });
    }
  }
  for (const { name, ...rest } of models) subjects.set(`model ${name}`, rest);
  for (const { id: _id, name, ...rest } of authorizers) subjects.set(`authorizer ${name}`, rest);
  for (const { id, name, ...rest } of requestValidators) subjects.set(`request validator ${name ?? id}`, rest);
  for (const { responseType, ...rest } of gatewayResponses) subjects.set(`gateway response ${responseType}`, rest);
  return new Map([...subjects].map(([subject, value]) => [subject, plain(value)]));
}

/** As JSON, so that a member without value is one that is absent. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as Json;

const byStatus = (responses: readonly { statusCode: string }[]) =>
  Object.fromEntries(responses.map(({ statusCode, ...response }) => [statusCode, response]));

type Difference = Omit<ModelChange, 'subject'>;

/** The values that differ, objects member by member, lists as a whole. */
function diffValues(from: Json, to: Json, path = ''): Difference[] {
  if (!isObject(from) || !isObject(to)) {
    return canonicalJson(from) === canonicalJson(to) ? [] : [{ change: 'changed', path, from, to }];
  }
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return names.flatMap((name): Difference[] => {
    const at = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!Object.hasOwn(from, name)) return [{ change: 'added', path: at, to: to[name] }];
    if (!Object.hasOwn(to, name)) return [{ change: 'removed', path: at, from: from[name] }];
    return diffValues(from[name]!, to[name]!, at);
  });
}

const isObject = (value: Json): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
