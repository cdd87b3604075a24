import { readdirSync, readFileSync } from 'node:fs';

/** Ids of processes of this machine that have a variable with this value in their environment, as far as this process may see them. */
export function processesWith(variable: string, value: string): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const variables = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0');
      return variables.includes(`${variable}=${value}`) ? [Number(name)] : [];
    } catch {
      // It has ended, or is somebody else's.
      return [];
    }
  });
}
