import { badRequest } from '@gatehouse/aws-wire';

const MAXIMUM_NAME = 1024;
const MAXIMUM_DESCRIPTION = 125_000;
const VALUE_LENGTH = { least: 20, most: 128 };
/** Visible ASCII: what every client can send in a header as it is. */
const VALUE = /^[\x21-\x7e]+$/;

/** The name, or null when it is missing or empty. Throws `BadRequestException` for one that is too long. */
export function checkName(name: string | undefined): string | null {
  if (name && name.length > MAXIMUM_NAME) throw badRequest('Invalid API Key name, can be at most 1024 characters.');
  return name || null;
}

/** The description, or null when it is missing or empty. Throws `BadRequestException` for one that is too long. */
export function checkDescription(description: string | undefined): string | null {
  if (description && description.length > MAXIMUM_DESCRIPTION) throw badRequest('Invalid API Key description specified.');
  return description || null;
}

/** Gives a value that the caller chose back. Throws `BadRequestException` for one that is too short to be a secret, too long, or that a header cannot carry. */
export function checkValue(value: string): string {
  if (value.length < VALUE_LENGTH.least) throw badRequest('API Key value should be at least 20 characters');
  if (value.length > VALUE_LENGTH.most) throw badRequest('API Key value exceeds maximum size of 128 characters');
  if (!VALUE.test(value)) throw badRequest('API Key value can hold visible ASCII characters only');
  return value;
}
