import { AwsError } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import type { OnApplicationShutdown } from '@nestjs/common';
import { ReaderThread, type ThreadLimits } from './reader-thread.js';
import type { ReadingName, ReadingOptions, ReadingResult } from './readings.js';

export interface ReaderOptions extends ThreadLimits {
  /** Documents that are read at a time. */
  threads: number;
  /** Documents that wait for a thread; each may have the size of the largest body. */
  mostWaiting: number;
  /** Of these, documents of one account: no one takes all places. */
  mostOfAccount: number;
}

const DEFAULTS: ReaderOptions = {
  program: new URL('./reader-thread-main.js', import.meta.url),
  threads: 2,
  mostWaiting: 16,
  mostOfAccount: 4,
  seconds: 60,
  mebibytes: 1024,
  idleSeconds: 60,
};

/** Seconds after which a client that was turned away may try again. */
const RETRY_AFTER = 5;

interface Waiting {
  accountId: string;
  go: (thread: ReaderThread) => void;
}

/** Reads the documents of imports apart from the thread that answers clients, which a large one would hold up for seconds. */
export class DocumentReader implements OnApplicationShutdown {
  private readonly options: ReaderOptions;
  private readonly threads: readonly ReaderThread[];
  /** The one that read last is asked first, so that the others can end. */
  private readonly free: ReaderThread[];
  private readonly waiting: Waiting[] = [];

  constructor(options: Partial<ReaderOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
    this.threads = Array.from({ length: this.options.threads }, () => new ReaderThread(this.options));
    this.free = [...this.threads];
  }

  /**
   * Throws what is wrong with the document, `BadRequestException` too when reading it takes too long or too much, and
   * `TooManyRequestsException` when too many others wait to be read, of all accounts or of this one.
   */
  async read<N extends ReadingName>(
    { accountId }: Scope,
    name: N,
    body: Uint8Array,
    options: ReadingOptions<N>,
  ): Promise<ReadingResult<N>> {
    const thread = this.free.pop() ?? (await this.nextFree(accountId));
    try {
      return (await thread.read({ name, body: new Uint8Array(body), options })) as ReadingResult<N>;
    } finally {
      const next = this.waiting.shift();
      if (next) next.go(thread);
      else this.free.push(thread);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()));
  }

  private nextFree(accountId: string): Promise<ReaderThread> {
    const { mostWaiting, mostOfAccount } = this.options;
    const own = this.waiting.filter((each) => each.accountId === accountId);
    if (this.waiting.length >= mostWaiting || own.length >= mostOfAccount) {
      throw new AwsError(
        'TooManyRequestsException',
        'Too many documents are being imported. Please try again later.',
        RETRY_AFTER,
      );
    }
    return new Promise((go) => this.waiting.push({ accountId, go }));
  }
}
