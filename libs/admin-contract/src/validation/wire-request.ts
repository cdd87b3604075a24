import type { IncomingHttpHeaders } from 'node:http';

/** A request as it came over the wire, percent-decoded exactly once and not yet judged. */
export interface WireRequest {
  /** Values of the path's placeholders. */
  parameters: Readonly<Record<string, string>>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}
