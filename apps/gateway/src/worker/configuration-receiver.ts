import type { ConfigurationSink } from '@gatehouse/publication';
import { DocumentDigest } from '@gatehouse/publication/document-digest';
import {
  parseRef,
  readDocument,
  refName,
  RefusedDocument,
  type AnyDocument,
  type DataPlaneKey,
  type DeploymentSnapshot,
} from '@gatehouse/snapshot';
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { nameIn } from '../refresh/read-document.js';
import { DOCUMENT, END, LISTEN, READY, type EndLine, type ReadyLine } from './configuration-lines.js';
import type { FromWorker } from './messages.js';
import { linesOf } from './lines-of.js';

/** Documents read, or built before there are requests, in one go: others get their turn after that. */
const AT_ONCE = 200;
/** Characters of a document that takes long to read. */
const LARGE = 1_000_000;

export interface ReceiverOptions {
  keys: readonly DataPlaneKey[];
  sink: ConfigurationSink;
  tell(message: FromWorker): void;
  /** Whether what is there is a complete configuration. */
  ready(ready: boolean): void;
  /** Everything that there is has come. */
  listen(): void;
}

/**
 * Takes configuration from the supervisor's pipe. Each document is read as strictly as the supervisor did, its MAC included: it may have been on the
 * disk meanwhile, and so nothing but the keys has to be trusted.
 *
 * Before the worker listens, documents are built as they come, so that a million of them are never held at once; after that each batch is read whole,
 * built and swapped in, in one turn of the event loop.
 */
export class ConfigurationReceiver {
  private listening = false;
  private documents: AnyDocument[] = [];
  /** Those that are built before the batch is whole. */
  private early: AnyDocument[] = [];
  private deployments = new Map<string, DeploymentSnapshot>();
  private refused: RefusedDocument[] = [];
  private digest = new DocumentDigest();
  private untilPause = AT_ONCE;

  constructor(private readonly options: ReceiverOptions) {}

  /** Resolves when the pipe has ended. */
  async receive(pipe: Readable): Promise<void> {
    for await (const line of linesOf(pipe)) {
      await this.take(line);
      if (--this.untilPause > 0) continue;
      this.untilPause = AT_ONCE;
      await setImmediate();
    }
  }

  private async take(line: string): Promise<void> {
    const content = line.slice(2);
    if (line.startsWith(DOCUMENT)) return this.read(content);
    if (line.startsWith(END)) return this.end(JSON.parse(content) as EndLine);
    if (line.startsWith(READY)) return this.options.ready((JSON.parse(content) as ReadyLine).ready);
    if (line !== LISTEN) throw new Error(`the supervisor said ${JSON.stringify(line.slice(0, 80))}`);
    this.listening = true;
    this.options.listen();
  }

  private read(text: string): void {
    if (text.length > LARGE) this.options.tell({ type: 'building' });
    try {
      const document = readDocument(this.options.keys, parseRef(nameIn(text)), text);
      if (document.kind === 'deployment') {
        if (document.body !== null) this.deployments.set(document.key, document.body);
        return;
      }
      this.digest.add(refName(document), document.revision);
      // Stages wait for their deployments, which may come after them.
      if (this.listening || document.kind === 'stage') this.documents.push(document);
      else this.early.push(document);
    } catch (error) {
      this.refused.push(error instanceof RefusedDocument ? error : new RefusedDocument('a document', (error as Error).message));
    }
    if (this.early.length >= AT_ONCE) this.apply(this.early.splice(0));
  }

  private async end({ batch, digest }: EndLine): Promise<void> {
    if (digest !== null && this.digest.toString() !== digest) {
      const [first] = this.refused;
      this.options.tell({ type: 'damaged', batch, reason: first?.message ?? 'documents are missing' });
    } else {
      await this.buildRest();
      this.options.tell({ type: 'applied', batch, refused: this.refused.map(({ ref: name, reason }) => ({ name, reason })) });
    }
    this.documents = [];
    this.deployments = new Map();
    this.refused = [];
    this.digest = new DocumentDigest();
  }

  private async buildRest(): Promise<void> {
    if (this.listening) return this.apply(this.documents);
    this.apply(this.early.splice(0));
    for (let from = 0; from < this.documents.length; from += AT_ONCE) {
      this.apply(this.documents.slice(from, from + AT_ONCE));
      await setImmediate();
    }
  }

  private apply(documents: AnyDocument[]): void {
    if (documents.length === 0) return;
    this.options.tell({ type: 'building' });
    try {
      this.refused.push(...this.options.sink.apply({ documents, deployments: this.deployments }));
    } catch (error) {
      for (const document of documents) this.refused.push(new RefusedDocument(refName(document), (error as Error).message));
    }
  }
}
