import { badRequest } from '@gatehouse/aws-wire';

/** Bytes. */
export const MAXIMUM_COMPRESSION_SIZE = 10_485_760;

export const compressionSizeRefusal = () =>
  badRequest(`Invalid minimum compression size, must be between 0 and ${MAXIMUM_COMPRESSION_SIZE}`);

/** Throws `BadRequestException` for a name without content. */
export function checkName(name: string | undefined): string {
  if (!name) throw badRequest('Name cannot be an empty string');
  return name;
}

/** Throws `BadRequestException` for an empty description; none at all is allowed. */
export function checkDescription(description: string | undefined): string | null {
  if (description === '') throw badRequest('Description cannot be an empty string');
  return description ?? null;
}

/** Throws `BadRequestException` when the size (bytes) is out of AWS's range; none disables compression. */
export function checkCompressionSize(size: number | undefined): number | null {
  if (size === undefined) return null;
  if (size < 0 || size > MAXIMUM_COMPRESSION_SIZE) throw compressionSizeRefusal();
  return size;
}

/** A resource policy as JSON text, or null without one. Throws `BadRequestException` when it is no JSON object. */
export function checkPolicy(policy: string | undefined): string | null {
  if (!policy) return null;
  if (!isJsonObject(policy)) {
    throw badRequest('Invalid policy document. Please check the policy syntax and ensure that Principals are valid.');
  }
  return policy;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
