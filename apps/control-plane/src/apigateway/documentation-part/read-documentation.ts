import {
  describedAgain,
  locationKey,
  withoutForeignMembers,
  type DocumentationPartModel,
  type GivenLocation,
} from '@gatehouse/api-model';
import { AwsError, badRequest } from '@gatehouse/aws-wire';
import { INVALID_INPUT, invalidInput, placesIn, readDocument, withPlace, type Source } from '@gatehouse/openapi';
import { documentText } from '../../imports/document-text.js';
import { checkQuota } from '../../quotas/quotas.js';
import { RowWarnings } from '../api-key/row-warnings.js';
import { completeLocation } from './documentation-location.js';
import { checkProperties } from './documentation-part-rules.js';

/** What a document says of its documentation. */
export interface ReadDocumentation {
  /** In the order of the document, each location once. */
  parts: Omit<DocumentationPartModel, 'id'>[];
  /** Why parts, or members of their locations, were left out: a sentence with its place for each of the first hundred, and one that counts the others. */
  warnings: string[];
}

const EXTENSION = 'x-amazon-apigateway-documentation';
const PARTS = 'documentationParts';

/** What AWS says of a text that is no document. */
const UNREADABLE = 'Unable to build importer with provided input.';

/**
 * Reads the extension `x-amazon-apigateway-documentation` of an OpenAPI document (Swagger 2.0 or OpenAPI 3, JSON or YAML), otherwise unread:
 * `{documentationParts: [{location, properties}]}`, properties as an object or as JSON text. Its texts are such that Postgres can keep them.
 * Parts that cannot be are left out with a warning. Throws `BadRequestException` with AWS's sentence, and the place of what is wrong, for what
 * is no document and for an extension that is no object or whose parts are no list, and `LimitExceededException` for more parts than any API may have, before it looks
 * at one: each that is bad costs as much as a good one.
 */
export function readDocumentation(body: Uint8Array): ReadDocumentation {
  const source = readOpenApi(body);
  const given = partsIn(source);
  checkQuota('documentationParts', 'none', given.length);
  return readParts(given, source);
}

/** Null counts as none, as it does in other imports. */
function partsIn(source: Source): readonly unknown[] {
  const extension = (source.value as Record<string, unknown>)[EXTENSION] ?? {};
  if (!isObject(extension)) throw unreadableAt(source, [EXTENSION], 'must be an object');
  const given = extension[PARTS] ?? [];
  if (!Array.isArray(given)) throw unreadableAt(source, [EXTENSION, PARTS], 'must be a list');
  return given as readonly unknown[];
}

const unreadableAt = (source: Source, keys: string[], reason: string) =>
  unreadable(invalidInput(placesIn(source, [keys])[0]!, reason));

/** A document of one of the specifications. */
function readOpenApi(body: Uint8Array): Source {
  const source = sourceOf(body);
  const { value } = source;
  if (isObject(value) && (Object.hasOwn(value, 'swagger') || Object.hasOwn(value, 'openapi'))) return source;
  throw badRequest(UNREADABLE);
}

function sourceOf(body: Uint8Array): Source {
  try {
    return readDocument(documentText(body));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw unreadable(error);
  }
}

const unreadable = ({ message }: AwsError) => badRequest(message.replace(INVALID_INPUT, UNREADABLE));

function readParts(given: readonly unknown[], source: Source): ReadDocumentation {
  const parts: ReadDocumentation['parts'] = [];
  const warnings = new RowWarnings('documentation part');
  const locations = new Set<string>();
  for (const [index, item] of given.entries()) {
    try {
      const part = readPart(item, (sentence) => warnings.tell(index + 1, `Documentation part ${index + 1}: ${sentence}`));
      const key = locationKey(part.location);
      if (locations.has(key)) throw badRequest(describedAgain(part.location));
      locations.add(key);
      parts.push(part);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      warnings.add(index + 1, error.message);
    }
  }
  const lines = warnings.lines();
  const places = placesIn(
    source,
    lines.map((line) => [EXTENSION, PARTS, String(line - 1)]),
  );
  return { parts, warnings: warnings.list().map((sentence, index) => withPlace(sentence, places[index])) };
}

/** `warn` is told of members of the location that change nothing. */
function readPart(item: unknown, warn: (sentence: string) => void): ReadDocumentation['parts'][number] {
  if (!isObject(item) || !isObject(item['location'])) throw badRequest('it has no location');
  const members = Object.entries(item['location']).flatMap(([member, value]) =>
    value === null ? [] : [[member, textOf(member, value)]],
  );
  const { location, warnings } = withoutForeignMembers({ type: '', ...Object.fromEntries(members) } satisfies GivenLocation);
  const { properties } = item;
  const text = typeof properties === 'string' ? properties : JSON.stringify(properties ?? null);
  const part = { location: completeLocation(location), properties: checkProperties(text) };
  warnings.forEach(warn);
  return part;
}

/** A YAML document may write status codes and names as numbers or booleans. */
function textOf(member: string, value: unknown): string {
  if (typeof value === 'string') return member === 'type' ? value.toUpperCase() : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw badRequest(`'${member}' of its location is not a text`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
