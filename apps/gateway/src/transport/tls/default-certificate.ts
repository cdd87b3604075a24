import { readFile, stat } from 'node:fs/promises';
import type { CertificateFiles } from '../../config.js';
import { StartupError } from '../../startup-error.js';

/** How often the files are looked at, in milliseconds. */
const LOOK_EVERY = 10_000;

/**
 * The default certificate, from its files. They are read again when they have changed: replaced, written over, or reached by a link that leads elsewhere
 * now, as Kubernetes does it. What is half written is left for the next look.
 */
export class DefaultCertificate {
  /** The files as they were used last, or as they turned out to be of no use. */
  private known = '';
  /** What was told last, and of which state of the files. */
  private told = '';
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> | null = null;

  /**
   * @param use takes what was read; throws when it is no certificate with its key
   * @param failed told when files that have changed cannot be used, once for each change
   */
  constructor(
    private readonly files: CertificateFiles,
    private readonly use: (cert: string, key: string) => void,
    private readonly failed: (error: Error) => void,
  ) {}

  /** Reads the files for the first time and watches them from then on. Throws a `StartupError` when they cannot be used. */
  async start(): Promise<void> {
    try {
      await this.read();
    } catch (error) {
      throw new StartupError(describe(error as Error));
    }
    this.timer = setInterval(() => void this.look(), LOOK_EVERY).unref();
  }

  /** Reads the files again if they have changed. Resolves when what they say is in use. */
  look(): Promise<void> {
    this.looking ??= this.read()
      .catch((error: Error) => this.tell(describe(error)))
      .finally(() => (this.looking = null));
    return this.looking;
  }

  /** What fails again and again, as long as a file is away, is told once. */
  private tell(failure: string): void {
    const told = `${this.known} ${failure}`;
    if (told === this.told) return;
    this.told = told;
    this.failed(new Error(failure));
  }

  private async read(): Promise<void> {
    const { certificateFile, keyFile } = this.files;
    const state = `${await fileState(certificateFile)} ${await fileState(keyFile)}`;
    if (state === this.known) return;
    const [cert, key] = await Promise.all([readFile(certificateFile, 'latin1'), readFile(keyFile, 'latin1')]);
    // Not before: what could not be read for once, for want of a file descriptor, is read at the next look.
    this.known = state;
    // TLS takes an empty one for none, and nothing could be shown then.
    if (cert === '' || key === '') throw new Error('one of them is empty');
    this.use(cert, key);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }
}

/** Changes with the file's content. */
async function fileState(path: string): Promise<string> {
  const { ino, size, mtimeMs, ctimeMs } = await stat(path);
  return `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
}

/** One line without what the files hold: OpenSSL's own words, or the system's. */
function describe(error: Error): string {
  return `GATEHOUSE_TLS_CERTIFICATE_FILE, GATEHOUSE_TLS_KEY_FILE: ${error.message.replaceAll(/\s+/g, ' ').trim()}`;
}
