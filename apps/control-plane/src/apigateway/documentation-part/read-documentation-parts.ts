import { describedAgain, locationKey, type DocumentationPartModel, type GivenLocation } from '@gatehouse/api-model';
import { AwsError } from '@gatehouse/aws-wire';
import { checkQuota } from '../../quotas/quotas.js';
import { RowWarnings } from '../api-key/row-warnings.js';
import { completeLocation } from './documentation-location.js';
import { checkProperties } from './documentation-part-rules.js';

/** What a document says of its documentation. */
export interface ReadDocumentation {
  /** In the order of the document, each location once. */
  parts: Omit<DocumentationPartModel, 'id'>[];
  /** The name of the documentation version that the document describes. */
  version?: string;
  /** Why parts were left out: a sentence for each of the first hundred, and one that counts the others. */
  warnings: string[];
}

/**
 * Reads the extension `x-amazon-apigateway-documentation` of an OpenAPI document, parsed: `{version, documentationParts: [{location, properties}]}`,
 * properties as an object or as JSON text. Its texts are such that Postgres can keep them. Parts that cannot be are left out with a warning; nothing is read from what is no object.
 * Throws `LimitExceededException` for more parts than any API may have, before it looks at one: each that is bad costs as much as a good one.
 */
export function readDocumentationParts(extension: unknown): ReadDocumentation {
  const read: ReadDocumentation = { parts: [], warnings: [] };
  if (!isObject(extension)) return read;
  if (typeof extension['version'] === 'string' && extension['version'] !== '') read.version = extension['version'];
  const given = extension['documentationParts'];
  if (!Array.isArray(given)) return read;
  checkQuota('documentationParts', 'none', given.length);
  const warnings = new RowWarnings('documentation part');
  const locations = new Set<string>();
  for (const [index, item] of given.entries()) {
    try {
      const part = readPart(item);
      const key = locationKey(part.location);
      if (locations.has(key)) throw invalid(describedAgain(part.location));
      locations.add(key);
      read.parts.push(part);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      warnings.add(index + 1, error.message);
    }
  }
  return { ...read, warnings: warnings.list() };
}

function readPart(item: unknown): Omit<DocumentationPartModel, 'id'> {
  if (!isObject(item) || !isObject(item['location'])) throw invalid('it has no location');
  const { location, properties } = item;
  const members = Object.entries(location).flatMap(([member, value]) =>
    value === null ? [] : [[member, textOf(member, value)]],
  );
  const given = { type: '', ...Object.fromEntries(members) } satisfies GivenLocation;
  const text = typeof properties === 'string' ? properties : JSON.stringify(properties ?? null);
  return { location: completeLocation(given), properties: checkProperties(text) };
}

/** A YAML document may write status codes and names as numbers or booleans. */
function textOf(member: string, value: unknown): string {
  if (typeof value === 'string') return member === 'type' ? value.toUpperCase() : value;
  if (typeof value !== 'number' && typeof value !== 'boolean') throw invalid(`'${member}' of its location is not a text`);
  return String(value);
}

const invalid = (message: string) => new AwsError('BadRequestException', message);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
