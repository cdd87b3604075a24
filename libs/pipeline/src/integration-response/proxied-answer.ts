import { connectionOptionsOf } from '../http/connection-options.js';
import { headerInfo } from '../http/header-info.js';
import type { AnswerStep } from '../rest-pipeline.js';
import { undoCoding } from './decoded-body.js';

/**
 * Integration response of HTTP_PROXY: the backend's status, headers and body, with those headers renamed or dropped that AWS renames or drops, and
 * without those that the backend sent for its connection only.
 * AWS drops Content-Encoding, so the body is decoded; a coding that is not known here stays, header and all.
 */
export const proxiedAnswer: AnswerStep = (exchange, draft) => {
  const given = draft.headers;
  const options = connectionOptionsOf(given);
  const headers: string[] = [];
  let hasContentType = false;
  for (let i = 0; i < given.length; i += 2) {
    const name = given[i] as string;
    const value = given[i + 1] as string;
    const info = headerInfo(name);
    if (info.answeredAs === null) continue;
    // These two say how the body is to be read, so they stay whatever Connection says.
    if (info.lower === 'content-type') hasContentType = true;
    else if (info.lower === 'content-encoding') {
      if (undoCoding(exchange, draft, value)) continue;
    } else if (options.length > 0 && options.includes(info.lower)) continue;
    headers.push(info.answeredAs, value);
  }
  // A 304 would change the type of what the client has kept.
  if (!hasContentType && draft.status !== 304 && draft.status !== 204) headers.push('Content-Type', 'application/json');
  draft.headers = headers;
  return undefined;
};
