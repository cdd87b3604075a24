import type { GatewayReports } from '@gatehouse/publication';
import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

const ASK_EVERY = 5_000;

/**
 * How many gateways share the limits, as last heard from Redis. It counts when Redis is away, so it is never forgotten: not even by a restart,
 * because a gateway that started alone would take the whole of every limit for its share.
 */
export class FleetSize {
  private size: number;
  private lastHeard: number;
  private readonly timer: NodeJS.Timeout;

  /** `file` keeps the last answer. */
  constructor(
    private readonly reports: Pick<GatewayReports, 'live'>,
    private readonly file: string,
  ) {
    this.size = readSize(file);
    this.lastHeard = this.size;
    this.timer = setInterval(() => void this.ask(), ASK_EVERY).unref();
    void this.ask();
  }

  current(): number {
    return this.size;
  }

  private async ask(): Promise<void> {
    try {
      const heard = Math.max(1, (await this.reports.live()).length);
      // A Redis that was just emptied knows of nobody yet: fewer gateways are believed when they were heard of twice.
      const size = Math.max(heard, this.lastHeard);
      this.lastHeard = heard;
      if (size === this.size) return;
      this.size = size;
      await mkdir(path.dirname(this.file), { recursive: true, mode: 0o700 });
      await writeFile(`${this.file}.new`, String(size));
      await rename(`${this.file}.new`, this.file);
    } catch {
      // Redis is away, or the disk is full: the last answer stands.
    }
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

function readSize(file: string): number {
  try {
    const size = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(size) && size > 0 ? size : 1;
  } catch {
    return 1;
  }
}
