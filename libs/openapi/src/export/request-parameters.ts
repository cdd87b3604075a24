import type { MethodModel } from '@gatehouse/api-model';
import type { DocumentedType } from './documented.js';
import { OWN } from '../own-extensions.js';
import type { Json } from './export-openapi.js';
import { inOrder } from './in-order.js';

export interface RequestParameter {
  name: string;
  in: 'header' | 'query' | 'path';
  required: boolean;
  /** Whether a client may give it several times. */
  multiple: boolean;
  documentedAs: DocumentedType;
  /** What an import needs to read the parameter as it is. */
  own: Json;
}

const PLACES = {
  header: { in: 'header', documentedAs: 'REQUEST_HEADER' },
  querystring: { in: 'query', documentedAs: 'QUERY_PARAMETER' },
  path: { in: 'path', documentedAs: 'PATH_PARAMETER' },
} as const;

/**
 * The parameters that a method declares, read out of their keys `method.request.{place}.{name}`. With `exact` those of its path that it does
 * not declare, too: an import adds them, as specifications want them.
 */
export function requestParameters({ requestParameters }: MethodModel, { path, exact }: MethodPlace): RequestParameter[] {
  const declared = inOrder(requestParameters).flatMap(([key, required]) => {
    const parts = /^method\.request\.(multivalue)?(header|querystring|path)\.(.+)$/.exec(key);
    if (!parts) return [];
    const [, multiple, place, name] = parts;
    const parameter = { name: name!, ...PLACES[place as keyof typeof PLACES], required, multiple: multiple !== undefined };
    return [exact ? exactly(parameter) : { ...parameter, own: {} }];
  });
  const undeclared = exact
    ? pathParameters(path).filter((name) => !Object.hasOwn(requestParameters, `method.request.path.${name}`))
    : [];
  return [
    ...declared,
    ...undeclared.map((name) => ({
      name,
      ...PLACES.path,
      required: true,
      multiple: false,
      own: { [OWN.undeclared]: true },
    })),
  ];
}

/** Specifications know no path parameter that is not required. */
function exactly(parameter: Omit<RequestParameter, 'own'>): RequestParameter {
  const multiple = parameter.multiple ? { [OWN.multivalue]: true } : {};
  if (parameter.in !== 'path' || parameter.required) return { ...parameter, own: multiple };
  return { ...parameter, required: true, own: { [OWN.required]: false } };
}

/** The names of the path's parameters but a greedy one's, which no import adds. */
const pathParameters = (path: string) => [...path.matchAll(/\{([^{}/+]+)\}/g)].map(([, name]) => name!);

/** A method as documentation parts name it, and whether an import is to read from it exactly what it is. */
export interface MethodPlace {
  path: string;
  method: string;
  exact: boolean;
}

export interface ResponseHeader {
  name: string;
  required: boolean;
}

/** A method response's headers, read out of their keys `method.response.header.{name}`. */
export function responseHeaders(responseParameters: Readonly<Record<string, boolean>>): ResponseHeader[] {
  return inOrder(responseParameters).map(([key, required]) => ({
    name: key.replace(/^method\.response\.header\./, ''),
    required,
  }));
}
