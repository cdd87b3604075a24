import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson, contentHash } from './canonical-json.js';
import { CURRENT_SCHEMA, type DocumentBodies, type DocumentKind, type Scope } from './documents.js';
import type { DataPlaneKey } from './keys.js';
import { readBody } from './strict-reader.js';

/** Names a document everywhere: in Redis, in the change log, on disk, in the fleet report. */
export interface DocumentRef extends Scope {
  kind: DocumentKind;
  /** Within scope and kind: `{apiId}/{stage}`, `{usagePlanId}`, `{apiKeyId}`, `{certificateId}`, a domain name, or a deployment's content hash. */
  key: string;
}

/** A document as it travels. A tombstone has no body. */
export interface Document<K extends DocumentKind = DocumentKind> extends DocumentRef {
  kind: K;
  /** Grows with each change of this document and never restarts, not even when the name is deleted and made again. 0 for deployments. */
  revision: number;
  body: DocumentBodies[K] | null;
}

/** One document of any kind; switching on `kind` tells the type of `body`. */
export type AnyDocument = { [K in DocumentKind]: Document<K> }[DocumentKind];

/** A document that cannot be served: said by name, never skipped. */
export class RefusedDocument extends Error {
  constructor(
    readonly ref: string,
    readonly reason: string,
  ) {
    super(`${ref}: ${reason}`);
  }
}

/** `kind account/region/key`: one text for logs, Redis members and file names' digests. */
export function refName(ref: DocumentRef): string {
  return `${ref.kind} ${ref.accountId}/${ref.region}/${ref.key}`;
}

/** Parses what `refName` wrote. Throws `RefusedDocument` for an unknown kind. */
export function parseRef(name: string): DocumentRef {
  const space = name.indexOf(' ');
  const kind = name.slice(0, space);
  const [accountId, region, ...key] = name.slice(space + 1).split('/');
  if (!Object.hasOwn(CURRENT_SCHEMA, kind)) throw new RefusedDocument(name, `unknown document kind ${kind}`);
  if (!accountId || !region || key.length === 0) throw new RefusedDocument(name, 'malformed document name');
  return { kind: kind as DocumentKind, accountId, region, key: key.join('/') };
}

interface Wire {
  name: string;
  schemaVersion: number;
  revision: number;
  /** Canonical JSON of the body, or null for a tombstone. */
  body: string | null;
  keyId: string;
  mac: string;
}

function macOf(key: DataPlaneKey, wire: Omit<Wire, 'mac' | 'keyId'>): string {
  const head = canonicalJson([wire.name, wire.schemaVersion, wire.revision, wire.body === null]);
  return createHmac('sha256', key.mac)
    .update(`${head.length}:${head}`)
    .update(wire.body ?? '')
    .digest('base64url');
}

/** The only text that a document has: the MAC leaves out blanks, and which of two members of one name counts, and readers must not differ in these. */
function textOf({ name, schemaVersion, revision, body, keyId, mac }: Wire): string {
  return JSON.stringify({ name, schemaVersion, revision, body, keyId, mac } satisfies Wire);
}

/** Writes a document for the wire, signed with `key`. */
export function writeDocument(key: DataPlaneKey, document: Document): string {
  const unsigned = {
    name: refName(document),
    schemaVersion: CURRENT_SCHEMA[document.kind],
    revision: document.revision,
    body: document.body === null ? null : canonicalJson(document.body),
  };
  return textOf({ ...unsigned, keyId: key.id, mac: macOf(key, unsigned) });
}

/**
 * Reads a document strictly: right name, known kind, schema version n or n-1, valid MAC, character for character as `writeDocument` writes it, and so one
 * line; every member of the body known and of its type; a deployment's body must hash to its name. Throws `RefusedDocument` that says what is wrong.
 */
export function readDocument(keys: readonly DataPlaneKey[], expected: DocumentRef, text: string): AnyDocument {
  const name = refName(expected);
  const refuse = (reason: string) => new RefusedDocument(name, reason);
  let wire: Wire;
  try {
    wire = JSON.parse(text) as Wire;
  } catch {
    throw refuse('not JSON');
  }
  if (wire === null || typeof wire !== 'object' || typeof wire.mac !== 'string') throw refuse('not a document');
  const key = keys.find((candidate) => candidate.id === wire.keyId);
  if (!key) throw refuse(`signed with the unknown key ${String(wire.keyId).slice(0, 32)}`);
  const given = Buffer.from(wire.mac, 'base64url');
  const right = Buffer.from(macOf(key, wire), 'base64url');
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw refuse('its MAC does not match');
  if (text !== textOf(wire)) throw refuse('it is not written as Gatehouse writes it');
  if (wire.name !== name) throw refuse(`it is named ${wire.name}`);
  const current = CURRENT_SCHEMA[expected.kind];
  if (wire.schemaVersion !== current && wire.schemaVersion !== current - 1) {
    throw refuse(`schema version ${wire.schemaVersion} is not one that this program reads (${current - 1}, ${current})`);
  }
  if (wire.body === null) return { ...expected, revision: wire.revision, body: null } as AnyDocument;
  if (expected.kind === 'deployment' && contentHash(wire.body) !== expected.key)
    throw refuse('its content does not match its hash');
  return { ...expected, revision: wire.revision, body: readBody(expected.kind, JSON.parse(wire.body), name) } as AnyDocument;
}
