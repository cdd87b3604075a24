import { badRequest } from '@gatehouse/aws-wire';
import type { PatchOperation, PatchRefusal } from './patch-table.js';

const printed = (value: string | undefined) => value ?? 'null';

const copy: PatchRefusal['copy'] = ({ path, from }, paths, sources) =>
  badRequest(
    `Invalid copy operation with path: ${printed(path)} and from ${printed(from)}. ` +
      `Valid copy:path are [${paths.join(', ')}] and valid copy:from are [${sources.join(', ')}]`,
  );

/** RestApi, Method and what hangs below a method: names the path, or else the operations that it allows. */
export const NAMES_PATH: PatchRefusal = {
  path: ({ path }) => badRequest(`Invalid patch path ${printed(path)}`),
  operation: (_, allowed) =>
    badRequest(
      allowed.length === 1
        ? `Invalid patch operation specified. Must be one of: [${allowed[0]}]`
        : `Invalid patch operation specified. Must be ${allowed.map((op) => `'${op}'`).join('|')}`,
    ),
  copy,
};

/** Resource, ApiKey and other flat entities: lists the paths that the operation may have. */
export const LISTS_PATHS: PatchRefusal = {
  path: listPaths,
  operation: (operation, _, listed) => listPaths(operation, listed),
  copy,
};

// The two blanks after "path" are AWS's.
function listPaths({ path, op }: PatchOperation, listed: string[]) {
  const advice = listed.length > 0 ? `Must be one of: [${listed.join(', ')}]` : 'Please choose supported operations';
  return badRequest(`Invalid patch path  '${printed(path)}' specified for op '${printed(op)}'. ${advice}`);
}
