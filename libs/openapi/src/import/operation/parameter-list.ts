import type { ImportContext } from '../context.js';
import type { DocumentNode } from '../document/document-node.js';
import type { ParameterView } from './operation-view.js';

/** The parameters of a path with those of one of its operations, which take the place of those of the same name and location. */
export function parametersOf(path: DocumentNode, operation: DocumentNode, { references }: ImportContext): ParameterView[] {
  const byKey = new Map<string, ParameterView>();
  for (const list of [path.member('parameters'), operation.member('parameters')]) {
    for (const item of list?.items() ?? []) {
      const node = references.resolve(item);
      const given = {
        node,
        name: node.required('name').text(),
        in: node.required('in').text(),
        required: node.member('required')?.flag() ?? false,
      };
      byKey.set(JSON.stringify([given.in, given.name]), given);
    }
  }
  return [...byKey.values()];
}
