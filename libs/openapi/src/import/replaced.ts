import { shown } from '@gatehouse/aws-wire';
import { OWN } from '../own-extensions.js';
import type { DocumentNode } from './document/document-node.js';
import type { Warnings } from './warnings.js';

/**
 * The members of `info` or a schema as the API has them: where an export put something in their place, what was there. A member that was
 * changed in the document counts as it stands; what does not say what is in the place of what is left out with a warning.
 */
export function ownMembers(node: DocumentNode, warnings: Warnings): Map<string, DocumentNode> {
  const members = new Map(node.entries());
  for (const [name, replacement] of members.get(OWN.replaced)?.entries() ?? []) {
    const said = new Map(replacement.entries());
    if (!said.has('by') || [...said.keys()].some((member) => member !== 'by' && member !== 'was')) {
      warnings.add(`'${shown(name)}' of '${OWN.replaced}' must have 'by' and perhaps 'was'. Ignoring.`, replacement);
      continue;
    }
    const stands = JSON.stringify(members.get(name)?.value);
    if (stands === undefined || stands !== JSON.stringify(said.get('by')?.value)) continue;
    const was = replacement.member('was');
    if (was) members.set(name, was);
    else members.delete(name);
  }
  return members;
}
