import { shown } from '@gatehouse/aws-wire';

const NAME = '[a-zA-Z0-9._:,-]+';
const SEGMENT = new RegExp(`^(?:${NAME}|\\{${NAME}\\+?\\})$`);
/** No request line is longer, and a base path stands before every path. */
const LONGEST_PATH = 4096;
/** Each may become a resource. */
const MOST_SEGMENTS = 100;
const GREEDY = /^\{.+\+\}$/;

/**
 * The segments of a path of the document. A slash at its end means nothing. Throws what `refuse` makes.
 * Source: developer guide, api-gateway-known-issues (characters), api-gateway-set-up-simple-proxy (greedy parameters come last).
 */
export function segmentsOf(path: string, refuse: (reason: string) => Error): string[] {
  if (!path.startsWith('/')) throw refuse("a path must begin with '/'");
  if (path.length > LONGEST_PATH) throw refuse(`a path has at most ${LONGEST_PATH} characters`);
  if (path === '/') return [];
  const segments = path.slice(1).replace(/\/$/, '').split('/');
  if (segments.length > MOST_SEGMENTS) throw refuse(`a path has at most ${MOST_SEGMENTS} segments`);
  for (const segment of segments) {
    if (!SEGMENT.test(segment)) {
      throw refuse(
        `Resource's path part only allow a-zA-Z0-9._- and curly braces at the beginning and the end and an optional plus sign before the closing brace: '${shown(segment)}'`,
      );
    }
  }
  const greedy = segments.findIndex((segment) => GREEDY.test(segment));
  if (greedy !== -1 && greedy < segments.length - 1) {
    throw refuse(`Cannot create a child of a resource with a greedy path variable: ${shown(segments[greedy] ?? '')}`);
  }
  return segments;
}

/** The names of the path's parameters; a greedy one is none that AWS adds to methods. */
export function parameterNames(path: string): string[] {
  return [...path.matchAll(/\{([^{}/]+)\}/g)].map((match) => match[1] ?? '').filter((name) => !name.endsWith('+'));
}
