import { badRequest } from '@gatehouse/aws-wire';

/** AWS's limits: tags of one resource, characters of a key and of a value. */
const MAXIMUM_TAGS = 50;
const MAXIMUM_KEY = 128;
const MAXIMUM_VALUE = 256;

/** What the keys of AWS's own tags begin with, in any case. */
const RESERVED = /^aws:/i;

/**
 * Gives the tags back, with those that the resource has `already`; a key that is there already has its new value. Throws
 * `BadRequestException` when there are too many of them, a key or value is too long, or a key is reserved.
 */
export function checkTags(tags: Record<string, string>, already: Record<string, string> = {}): Record<string, string> {
  if (Object.keys(tags).some((key) => RESERVED.test(key))) {
    throw badRequest('aws: prefixed tag key names are not allowed for external use.');
  }
  const entries = [...new Map([...Object.entries(already), ...Object.entries(tags)])];
  if (entries.length > MAXIMUM_TAGS) throw badRequest(`Too many tags specified, can be at most ${MAXIMUM_TAGS}`);
  for (const [key, value] of entries) {
    if (key === '' || key.length > MAXIMUM_KEY)
      throw badRequest(`Invalid tag key specified, must have 1 to ${MAXIMUM_KEY} characters: ${key}`);
    if (value.length > MAXIMUM_VALUE)
      throw badRequest(`Invalid tag value specified, can have at most ${MAXIMUM_VALUE} characters: ${key}`);
  }
  return Object.fromEntries(entries);
}
