import type { Peer } from '../connection-host.js';
import type { AddressRanges } from './address-ranges.js';
import { lastForwardedElement, type ForwardedElement } from './forwarded-header.js';
import { nodeAddress } from './ip-address.js';

/** The header by which trusted proxies say whom they speak for. */
export type ForwardingHeader = 'x-forwarded-for' | 'forwarded';

/**
 * Believes what proxies in `ranges` say of their clients, in one header alone: a proxy overwrites or extends the one that it is set up for and may let
 * a client's own through in the other.
 *
 * The client is the last address in the chain that is not a trusted proxy's: what stands before it was written by itself. Where the chain breaks
 * off on the way there (an address that is none, `unknown`, an obfuscated name), the proxy that sent the request is taken for the client.
 */
export class TrustedProxies {
  constructor(
    private readonly ranges: AddressRanges,
    private readonly header: ForwardingHeader,
  ) {}

  /** Who is behind a request with these headers that came from `peer`: `peer` itself, unless it is trusted and names another. */
  clientOf(peer: Peer, headers: readonly string[]): Peer {
    if (!this.ranges.contains(peer.address)) return peer;
    return this.header === 'forwarded' ? this.byForwarded(peer, headers) : this.byForwardedFor(peer, headers);
  }

  private byForwardedFor(peer: Peer, headers: readonly string[]): Peer {
    const chain = new ListFromEnd(headers, 'x-forwarded-for');
    let address: string | null = null;
    let hops = 0;
    for (let text = chain.next(); text !== null; text = chain.next()) {
      address = nodeAddress(text);
      if (address === null) return peer;
      hops++;
      if (!this.ranges.contains(address)) break;
    }
    if (address === null) return peer;
    const secure = schemeOf(atHop(headers, 'x-forwarded-proto', hops));
    return clientAt(peer, address, secure, portOf(atHop(headers, 'x-forwarded-port', hops)));
  }

  private byForwarded(peer: Peer, headers: readonly string[]): Peer {
    const text = valuesOf(headers, 'forwarded').join(',');
    let found: { address: string; element: ForwardedElement } | null = null;
    for (let end = text.length; end > 0;) {
      const element = lastForwardedElement(text, end);
      const address = element?.for === undefined ? null : nodeAddress(element.for);
      if (!element || address === null) return peer;
      found = { address, element };
      if (!this.ranges.contains(address)) break;
      end = element.start - 1;
    }
    return found === null ? peer : clientAt(peer, found.address, schemeOf(found.element.proto), null);
  }
}

/** A scheme without a port means the scheme's own; without a scheme it is as the proxy came. */
function clientAt(peer: Peer, address: string, secure: boolean | null, port: number | null): Peer {
  return {
    address,
    secure: secure ?? peer.secure,
    localPort: port ?? (secure === null ? peer.localPort : secure ? 443 : 80),
  };
}

/**
 * What a list has for the hop that named the client, counted from its end. A list of one value was written once for the whole way. Undefined where
 * there is none.
 */
function atHop(headers: readonly string[], name: string, hop: number): string | undefined {
  const values = valuesOf(headers, name).join(',').split(',');
  return (values.length === 1 ? values[0] : values.at(-hop))?.trim();
}

function schemeOf(text: string | undefined): boolean | null {
  const scheme = text?.toLowerCase();
  return scheme === 'https' ? true : scheme === 'http' ? false : null;
}

function portOf(text: string | undefined): number | null {
  if (text === undefined || !/^[1-9]\d{0,4}$/.test(text)) return null;
  const port = Number(text);
  return port > 65_535 ? null : port;
}

/** Every value of a header whose name is `name` in any letter case. */
function valuesOf(headers: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const spelling = headers[i] as string;
    if (spelling.length === name.length && spelling.toLowerCase() === name) values.push(headers[i + 1] as string);
  }
  return values;
}

/** The parts of a list header from the last one on; what comes first may be a client's, who may have made it long. */
class ListFromEnd {
  private readonly text: string;
  private end: number;

  constructor(headers: readonly string[], name: string) {
    this.text = valuesOf(headers, name).join(',');
    this.end = this.text.length;
  }

  next(): string | null {
    if (this.end <= 0) return null;
    const start = this.text.lastIndexOf(',', this.end - 1) + 1;
    const part = this.text.slice(start, this.end).trim();
    this.end = start - 1;
    return part;
  }
}
