import { MalformedPolicy, Policy } from '@gatehouse/iam-policy';
import { utf8Bytes, type ByteText } from '../../http/byte-text.js';

/** What a Lambda authorizer decided about an identity: whom it takes it for, and a policy that says which methods it may call. */
export interface AuthorizerDecision {
  readonly principalId: string;
  readonly policy: Policy;
  /** The same as it came, for whoever has to be told why. */
  readonly policyDocument: unknown;
  readonly context: ReadonlyMap<string, ByteText>;
  readonly usageIdentifierKey: string | null;
  /** Bytes of the answer that it was read from. */
  readonly size: number;
}

/** An answer that is no decision; the message says why. */
export class MalformedAnswer extends Error {}

/** In the event of a function they are the gateway's to say. */
const GIVEN_BY_GATEWAY = new Set(['principalId', 'integrationLatency', 'claims']);

/**
 * Reads what a Lambda authorizer returned. Nothing of it is guessed: throws `MalformedAnswer` for whatever is not as AWS documents it. Source: AWS, "Output from
 * an API Gateway Lambda authorizer".
 */
export function readDecision(body: Buffer): AuthorizerDecision {
  const answer = parse(body);
  if (!isObject(answer)) throw new MalformedAnswer('it is no JSON object');
  const { principalId, policyDocument, context, usageIdentifierKey } = answer;
  if (typeof principalId !== 'string' || principalId === '') throw new MalformedAnswer('principalId is no text');
  if (!isNothing(usageIdentifierKey) && typeof usageIdentifierKey !== 'string') {
    throw new MalformedAnswer('usageIdentifierKey is no text');
  }
  return {
    principalId: utf8Bytes(principalId),
    policy: compilePolicy(policyDocument),
    policyDocument,
    context: isNothing(context) ? new Map() : readContext(context),
    usageIdentifierKey: isNothing(usageIdentifierKey) ? null : utf8Bytes(usageIdentifierKey),
    size: body.length,
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new MalformedAnswer('it is no JSON');
  }
}

function compilePolicy(document: unknown): Policy {
  try {
    return Policy.compile(document, 'authorizer');
  } catch (error) {
    if (error instanceof MalformedPolicy) throw new MalformedAnswer(`policyDocument: ${error.message}`);
    throw error;
  }
}

function readContext(context: unknown): ReadonlyMap<string, ByteText> {
  if (!isObject(context)) throw new MalformedAnswer('context is no object');
  const values = new Map<string, ByteText>();
  for (const [name, value] of Object.entries(context)) {
    if (value === null) continue;
    if (typeof value === 'object') throw new MalformedAnswer(`context.${name.slice(0, 100)} is no text, number or boolean`);
    if (!GIVEN_BY_GATEWAY.has(name)) values.set(name, utf8Bytes(String(value)));
  }
  return values;
}

const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
