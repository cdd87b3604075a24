import { badRequest } from '@gatehouse/aws-wire';

const MAXIMUM_NAME = 1024;
const MAXIMUM_DESCRIPTION = 125_000;
const VALUE_LENGTH = { least: 20, most: 128 };
/** Visible ASCII: what every client can send in a header as it is. */
const VALUE = /^[\x21-\x7e]+$/;

/** What is wrong with the name of a key, in AWS's words; undefined when nothing is. */
export function nameFault(name: string | undefined): string | undefined {
  return name && name.length > MAXIMUM_NAME ? 'Invalid API Key name, can be at most 1024 characters.' : undefined;
}

/** What is wrong with the description of a key, in AWS's words; undefined when nothing is. */
export function descriptionFault(description: string | undefined): string | undefined {
  return description && description.length > MAXIMUM_DESCRIPTION ? 'Invalid API Key description specified.' : undefined;
}

/** Why a value that somebody chose is none: too short to be a secret, too long, or nothing that a header can carry; undefined when it is one. */
export function valueFault(value: string): string | undefined {
  if (value.length < VALUE_LENGTH.least) return 'API Key value should be at least 20 characters';
  if (value.length > VALUE_LENGTH.most) return 'API Key value exceeds maximum size of 128 characters';
  return VALUE.test(value) ? undefined : 'API Key value can hold visible ASCII characters only';
}

/** The name, or null when it is missing or empty. Throws `BadRequestException` for one that is too long. */
export function checkName(name: string | undefined): string | null {
  refuse(nameFault(name));
  return name || null;
}

/** The description, or null when it is missing or empty. Throws `BadRequestException` for one that is too long. */
export function checkDescription(description: string | undefined): string | null {
  refuse(descriptionFault(description));
  return description || null;
}

/** Gives a value that the caller chose back. Throws `BadRequestException` for `valueFault`. */
export function checkValue(value: string): string {
  refuse(valueFault(value));
  return value;
}

function refuse(fault: string | undefined): void {
  if (fault !== undefined) throw badRequest(fault);
}
