import type { MethodModel } from '@gatehouse/api-model';
import { inOrder } from './in-order.js';

export interface RequestParameter {
  name: string;
  in: 'header' | 'query' | 'path';
  required: boolean;
  /** Whether a client may give it several times. */
  multiple: boolean;
}

const PLACES = { header: 'header', querystring: 'query', path: 'path' } as const;

/** The parameters that a method declares, read out of their keys `method.request.{place}.{name}`. */
export function requestParameters({ requestParameters }: MethodModel): RequestParameter[] {
  return inOrder(requestParameters).flatMap(([key, required]) => {
    const parts = /^method\.request\.(multivalue)?(header|querystring|path)\.(.+)$/.exec(key);
    if (!parts) return [];
    const [, multiple, place, name] = parts;
    return [{ name: name!, in: PLACES[place as keyof typeof PLACES], required, multiple: multiple !== undefined }];
  });
}

/** The names of a method response's headers, read out of their keys `method.response.header.{name}`. */
export function responseHeaders(responseParameters: Readonly<Record<string, boolean>>): string[] {
  return inOrder(responseParameters).map(([key]) => key.replace(/^method\.response\.header\./, ''));
}
