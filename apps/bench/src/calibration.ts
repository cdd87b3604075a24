import { createHash } from 'node:crypto';
import { cpus } from 'node:os';

const ROUNDS = 9;
const HASHES = 20_000;

/** How fast this machine is right now, so that figures of different days and machines can be compared. */
export function calibration(): string {
  const block = Buffer.alloc(1024, 7);
  const times = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    for (let i = 0; i < HASHES; i += 1) createHash('sha256').update(block).digest();
    return ((performance.now() - began) * 1000) / HASHES;
  }).sort((a, b) => a - b);
  const processors = cpus();
  return `calibration: ${times[Math.floor(ROUNDS / 2)]!.toFixed(2)} us per SHA-256 of 1 KiB (median of ${ROUNDS}), ${processors.length} x ${processors[0]?.model.trim() ?? 'unknown processor'}, Node.js ${process.versions.node}`;
}
