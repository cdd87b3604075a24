/** Which API a request names, and where its path goes on with the stage. */
export interface ExecuteApiAddress {
  readonly apiId: string;
  /** Place of the slash before the stage name. */
  readonly stageStart: number;
  /** In the second path form this segment stands between stage and path. */
  readonly infix: string | null;
}

const HOST_MARK = '.execute-api.';
const SHORT_FORM = '/_aws/execute-api/';
const LONG_FORM = '/restapis/';
/** Stands after the stage in the long path form. */
export const USER_REQUEST = '/_user_request_';

/** The API of a host `{apiId}.execute-api.{anything}`; null for any other host. `host` is in lower case. */
export function apiOfHost(host: string): string | null {
  const mark = host.indexOf('.');
  return mark > 0 && host.startsWith(HOST_MARK, mark) && host.length > mark + HOST_MARK.length ? host.slice(0, mark) : null;
}

/** The API of a path `/_aws/execute-api/{apiId}/...` or `/restapis/{apiId}/{stage}/_user_request_...`; null for any other path. */
export function apiOfPath(path: string): ExecuteApiAddress | null {
  const prefix = path.startsWith(SHORT_FORM) ? SHORT_FORM : path.startsWith(LONG_FORM) ? LONG_FORM : null;
  if (prefix === null) return null;
  const stageStart = path.indexOf('/', prefix.length);
  if (stageStart <= prefix.length) return null;
  return { apiId: path.slice(prefix.length, stageStart), stageStart, infix: prefix === LONG_FORM ? USER_REQUEST : null };
}
