import { describeLocation, type DocumentationLocation } from '@gatehouse/api-model';
import { badRequest, conflict, notFound } from '@gatehouse/aws-wire';

/** Properties given back: the text of a JSON object. Throws `BadRequestException` for an empty text and any other. */
export function checkProperties(properties: string | undefined): string {
  if (!properties) throw badRequest('Documentation part properties must be non-empty');
  if (!isJsonObject(properties)) throw badRequest('Documentation part properties must be a JSON object');
  return properties;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

export const unknownPart = () => notFound('Invalid Documentation part identifier specified');

export const partExists = (location: DocumentationLocation) =>
  conflict(`Documentation part already exists for the specified location: ${describeLocation(location)}`);
