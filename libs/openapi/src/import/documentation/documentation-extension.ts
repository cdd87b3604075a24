import {
  completedLocation,
  describedAgain,
  LOCATION_MEMBERS,
  LOCATION_TYPES,
  locationKey,
  withoutForeignMembers,
  type ApiDefinition,
  type DocumentationLocation,
} from '@gatehouse/api-model';
import type { DocumentNode } from '../document/document-node.js';
import type { ImportContext } from '../context.js';
import { withoutAbsent } from '../without-absent.js';

const TYPES = [...LOCATION_TYPES.keys()];

/**
 * The documentation parts that `x-amazon-apigateway-documentation` gives, and the version that they make; of several at one location the
 * first one, with a warning for each other. Throws `BadRequestException` for locations that AWS does not have.
 * Source: developer guide, api-gateway-swagger-extensions-documentation; API reference, DocumentationPartLocation.
 */
export function documentationOf(
  given: DocumentNode,
  { places, warnings }: ImportContext,
): Pick<ApiDefinition, 'documentationParts' | 'documentationVersion'> {
  const parts = new Map<string, ApiDefinition['documentationParts'][number]>();
  for (const [index, node] of (given.member('documentationParts')?.items() ?? []).entries()) {
    const at = node.required('location');
    const location = locationOf(at, (sentence) => warnings.add(`Documentation part ${index + 1}: ${sentence}`, at));
    const key = locationKey(location);
    const properties = propertiesOf(node.required('properties'));
    if (parts.has(key)) warnings.add(`Ignored documentation part ${index + 1}: ${describedAgain(location)}`, node);
    else parts.set(key, places.of({ location, properties }, node));
  }
  return withoutAbsent({
    documentationParts: [...parts.values()],
    documentationVersion: places.ofMember('documentationVersion', given.member('version'))?.writtenText() || undefined,
  });
}

/** `warn` is told of what is left out. */
function locationOf(node: DocumentNode, warn: (sentence: string) => void): DocumentationLocation {
  const type = node.required('type').option(TYPES);
  const members = LOCATION_MEMBERS.map((member) => [member, node.member(member)?.scalarText()]);
  const { location, warnings } = withoutForeignMembers({ type, ...Object.fromEntries(members) });
  warnings.forEach(warn);
  const completed = completedLocation(location);
  if (completed.fault !== undefined) throw node.refuse(completed.fault);
  return completed.location;
}

/** Properties are an object; AWS's exports of older versions have it as JSON text. */
function propertiesOf(node: DocumentNode): string {
  return node.isObject ? JSON.stringify(node.value) : node.text();
}
