import type { ApiDefinition, DocumentationLocation } from '@gatehouse/api-model';
import type { DocumentNode } from '../document/document-node.js';
import { withoutAbsent } from '../without-absent.js';

/** The members of a location that each type has, and what stands for those that are not given. */
const LOCATIONS = {
  API: {},
  AUTHORIZER: { name: undefined },
  MODEL: { name: undefined },
  RESOURCE: { path: '/' },
  METHOD: { path: '/', method: '*' },
  PATH_PARAMETER: { path: '/', method: '*', name: undefined },
  QUERY_PARAMETER: { path: '/', method: '*', name: undefined },
  REQUEST_HEADER: { path: '/', method: '*', name: undefined },
  REQUEST_BODY: { path: '/', method: '*' },
  RESPONSE: { path: '/', method: '*', statusCode: '*' },
  RESPONSE_HEADER: { path: '/', method: '*', statusCode: '*', name: undefined },
  RESPONSE_BODY: { path: '/', method: '*', statusCode: '*' },
} as const satisfies Record<string, Partial<Record<keyof DocumentationLocation, string | undefined>>>;

type LocationType = keyof typeof LOCATIONS;
const LOCATION_TYPES = Object.keys(LOCATIONS) as LocationType[];

/**
 * The documentation parts that `x-amazon-apigateway-documentation` gives, and the version that they make; of several at one location the last one.
 * Throws `BadRequestException` for locations that AWS does not have.
 * Source: developer guide, api-gateway-swagger-extensions-documentation; API reference, DocumentationPartLocation.
 */
export function documentationOf(given: DocumentNode): Pick<ApiDefinition, 'documentationParts' | 'documentationVersion'> {
  const parts = new Map<string, ApiDefinition['documentationParts'][number]>();
  for (const node of given.member('documentationParts')?.items() ?? []) {
    const location = locationOf(node.required('location'));
    parts.set(JSON.stringify(Object.entries(location)), { location, properties: propertiesOf(node.required('properties')) });
  }
  return withoutAbsent({
    documentationParts: [...parts.values()],
    documentationVersion: given.member('version')?.writtenText() || undefined,
  });
}

function locationOf(node: DocumentNode): DocumentationLocation {
  const type = node.required('type').option(LOCATION_TYPES);
  const members = Object.entries(LOCATIONS[type]).map(([name, otherwise]: [string, string | undefined]) => {
    const value = node.member(name)?.scalarText() ?? otherwise;
    if (value === undefined) throw node.refuse(`'${name}' is missing, which a location of type ${type} has`);
    return [name, value] as const;
  });
  return { type, ...Object.fromEntries(members) };
}

/** Properties are an object; AWS's exports of older versions have it as JSON text. */
function propertiesOf(node: DocumentNode): string {
  return node.isObject ? JSON.stringify(node.value) : node.text();
}
