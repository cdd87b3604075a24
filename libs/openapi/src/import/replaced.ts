import { OWN } from '../own-extensions.js';
import type { DocumentNode } from './document/document-node.js';

/**
 * The members of `info` or a schema as the API has them: where an export put something in their place, what was there. A member that was
 * changed in the document counts as it stands.
 */
export function ownMembers(node: DocumentNode): Map<string, DocumentNode> {
  const members = new Map(node.entries());
  for (const [name, replacement] of members.get(OWN.replaced)?.entries() ?? []) {
    const stands = JSON.stringify(members.get(name)?.value);
    if (stands === undefined || stands !== JSON.stringify(replacement.member('by')?.value)) continue;
    const was = replacement.member('was');
    if (was) members.set(name, was);
    else members.delete(name);
  }
  return members;
}
