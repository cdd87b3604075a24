import { unknownResponse } from './method-key.js';

/** A method response or an integration response: one for each status code. */
interface Response {
  statusCode: string;
}

/** Throws `NotFoundException` in AWS's words when no response has this status code. */
export function findResponse<T extends Response>(responses: readonly T[], statusCode: string): T {
  const response = responses.find((each) => each.statusCode === statusCode);
  if (!response) throw unknownResponse();
  return response;
}

/** The responses with one added, or in place of the one that has its status code; sorted by status code. */
export function withResponse<T extends Response>(responses: readonly T[], response: T): T[] {
  return [...withoutResponse(responses, response), response].sort((a, b) => Number(a.statusCode) - Number(b.statusCode));
}

/** The responses without the one of the same status code. */
export function withoutResponse<T extends Response>(responses: readonly T[], { statusCode }: Response): T[] {
  return responses.filter((each) => each.statusCode !== statusCode);
}
