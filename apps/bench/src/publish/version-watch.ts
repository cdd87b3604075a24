import http from 'node:http';
import { VERSION_HEADER } from './versioned-api.js';

/** Pause between two looks at one gateway, in ms: the error of each measured time. */
const PAUSE_MS = 5;

/** Looks at one gateway all the time and notes when an ordinary request first got each version of the API. */
export class VersionWatch {
  /** Answers other than 200. */
  non2xx = 0;
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  /** Ascending versions, each with the moment (performance.now()) at which it was first seen. */
  private readonly seen: { version: number; at: number }[] = [];
  private waiting: { version: number; resolve: () => void }[] = [];
  private stopped = false;
  private readonly loop: Promise<void>;

  constructor(
    private readonly port: number,
    private readonly path: string,
  ) {
    this.loop = this.run();
  }

  /** When the gateway first served `version` or a newer one; NaN when it never did. */
  firstServed(version: number): number {
    return this.seen.find((one) => one.version >= version)?.at ?? Number.NaN;
  }

  /** Resolves when the gateway serves `version` or a newer one. */
  async served(version: number): Promise<void> {
    if ((this.seen.at(-1)?.version ?? -1) >= version) return;
    await new Promise<void>((resolve) => this.waiting.push({ version, resolve }));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.loop;
    this.agent.destroy();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const version = await this.look();
      if (version > (this.seen.at(-1)?.version ?? -1)) this.note(version);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  private note(version: number): void {
    this.seen.push({ version, at: performance.now() });
    const reached = this.waiting.filter((one) => one.version <= version);
    this.waiting = this.waiting.filter((one) => one.version > version);
    for (const { resolve } of reached) resolve();
  }

  /** The version that one request gets; -1 for an answer without one. */
  private look(): Promise<number> {
    return new Promise((resolve) => {
      const request = http.get({ host: '127.0.0.1', port: this.port, path: this.path, agent: this.agent }, (response) => {
        // Before version 0 arrives, the gateway rightly does not know the API.
        if (response.statusCode !== 200 && this.seen.length > 0) this.non2xx += 1;
        const version = response.statusCode === 200 ? Number(response.headers[VERSION_HEADER] ?? -1) : -1;
        response.resume().once('close', () => resolve(version));
      });
      request.once('error', () => {
        this.non2xx += 1;
        resolve(-1);
      });
    });
  }
}
