import type { DocumentationLocation, DocumentationPartModel } from '@gatehouse/api-model';
import { OWN, OWN_PREFIX } from '../own-extensions.js';
import type { Json } from './export-openapi.js';

/** What OpenAPI has a place for, of the properties of a part of each type; extensions (`x-...`) always have one. */
const ATTRIBUTES = {
  API: ['tags', 'externalDocs'],
  AUTHORIZER: ['description'],
  MODEL: ['title', 'description', 'externalDocs', 'example'],
  RESOURCE: [],
  METHOD: ['tags', 'summary', 'description', 'externalDocs', 'deprecated'],
  PATH_PARAMETER: ['description'],
  QUERY_PARAMETER: ['description'],
  REQUEST_HEADER: ['description'],
  REQUEST_BODY: ['description'],
  RESPONSE: ['description'],
  RESPONSE_HEADER: ['description'],
} as const;
const INFO_ATTRIBUTES: readonly string[] = ['description', 'termsOfService', 'contact', 'license'];

export type DocumentedType = keyof typeof ATTRIBUTES;

/** A part whose properties, a JSON object as text, were read. */
interface Part {
  location: DocumentationLocation;
  properties: Json;
}

/**
 * What a documentation version says of the entities of an API, to be put into their definitions. A part also speaks of everything below its
 * path, and of every method or status code where it says `*`; the closest one counts. Source: API Gateway developer guide, documenting APIs.
 */
export class Documented {
  private readonly parts = new Map<string, Part[]>();

  constructor(parts: readonly Pick<DocumentationPartModel, 'location' | 'properties'>[]) {
    for (const { location, properties } of parts) {
      const part = { location, properties: JSON.parse(properties) as Json };
      const key = keyOf(location.type, location.path);
      const others = this.parts.get(key);
      if (others) others.push(part);
      else this.parts.set(key, [part]);
    }
  }

  /** The attributes of one entity; empty when nothing is said of it. */
  attributes(type: DocumentedType, entity: Omit<DocumentationLocation, 'type'> = {}): Json {
    return injected(this.propertiesOf(type, entity), ATTRIBUTES[type]);
  }

  /** The attributes of the document's `info`, which are those under that name of the API. */
  info(): Json {
    return injected(this.propertiesOf('API', {})['info'], INFO_ATTRIBUTES);
  }

  private propertiesOf(type: DocumentedType, entity: Omit<DocumentationLocation, 'type'>): Json {
    for (const path of ancestors(entity.path)) {
      const parts = this.parts.get(keyOf(type, path))?.filter(({ location }) => speaksOf(location, entity)) ?? [];
      const [closest] = parts.sort((a, b) => vagueness(a.location) - vagueness(b.location));
      if (closest) return closest.properties;
    }
    return {};
  }
}

const keyOf = (type: string, path = '') => `${type} ${path}`;

/** The path itself and those above it: `/a/b`, `/a`, `/`; nothing but an absent one for entities without a path. */
function* ancestors(path: string | undefined): Generator<string | undefined> {
  yield path;
  for (let at = path; at !== undefined && at !== '/'; yield at) at = at.slice(0, at.lastIndexOf('/')) || '/';
}

function speaksOf(location: DocumentationLocation, entity: Omit<DocumentationLocation, 'type'>): boolean {
  const matches = (said: string | undefined, is: string | undefined) => said === is || said === '*';
  // The body of a request needs no name.
  return (
    matches(location.method, entity.method) &&
    matches(location.statusCode, entity.statusCode) &&
    (location.name === undefined || location.name === entity.name)
  );
}

const vagueness = ({ method, statusCode }: DocumentationLocation) => (method === '*' ? 2 : 0) + (statusCode === '*' ? 1 : 0);

function injected(properties: unknown, attributes: readonly string[]): Json {
  if (typeof properties !== 'object' || properties === null) return {};
  const entries = Object.entries(properties).filter(
    ([name]) => attributes.includes(name) || (name.startsWith('x-') && !READ_PREFIXES.some((prefix) => name.startsWith(prefix))),
  );
  return Object.fromEntries(entries);
}

/** Extensions that an import reads: documentation must not change what it makes. */
const READ_PREFIXES = ['x-amazon-apigateway-', OWN_PREFIX];

/**
 * What the API has itself with what is said in place of it, as `info` and schemas have it: an import takes back what was replaced, unless
 * somebody changed it in the document.
 */
export function replacing(own: Json, said: Json): Json {
  const replaced = Object.entries(said).filter(([name]) => !name.startsWith('x-'));
  if (replaced.length === 0) return { ...own, ...said };
  const entries = replaced.map(([name, by]) => [name, { by, was: own[name] }] as const);
  return { ...own, ...said, [OWN.replaced]: Object.fromEntries(entries) };
}
