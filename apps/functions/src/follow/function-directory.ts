import { functionArn, type FunctionName } from '@gatehouse/lambda-contract';
import type { Document, FunctionSnapshot, FunctionVersionSnapshot, Scope } from '@gatehouse/snapshot';
import { hash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { LambdaError } from '../server/lambda-error.js';

/** A function as it was published last. */
export interface KnownFunction extends Scope {
  readonly snapshot: FunctionSnapshot;
  /** Of its document. */
  readonly revision: number;
}

/** What an invocation runs. */
export interface ResolvedVersion {
  readonly known: KnownFunction;
  readonly version: FunctionVersionSnapshot;
}

export interface DirectoryEvents {
  /** What is run by this function's name may be another thing now. */
  changed: [KnownFunction | null, key: string];
}

/** How long a caller waits for what it knows of and this process does not yet, in milliseconds. */
const PATIENCE_MS = 5_000;
/** Revision ids of a function that are remembered after they were replaced. */
const PAST_REVISIONS = 64;

/** All functions of the installation, in memory. */
export class FunctionDirectory extends EventEmitter<DirectoryEvents> {
  private readonly functions = new Map<string, KnownFunction>();
  /** By function: revision ids that it had, oldest first. */
  private readonly past = new Map<string, Set<string>>();

  get size(): number {
    return this.functions.size;
  }

  /** Takes a document in; one without a body ends the function. */
  take({ accountId, region, key: name, revision, body }: Document<'function'>): void {
    const key = keyOf({ accountId, region }, name);
    if (body === null) {
      this.functions.delete(key);
      this.past.delete(key);
      this.emit('changed', null, key);
      return;
    }
    const known = { accountId, region, snapshot: body, revision };
    this.functions.set(key, known);
    this.remember(key, body);
    this.emit('changed', known, key);
  }

  /**
   * Finds what a name stands for; an alias with weights stands for one of its versions each time.
   * Throws `LambdaError` ResourceNotFoundException.
   */
  resolve(name: FunctionName): ResolvedVersion {
    const known = this.functions.get(keyOf(name, name.functionName));
    const version = known && pick(known.snapshot, name.qualifier ?? '$LATEST');
    if (!known || !version) throw notFound(name);
    return { known, version };
  }

  /** True while this is what a version of the function runs. */
  isCurrent(scope: Scope, functionName: string, version: FunctionVersionSnapshot): boolean {
    const versions = this.functions.get(keyOf(scope, functionName))?.snapshot.versions ?? [];
    return versions.some((other) => other.version === version.version && programOf(other) === programOf(version));
  }

  /**
   * Waits until what `name` stands for has been published with `revisionId`, or with a later one. Throws `LambdaError`: ResourceNotFoundException or ServiceException when it has not
   * come after a while.
   */
  async awaitRevision(name: FunctionName, revisionId: string): Promise<void> {
    if (this.hasSeen(name, revisionId)) return;
    const key = keyOf(name, name.functionName);
    await new Promise<void>((resolve, reject) => {
      const settle = (done: () => void) => {
        clearTimeout(timer);
        this.off('changed', look);
        done();
      };
      const look = (_: unknown, changed: string) => {
        if (changed === key && this.hasSeen(name, revisionId)) settle(resolve);
      };
      const timer = setTimeout(() => settle(() => reject(this.isMissing(name, revisionId))), PATIENCE_MS);
      this.on('changed', look);
    });
  }

  private isMissing(name: FunctionName, revisionId: string): LambdaError {
    if (!this.functions.has(keyOf(name, name.functionName))) return notFound(name);
    return new LambdaError(
      'ServiceException',
      `Revision ${revisionId} of the function has not reached this functions process yet.`,
    );
  }

  private hasSeen(name: FunctionName, revisionId: string): boolean {
    const key = keyOf(name, name.functionName);
    const known = this.functions.get(key);
    if (!known) return false;
    const current = candidates(known.snapshot, name.qualifier ?? '$LATEST');
    if (current.some((version) => version.revisionId === revisionId)) return true;
    // What the caller has read may have been replaced since.
    return this.past.get(key)!.has(revisionId) && !known.snapshot.versions.some((version) => version.revisionId === revisionId);
  }

  private remember(key: string, { versions }: FunctionSnapshot): void {
    const past = this.past.get(key) ?? new Set();
    this.past.set(key, past);
    const latest = versions.find(({ version }) => version === '$LATEST');
    if (latest) past.delete(latest.revisionId);
    if (latest) past.add(latest.revisionId);
    for (const oldest of past) {
      if (past.size <= PAST_REVISIONS) break;
      past.delete(oldest);
    }
  }
}

function keyOf({ accountId, region }: Scope, name: string): string {
  return `${accountId}/${region}/${name}`;
}

function notFound(name: FunctionName): LambdaError {
  return new LambdaError('ResourceNotFoundException', `Function not found: ${functionArn(name)}`);
}

/** The versions that a qualifier may stand for. */
function candidates({ versions, aliases }: FunctionSnapshot, qualifier: string): FunctionVersionSnapshot[] {
  const alias = aliases.find(({ name }) => name === qualifier);
  const numbers = alias ? [alias.version, ...alias.routing.map(([version]) => version)] : [qualifier];
  return versions.filter(({ version }) => numbers.includes(version));
}

function pick(snapshot: FunctionSnapshot, qualifier: string): FunctionVersionSnapshot | undefined {
  const alias = snapshot.aliases.find(({ name }) => name === qualifier);
  let number = alias?.version ?? qualifier;
  let drawn = Math.random();
  for (const [version, weight] of alias?.routing ?? []) {
    if (drawn < weight) {
      number = version;
      break;
    }
    drawn -= weight;
  }
  return snapshot.versions.find(({ version }) => version === number);
}

const programs = new WeakMap<FunctionVersionSnapshot, string>();

/** Names what the sandboxes of a version run: all of it but the revision, which changes with the function's policy too. */
export function programOf(version: FunctionVersionSnapshot): string {
  let program = programs.get(version);
  if (program === undefined) {
    const { revisionId: _, ...runs } = version;
    program = hash('sha256', JSON.stringify(runs), 'base64url');
    programs.set(version, program);
  }
  return program;
}
