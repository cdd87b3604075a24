import { badRequest } from '@gatehouse/aws-wire';

/** The document that a body is, under whatever content type. Throws `BadRequestException` in AWS's words when it is no text. */
export function documentText(body: Buffer): string {
  if (body.length === 0) throw badRequest('Invalid OpenAPI input.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw badRequest('Invalid OpenAPI input. It is not encoded in UTF-8.');
  }
}
