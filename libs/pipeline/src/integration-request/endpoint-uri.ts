import { decodeComponent, encodeComponent, encodeUnsafe, utf8Bytes, type ByteText } from '../http/byte-text.js';
import { countDotSegments, hasDotSegment } from '../http/request-target.js';

/** Where one request goes. */
export interface Endpoint {
  readonly origin: string;
  /** Begins with a slash, without query. */
  readonly path: string;
  /** What the URI itself has after its question mark. */
  readonly query: string;
}

/** Value for a `{placeholder}`. */
export interface PlaceholderValue {
  readonly bytes: ByteText;
  /** It comes from the request's path: it is encoded already, and slashes in it are the client's. */
  readonly encoded: boolean;
}

/** Why no endpoint came of a URI: an address that is none, or a value that would lead out of its place in the path. */
export type EndpointFault = 'invalid' | 'unmappable';

interface Placeholder {
  readonly name: string;
  /** Its value's place among the values of a request. */
  readonly place: number;
}

/** A piece of a URI. */
type Piece = string | Placeholder;

type Values = readonly (PlaceholderValue | undefined)[];

const PLACEHOLDER = /\$\{stageVariables\.([^}]*)\}|\{([^{}]*)\}/g;
const SCHEME = /^https?:\/\//i;

/**
 * The URI of an integration, as written. `{name}` is replaced where a mapping gives `name` a value and stays else; a stage variable that is
 * missing becomes empty. Source: recorded behaviour of AWS.
 */
export class UriTemplate {
  private readonly pieces: (Piece | { readonly variable: string })[] = [];

  /** @param placeholders the names that mappings to `integration.request.path` give values to */
  constructor(uri: string, placeholders: readonly string[]) {
    let at = 0;
    for (const match of uri.matchAll(PLACEHOLDER)) {
      const [whole, variable, name] = match;
      const place = name === undefined ? -1 : placeholders.indexOf(name);
      if (variable === undefined && place < 0) continue;
      this.pieces.push(uri.slice(at, match.index));
      this.pieces.push(variable === undefined ? { name: name as string, place } : { variable });
      at = match.index + whole.length;
    }
    this.pieces.push(uri.slice(at));
  }

  /** The URI with the variables of one stage put in. */
  onStage(variables: ReadonlyMap<string, ByteText>): StageUri {
    const pieces: Piece[] = [];
    for (const piece of this.pieces) {
      if (typeof piece === 'object' && 'place' in piece) {
        pieces.push(piece);
        continue;
      }
      const text = typeof piece === 'string' ? utf8Bytes(piece) : (variables.get(piece.variable) ?? '');
      if (typeof pieces.at(-1) === 'string') pieces.push(`${pieces.pop() as string}${text}`);
      else if (text !== '' || pieces.length === 0) pieces.push(text);
    }
    return new StageUri(pieces);
  }
}

/** A URI on one stage: settled as far as it does not depend on the request. */
export class StageUri {
  /** Set when no request changes the endpoint. */
  readonly constant: Endpoint | EndpointFault | null;
  /** Scheme and authority; null when a placeholder stands in them. */
  private readonly origin: string | EndpointFault | null;
  private readonly pathPieces: Piece[];
  /** Places of the values that stand before the query. */
  private readonly pathPlaces: readonly number[];
  /** Dot segments that the URI has of its own. */
  private readonly ownDots: number;

  constructor(private readonly pieces: Piece[]) {
    const head = pieces[0];
    const scheme = typeof head === 'string' ? SCHEME.exec(head)?.[0] : undefined;
    let end = -1;
    if (typeof head === 'string' && scheme !== undefined) {
      end = head.slice(scheme.length).search(/[/?#]/);
      if (end >= 0) end += scheme.length;
      else if (pieces.length === 1) end = head.length;
    }
    if (end < 0) {
      // A placeholder stands before the path begins, or this is no http URI.
      this.origin = scheme === undefined ? 'invalid' : null;
      this.pathPieces = [];
    } else {
      this.origin = originOf((head as string).slice(0, end));
      this.pathPieces = [(head as string).slice(end), ...pieces.slice(1)];
    }
    this.pathPlaces = placesBeforeQuery(pieces);
    this.ownDots = dotSegmentsOf(
      splitPath(
        this.pathPieces.map((piece) => (typeof piece === 'string' ? piece : 'x')),
        [],
      ).path,
    );
    this.constant = this.origin === 'invalid' ? 'invalid' : pieces.length === 1 ? this.render([]) : null;
  }

  /** The endpoint for one request; a placeholder without a value stays as it is written. */
  render(values: Values): Endpoint | EndpointFault {
    if (!this.pathPlaces.every((place) => staysInPlace(values[place]))) return 'unmappable';
    if (this.origin === null) return this.renderAuthority(values);
    const split = splitPath(this.pathPieces, values);
    // Harmless values can still make dot segments together with what stands beside them.
    if (values.length > 0 && dotSegmentsOf(split.path) > this.ownDots) return 'unmappable';
    return { origin: this.origin, ...split };
  }

  private renderAuthority(values: Values): Endpoint | EndpointFault {
    const text = this.pieces.map((piece) => (typeof piece === 'string' ? piece : authorityText(piece, values))).join('');
    const start = (SCHEME.exec(text)?.[0] ?? '').length;
    const end = text.slice(start).search(/[/?#]/);
    const stop = end < 0 ? text.length : start + end;
    const origin = originOf(text.slice(0, stop));
    if (origin === 'invalid') return origin;
    const split = splitPath([text.slice(stop)], []);
    return hasDotSegment(split.path) ? 'unmappable' : { origin, ...split };
  }
}

function dotSegmentsOf(path: string): number {
  return countDotSegments(path.replaceAll(/%2F/gi, '/'));
}

function placesBeforeQuery(pieces: readonly Piece[]): number[] {
  const places: number[] = [];
  for (const piece of pieces) {
    if (typeof piece !== 'string') places.push(piece.place);
    else if (/[?#]/.test(piece)) break;
  }
  return places;
}

/**
 * Whether a value may stand in a path. It is looked at as a backend sees it that decodes once: encoding does not keep one that resolves dots
 * after decoding, or takes a backslash for a slash, in the place that the mapping gives it.
 */
function staysInPlace(value: PlaceholderValue | undefined): boolean {
  if (value === undefined) return true;
  const bytes = value.encoded ? decodeComponent(value.bytes) : value.bytes;
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes.charCodeAt(i);
    if (code < 0x20 || code === 0x7f || code === 0x5c) return false;
  }
  return !hasDotSegment(`/${bytes}`);
}

function authorityText({ name, place }: Placeholder, values: Values): string {
  const value = values[place];
  return value === undefined ? `{${name}}` : encodeComponent(value.bytes);
}

function originOf(text: string): string | 'invalid' {
  try {
    const url = new URL(text);
    return url.username || url.password || url.hostname === '' ? 'invalid' : url.origin;
  } catch {
    return 'invalid';
  }
}

function splitPath(pieces: readonly Piece[], values: Values): { path: string; query: string } {
  let path = '';
  let query: string | null = null;
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      const hash = piece.indexOf('#');
      const text = hash < 0 ? piece : piece.slice(0, hash);
      const mark = query === null ? text.indexOf('?') : -1;
      if (query !== null) query += encodeUnsafe(text);
      else if (mark < 0) path += encodeUnsafe(text);
      else {
        path += encodeUnsafe(text.slice(0, mark));
        query = encodeUnsafe(text.slice(mark + 1));
      }
      if (hash >= 0) break;
    } else if (query === null) path += pathText(piece, values);
    else query += queryText(piece, values);
  }
  return { path: path.startsWith('/') ? path : `/${path}`, query: query ?? '' };
}

function pathText({ name, place }: Placeholder, values: Values): string {
  const value = values[place];
  if (value === undefined) return encodeComponent(`{${name}}`);
  return value.encoded ? encodeUnsafe(value.bytes) : encodeComponent(value.bytes);
}

function queryText({ name, place }: Placeholder, values: Values): string {
  const value = values[place] ?? { bytes: `{${name}}`, encoded: false };
  return encodeComponent(value.encoded ? decodeComponent(value.bytes) : value.bytes);
}
