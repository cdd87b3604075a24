import type { Attack } from '../attack.js';
import { CHUNKS, TRAILERS } from './chunks.js';
import { CONTENT_LENGTHS, MISPLACED_CODINGS, TRANSFER_CODINGS, UNEXPECTED_CHUNKS, UNREAD_BODIES } from './framing.js';
import { FIELDS, LINE_ENDS, REQUEST_LINES } from './heads.js';
import { EXPECTATIONS, METHODS, UPGRADES } from './methods.js';
import { HOSTS, TARGETS } from './targets.js';

/** All messages of the corpus that are about the form of messages, by class of attack. None is large. */
export const FORMS: readonly (readonly [title: string, attacks: readonly Attack[]])[] = [
  ['security class: HTTP/1.1 smuggling: CL.TE, TE.CL and TE.TE: Transfer-Encoding with', TRANSFER_CODINGS],
  ['security class: HTTP/1.1 smuggling: Transfer-Encoding that is none:', MISPLACED_CODINGS],
  ['security class: HTTP/1.1 smuggling: Content-Length with', CONTENT_LENGTHS],
  ['security class: HTTP/1.1 smuggling: CL.0: the body', UNREAD_BODIES],
  ['security class: HTTP/1.1 smuggling: TE.0: chunks on', UNEXPECTED_CHUNKS],
  ['security class: HTTP/1.1 smuggling: chunks with', CHUNKS],
  ['security class: spoofed trusted headers: trailers with', TRAILERS],
  ['security class: HTTP/1.1 smuggling: a request line with', REQUEST_LINES],
  ['security class: HTTP/1.1 smuggling: line ends:', LINE_ENDS],
  ['security class: CR/LF and header injection: a header with', FIELDS],
  ['security class: HTTP/1.1 smuggling: a target with', TARGETS],
  ['security class: HTTP/1.1 smuggling: a Host with', HOSTS],
  ['security class: CONNECT and odd methods:', METHODS],
  ['security class: upgrade, WebSocket and h2c smuggling: an upgrade to', UPGRADES],
  ['security class: HTTP/1.1 smuggling: Expect:', EXPECTATIONS],
];

export const CORPUS: readonly Attack[] = FORMS.flatMap(([, attacks]) => attacks);
