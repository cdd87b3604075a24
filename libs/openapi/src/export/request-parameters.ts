import type { MethodModel } from '@gatehouse/api-model';
import type { DocumentedType } from './documented.js';
import { inOrder } from './in-order.js';

export interface RequestParameter {
  name: string;
  in: 'header' | 'query' | 'path';
  required: boolean;
  /** Whether a client may give it several times. */
  multiple: boolean;
  documentedAs: DocumentedType;
}

const PLACES = {
  header: { in: 'header', documentedAs: 'REQUEST_HEADER' },
  querystring: { in: 'query', documentedAs: 'QUERY_PARAMETER' },
  path: { in: 'path', documentedAs: 'PATH_PARAMETER' },
} as const;

/** The parameters that a method declares, read out of their keys `method.request.{place}.{name}`. */
export function requestParameters({ requestParameters }: MethodModel): RequestParameter[] {
  return inOrder(requestParameters).flatMap(([key, required]) => {
    const parts = /^method\.request\.(multivalue)?(header|querystring|path)\.(.+)$/.exec(key);
    if (!parts) return [];
    const [, multiple, place, name] = parts;
    return [{ name: name!, ...PLACES[place as keyof typeof PLACES], required, multiple: multiple !== undefined }];
  });
}

/** A method as documentation parts name it. */
export interface MethodPlace {
  path: string;
  method: string;
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
