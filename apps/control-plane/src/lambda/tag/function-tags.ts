import { invalidParameter } from '../refusals.js';

/** Tags of one function. Source: AWS Lambda quotas. */
const MOST_TAGS = 50;

/** Gives the tags back, with those that the function has `already`; a key that is there already has its new value. Throws `InvalidParameterValueException`. */
export function checkFunctionTags(tags: Record<string, string>, already: Record<string, string> = {}): Record<string, string> {
  if (Object.keys(tags).some((key) => /^aws:/i.test(key))) {
    throw invalidParameter('aws: prefixed tag key names are not allowed for external use.');
  }
  const entries = [...new Map([...Object.entries(already), ...Object.entries(tags)])];
  if (entries.length > MOST_TAGS) throw invalidParameter('Number of tags exceeds resource tag limit.');
  return Object.fromEntries(entries);
}
