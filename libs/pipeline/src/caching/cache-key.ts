import type { CacheKeyParameter } from '@gatehouse/snapshot';
import { hash } from 'node:crypto';
import type { Exchange } from '../exchange.js';
import { mediaType } from '../http/binary-media-types.js';
import { utf8Bytes } from '../http/byte-text.js';
import { ACCEPT } from '../http/header-info.js';
import type { ServedRoute } from '../stage/served-deployment.js';

/**
 * Compiles what tells the answers of one method on one stage apart. The key is a digest of
 *
 * - the stage's cache and the method's namespace in it, with the verb,
 * - the values of each key parameter: all of them and in their order, for a backend may heed another one than the last, and of a header whatever its case,
 * - the host, which answers may name,
 * - what of an Accept the gateway itself chooses the answer by,
 * - who was authorized, with all that was shown for it: what is answered to one is never given to another.
 *
 * Each part comes with its length, so that no two lists of parts look the same. Source: AWS, "Use method or integration parameters as cache keys".
 */
export function compileCacheKey(prefix: readonly string[], route: ServedRoute): (exchange: Exchange) => string {
  const { cacheKey, parameterNames, answersByAccept, secretNames } = route;
  const { parameters } = cacheKey;
  const shown = ['authorization', ...secretNames.map((name) => name.toLowerCase())];
  const start = joined(prefix);
  const readers = parameters.map((parameter) => compileReader(parameter, parameterNames));
  return (exchange) => {
    let text = start + joined([exchange.httpMethod, exchange.request.host]);
    if (answersByAccept) text += joined([mediaType(exchange.headers.first(ACCEPT)?.split(',', 1)[0])]);
    for (const read of readers) {
      const values = read(exchange);
      text += `${values.length};${joined(values)}`;
    }
    return hash('sha256', text + joined(identityOf(exchange, shown)), 'base64url');
  };
}

function joined(parts: readonly string[]): string {
  let text = '';
  for (const part of parts) text += `${part.length}:${part}`;
  return text;
}

type Values = (exchange: Exchange) => readonly string[];

function compileReader(parameter: CacheKeyParameter, parameterNames: readonly string[]): Values {
  const { name } = parameter;
  switch (parameter.in) {
    case 'header': {
      const lower = name.toLowerCase();
      return ({ headers: { raw, infos } }) =>
        infos.flatMap((info, at) => (info.lower === lower ? [raw[2 * at + 1] as string] : []));
    }
    case 'path': {
      const place = parameterNames.indexOf(name);
      return ({ pathValues }) => pathValues.slice(place, place + 1);
    }
    case 'querystring': {
      const bytes = utf8Bytes(name);
      return ({ query }) => query.flatMap(([given, value]) => (given === bytes ? [value] : []));
    }
    default:
      return parameter.in satisfies never;
  }
}

const NOBODY: readonly string[] = [];

/** All that is known of who was authorized, and what he showed, for the integration may have answered by any of it. */
function identityOf({ caller, authorizer, apiKey, headers, query }: Exchange, shown: readonly string[]): readonly string[] {
  if (caller === null && authorizer === null) return NOBODY;
  const { raw, infos } = headers;
  const ofHeaders = infos.flatMap((info, at) => (shown.includes(info.lower) ? [info.lower, raw[2 * at + 1]] : []));
  const ofQuery = query.filter(([name]) => shown.includes(name.toLowerCase()));
  const ofAuthorizer = authorizer && [
    authorizer.principalId,
    [...authorizer.context],
    authorizer.claims && [...authorizer.claims],
  ];
  return [JSON.stringify([caller?.userArn, caller?.caller, ofAuthorizer, apiKey, ofHeaders, ofQuery])];
}
