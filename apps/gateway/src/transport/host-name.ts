/** Authorities that were read lately: a gateway meets the same few hosts again and again. */
const known = new Map<string, string>();
/** Each keeps the head alive that it was cut from. */
const MOST_KNOWN = 256;

/** The host of an authority or a Host header, as the routing table knows it: in lower case, without its port and without the dot of the root. */
export function hostName(authority: string): string {
  let host = known.get(authority);
  if (host === undefined) {
    host = read(authority);
    if (known.size === MOST_KNOWN) known.clear();
    known.set(authority, host);
  }
  return host;
}

function read(authority: string): string {
  const colon = authority.lastIndexOf(':');
  const host = (colon > authority.lastIndexOf(']') ? authority.slice(0, colon) : authority).toLowerCase();
  return host.endsWith('.') ? host.slice(0, -1) : host;
}
