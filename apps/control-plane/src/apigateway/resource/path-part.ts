import { badRequest } from '@gatehouse/aws-wire';

const NAME = '[a-zA-Z0-9._:,-]+';
const PATH_PART = new RegExp(`^(?:${NAME}|\\{${NAME}\\+?\\})$`);

/** Throws `BadRequestException` in AWS's words unless the text can be one segment of a resource's path. */
export function checkPathPart(part: string | undefined): string {
  if (part === undefined || !PATH_PART.test(part)) {
    throw badRequest(
      "Resource's path part only allow a-zA-Z0-9._- and curly braces at the beginning and the end and an optional plus sign before the closing brace.",
    );
  }
  return part;
}

/** `{name}` or `{name+}`. */
export const isVariable = (part: string | null) => part !== null && part.startsWith('{');

/** `{name+}`, which stands for the rest of a path. */
export const isGreedy = (part: string | null) => part !== null && part.endsWith('+}');
