/** Where a value stands in a document: a key or index within the value around it; undefined is the document itself. */
export interface Place {
  readonly around: Place | undefined;
  readonly key: string;
}

/** Where something stands in the text of a document. */
export interface DocumentPlace {
  /** JSON pointer (RFC 6901); empty for the document itself. */
  pointer: string;
  /** From 1. */
  line: number;
}

export const within = (around: Place | undefined, key: string): Place => ({ around, key });

/** The keys from the document down to the place. */
export function keysOf(place: Place | undefined): string[] {
  const keys: string[] = [];
  for (let each = place; each; each = each.around) keys.push(each.key);
  return keys.reverse();
}

/** The place as a JSON pointer (RFC 6901); empty for the document itself. */
export const pointerOf = (place: Place | undefined) => pointerOfKeys(keysOf(place));

/** The JSON pointer of these keys. */
export function pointerOfKeys(keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The keys that a JSON pointer in a URI fragment (`#/definitions/Pet`) names; undefined when it is none. */
export function keysOfFragment(reference: string): string[] | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  return reference
    .slice(1)
    .split('/')
    .slice(1)
    .map((key) => percentDecoded(key).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
