import type { DocumentationLocation, MethodModel, RestApiModel } from '@gatehouse/api-model';
import { completeLocation } from './documentation-location.js';

/** Where a method's request parameters come from -> the type of their documentation. */
const PARAMETER_TYPES = new Map([
  ['path', 'PATH_PARAMETER'],
  ['querystring', 'QUERY_PARAMETER'],
  ['header', 'REQUEST_HEADER'],
]);

/** Every location of the API that a documentation part could describe: the API, its models, authorizers, resources, methods and what belongs to them. */
export function documentableLocations(api: RestApiModel): DocumentationLocation[] {
  return [
    { type: 'API' },
    ...api.models.map(({ name }) => ({ type: 'MODEL', name })),
    ...api.authorizers.map(({ name }) => ({ type: 'AUTHORIZER', name })),
    ...api.resources.flatMap(({ path, methods }) => [
      { type: 'RESOURCE', path },
      ...methods.flatMap((method) => locationsOf(path, method)),
    ]),
  ].map(completeLocation);
}

function locationsOf(path: string, { httpMethod: method, ...parts }: MethodModel): DocumentationLocation[] {
  const parameters = Object.keys(parts.requestParameters).flatMap((key) => {
    const [, place, name] = /^method\.request\.([a-z]+)\.(.+)$/.exec(key) ?? [];
    const type = PARAMETER_TYPES.get(place ?? '');
    return type && name ? [{ type, path, method, name }] : [];
  });
  const body = Object.keys(parts.requestModels).length > 0 ? [{ type: 'REQUEST_BODY', path, method }] : [];
  const responses = Object.values(parts.methodResponses).flatMap(({ statusCode, responseParameters, responseModels }) => {
    const headers = Object.keys(responseParameters).map((key) => key.replace(/^method\.response\.header\./, ''));
    return [
      { type: 'RESPONSE', path, method, statusCode },
      ...headers.map((name) => ({ type: 'RESPONSE_HEADER', path, method, statusCode, name })),
      ...(Object.keys(responseModels).length > 0 ? [{ type: 'RESPONSE_BODY', path, method, statusCode }] : []),
    ];
  });
  return [{ type: 'METHOD', path, method }, ...parameters, ...body, ...responses];
}
