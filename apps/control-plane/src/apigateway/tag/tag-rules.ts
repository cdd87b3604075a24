import { badRequest } from '@gatehouse/aws-wire';

/** AWS's limits: tags of one resource, characters of a key and of a value. */
const MAXIMUM_TAGS = 50;
const MAXIMUM_KEY = 128;
const MAXIMUM_VALUE = 256;

/** Gives the tags back. Throws `BadRequestException` when there are too many, or a key or value is too long. */
export function checkTags(tags: Record<string, string>): Record<string, string> {
  const entries = Object.entries(tags);
  if (entries.length > MAXIMUM_TAGS) throw badRequest(`Too many tags specified, can be at most ${MAXIMUM_TAGS}`);
  for (const [key, value] of entries) {
    if (key === '' || key.length > MAXIMUM_KEY)
      throw badRequest(`Invalid tag key specified, must have 1 to ${MAXIMUM_KEY} characters: ${key}`);
    if (value.length > MAXIMUM_VALUE)
      throw badRequest(`Invalid tag value specified, can have at most ${MAXIMUM_VALUE} characters: ${key}`);
  }
  return tags;
}
