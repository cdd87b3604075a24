import type { ImportContext } from '../context.js';
import type { DocumentNode } from '../document/document-node.js';
import { segmentsOf } from './resource-path.js';

export type BasePathMode = 'ignore' | 'prepend' | 'split';

/**
 * What stands before every path of the document: empty, or `/` and the segments of its base path; with `split` those after the first one.
 * Throws `BadRequestException` for a base path that resources cannot have. Source: developer guide, api-gateway-import-api-basePath.
 */
export function basePathOf({ root, version }: ImportContext, mode: BasePathMode): string {
  if (mode === 'ignore') return '';
  const given = version === '2.0' ? swaggerBasePath(root) : serverBasePath(root);
  if (!given) return '';
  const segments = segmentsOf(given.path, (reason) => given.node.refuse(reason));
  return (mode === 'split' ? segments.slice(1) : segments).map((segment) => `/${segment}`).join('');
}

interface GivenBasePath {
  path: string;
  node: DocumentNode;
}

function swaggerBasePath(root: DocumentNode): GivenBasePath | undefined {
  const node = root.member('basePath');
  return node && { path: rooted(node.text()), node };
}

/** The variable `basePath` of the first server, else the path of its URL with the defaults of the other variables. */
function serverBasePath(root: DocumentNode): GivenBasePath | undefined {
  const server = root.member('servers')?.items()[0];
  if (!server) return undefined;
  const variables = server.member('variables');
  const base = variables?.member('basePath')?.member('default');
  if (base) return { path: rooted(base.writtenText()), node: base };
  const node = server.required('url');
  const url = node.text().replace(/\{([^{}]+)\}/g, (placeholder, name: string) => {
    return variables?.member(name)?.member('default')?.scalarText() ?? placeholder;
  });
  return { path: rooted(url.replace(/^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '')), node };
}

const rooted = (path: string) => (path.startsWith('/') ? path : `/${path}`);
