import { holdersOf, type GatewayReports } from '@gatehouse/publication';
import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

const ASK_EVERY = 5_000;

export interface FleetSizeOptions {
  reports: Pick<GatewayReports, 'live'>;
  /** This gateway, and how many workers it has. */
  gatewayId: string;
  own: number;
  /** Keeps the last answer. */
  file: string;
  onChange(size: number): void;
}

/**
 * How many processes share the limits, as last heard from Redis: the workers of all gateways. It counts when Redis is away, so it is never forgotten:
 * not even by a restart, because a gateway that started alone would take the whole of every limit for its share.
 */
export class FleetSize {
  private size: number;
  private lastHeard: number;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: FleetSizeOptions) {
    this.size = Math.max(options.own, readSize(options.file));
    this.lastHeard = this.size;
    this.timer = setInterval(() => void this.ask(), ASK_EVERY).unref();
    void this.ask();
  }

  current(): number {
    return this.size;
  }

  private async ask(): Promise<void> {
    try {
      const { reports, gatewayId, own, file, onChange } = this.options;
      const others = (await reports.live()).filter((report) => report.gatewayId !== gatewayId);
      const heard = others.reduce((sum, report) => sum + holdersOf(report), own);
      // A Redis that was just emptied knows of nobody yet: fewer processes are believed when they were heard of twice.
      const size = Math.max(heard, this.lastHeard);
      this.lastHeard = heard;
      if (size === this.size) return;
      this.size = size;
      onChange(size);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(`${file}.new`, String(size));
      await rename(`${file}.new`, file);
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
