import { decodeComponent, encodeComponent, encodeUnsafe, utf8Bytes, type ByteText } from '../http/byte-text.js';
import { countDotSegments, hasDotSegment, isUnreserved } from '../http/request-target.js';

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
const DOT = 0x2e;
const SLASH = 0x2f;

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
  private readonly path: readonly Piece[];
  private readonly query: readonly Piece[];
  /** Places of the values that stand before the query. */
  private readonly pathPlaces: readonly number[];
  /** Dot segments that the URI has of its own. */
  private readonly ownDots: number;
  /** The text before a placeholder ends within a percent-encoding, which a value could go on with. */
  private readonly openEncoding: boolean;

  constructor(private readonly pieces: Piece[]) {
    const head = pieces[0];
    const scheme = typeof head === 'string' ? SCHEME.exec(head)?.[0] : undefined;
    let end = -1;
    if (typeof head === 'string' && scheme !== undefined) {
      end = head.slice(scheme.length).search(/[/?#]/);
      if (end >= 0) end += scheme.length;
      else if (pieces.length === 1) end = head.length;
    }
    let rest: Piece[] = [];
    if (end < 0) {
      // A placeholder stands before the path begins, or this is no http URI.
      this.origin = scheme === undefined ? 'invalid' : null;
    } else {
      this.origin = originOf((head as string).slice(0, end));
      rest = [(head as string).slice(end), ...pieces.slice(1)];
    }
    const { path, query } = splitPath(rest);
    this.path = path;
    this.query = query;
    this.pathPlaces = placesBeforeQuery(pieces);
    this.openEncoding = path.some((piece) => typeof piece === 'string' && /%[0-9a-f]?$/i.test(piece));
    this.ownDots = dotSegmentsOf(path.map((piece) => (typeof piece === 'string' ? piece : 'x')).join(''));
    this.constant = this.origin === 'invalid' ? 'invalid' : pieces.length === 1 ? this.render([]) : null;
  }

  /** The endpoint for one request; a placeholder without a value stays as it is written. */
  render(values: Values): Endpoint | EndpointFault {
    let harmless = !this.openEncoding;
    for (const place of this.pathPlaces) harmless &&= isHarmless(values[place]);
    if (!harmless && !this.pathPlaces.every((place) => staysInPlace(values[place]))) return 'unmappable';
    if (this.origin === null) return this.renderAuthority(values);
    let path = '';
    for (const piece of this.path) path += typeof piece === 'string' ? piece : pathText(piece, values);
    // What each value may do by itself can still make dot segments together with what stands beside it.
    if (!harmless && values.length > 0 && dotSegmentsOf(path) > this.ownDots) return 'unmappable';
    let query = '';
    for (const piece of this.query) query += typeof piece === 'string' ? piece : queryText(piece, values);
    return { origin: this.origin, path, query };
  }

  private renderAuthority(values: Values): Endpoint | EndpointFault {
    const text = this.pieces.map((piece) => (typeof piece === 'string' ? piece : authorityText(piece, values))).join('');
    const start = (SCHEME.exec(text)?.[0] ?? '').length;
    const end = text.slice(start).search(/[/?#]/);
    const stop = end < 0 ? text.length : start + end;
    const origin = originOf(text.slice(0, stop));
    if (origin === 'invalid') return origin;
    const split = splitPath([text.slice(stop)]);
    const [path, query] = [split.path.join(''), split.query.join('')];
    return hasDotSegment(path) ? 'unmappable' : { origin, path, query };
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
 * Whether a value is one that cannot make a dot segment, whatever stands beside it, and is not encoded: each of its segments has a letter, a digit or
 * one of `-_~`, and nothing else but dots. Nearly all values are such, and need no closer look.
 */
function isHarmless(value: PlaceholderValue | undefined): boolean {
  if (value === undefined) return false;
  const { bytes, encoded } = value;
  let named = false;
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes.charCodeAt(i);
    if (code === DOT) continue;
    if (code === SLASH && encoded && named) named = false;
    else if (isUnreserved(code)) named = true;
    else return false;
  }
  return named;
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

/** Takes what follows the authority apart; all text is as it goes on the wire, and the path begins with a slash. */
function splitPath(pieces: readonly Piece[]): { path: Piece[]; query: Piece[] } {
  const path: Piece[] = [];
  let query: Piece[] | null = null;
  for (const piece of pieces) {
    if (typeof piece !== 'string') {
      (query ?? path).push(piece);
      continue;
    }
    const hash = piece.indexOf('#');
    const text = hash < 0 ? piece : piece.slice(0, hash);
    const mark: number = query === null ? text.indexOf('?') : -1;
    if (mark < 0) (query ?? path).push(encodeUnsafe(text));
    else {
      path.push(encodeUnsafe(text.slice(0, mark)));
      query = [encodeUnsafe(text.slice(mark + 1))];
    }
    if (hash >= 0) break;
  }
  const [first] = path;
  if (typeof first !== 'string' || !first.startsWith('/')) path.unshift('/');
  return { path, query: query ?? [] };
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
