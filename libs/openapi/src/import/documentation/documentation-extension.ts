import {
  completedLocation,
  describedAgain,
  LOCATION_MEMBERS,
  LOCATION_TYPES,
  locationKey,
  type ApiDefinition,
  type DocumentationLocation,
} from '@gatehouse/api-model';
import type { DocumentNode } from '../document/document-node.js';
import type { Warnings } from '../warnings.js';
import { withoutAbsent } from '../without-absent.js';

const TYPES = [...LOCATION_TYPES.keys()];

/**
 * The documentation parts that `x-amazon-apigateway-documentation` gives, and the version that they make; of several at one location the
 * first one, with a warning for each other. Throws `BadRequestException` for locations that AWS does not have.
 * Source: developer guide, api-gateway-swagger-extensions-documentation; API reference, DocumentationPartLocation.
 */
export function documentationOf(
  given: DocumentNode,
  warnings: Warnings,
): Pick<ApiDefinition, 'documentationParts' | 'documentationVersion'> {
  const parts = new Map<string, ApiDefinition['documentationParts'][number]>();
  for (const [index, node] of (given.member('documentationParts')?.items() ?? []).entries()) {
    const location = locationOf(node.required('location'), (member, type) =>
      warnings.add(`Documentation part ${index + 1}: '${member}' is not a valid field for type '${type}'. Ignoring.`),
    );
    const key = locationKey(location);
    const properties = propertiesOf(node.required('properties'));
    if (parts.has(key)) warnings.add(`Ignored documentation part ${index + 1}: ${describedAgain(location)}`);
    else parts.set(key, { location, properties });
  }
  return withoutAbsent({
    documentationParts: [...parts.values()],
    documentationVersion: given.member('version')?.writtenText() || undefined,
  });
}

/** Members that the type cannot have change nothing; `leaveOut` is told of them. */
function locationOf(node: DocumentNode, leaveOut: (member: string, type: string) => void): DocumentationLocation {
  const type = node.required('type').option(TYPES);
  const members = LOCATION_MEMBERS.flatMap((member) => {
    const text = node.member(member)?.scalarText();
    if (!text?.trim()) return [];
    if (LOCATION_TYPES.get(type)!.includes(member)) return [[member, text] as const];
    leaveOut(member, type);
    return [];
  });
  const completed = completedLocation({ type, ...Object.fromEntries(members) });
  if (completed.fault !== undefined) throw node.refuse(completed.fault);
  return completed.location;
}

/** Properties are an object; AWS's exports of older versions have it as JSON text. */
function propertiesOf(node: DocumentNode): string {
  return node.isObject ? JSON.stringify(node.value) : node.text();
}
