/** Stands for the API's id, which is as long. */
export const API_ID = 'hostileapi';
export const HOST = `${API_ID}.execute-api.us-east-1.localhost`;

/** A request with a line of its own and further header lines, each with its end. */
export function request(line: string, headers = '', body = ''): string {
  return `${line}\r\nHost: ${HOST}\r\n${headers}\r\n${body}`;
}

export function get(path: string, headers = ''): string {
  return request(`GET ${path} HTTP/1.1`, headers);
}

/** To the open resource, framed as `headers` say. */
export function post(headers: string, body: string): string {
  return request('POST /dev/open HTTP/1.1', headers, body);
}

/** To the open resource, in chunks. */
export function chunked(body: string, headers = ''): string {
  return post(`${headers}Transfer-Encoding: chunked\r\n`, body);
}

/** A request with its own answer, behind or within another message; where it is none of its own, it must not become one. */
export const SMUGGLED = get('/dev/files/smuggled');
