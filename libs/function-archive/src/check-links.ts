import { ArchiveError } from './archive-error.js';
import { PATH_BYTES } from './archive-limits.js';

/** Links that Linux follows on one path before it gives up. */
const MOST_HOPS = 40;
/** Segments looked at for all links of an archive together: what checking them may cost. */
const MOST_STEPS = 100_000;
/** Folders within one another, on the way of a link: more than a path of Linux has. */
const DEEPEST = 2_048;

/**
 * Checks where symbolic links (path -> what they point to) lead, through other links too. Throws `ArchiveError` when one leads out of the archive or into a circle. What it
 * points to need not be there.
 */
export function checkLinks(links: ReadonlyMap<string, string>): void {
  let steps = 0;
  for (const [path, target] of links) {
    const refuse = (reason: string) => new ArchiveError('link', `the link ${JSON.stringify(path)} ${reason}`);
    const place = path.split('/').slice(0, -1);
    let ahead = segmentsOf(target);
    let hops = 0;
    if (target.startsWith('/')) throw refuse('leads out of the archive');
    if (target === '' || target.includes('\0') || Buffer.byteLength(target) > PATH_BYTES) throw refuse('leads nowhere');
    for (let next = ahead.shift(); next !== undefined; next = ahead.shift()) {
      if (++steps > MOST_STEPS) throw refuse('takes too many steps to follow');
      if (next === '..') {
        if (place.pop() === undefined) throw refuse('leads out of the archive');
        continue;
      }
      if (place.push(next) > DEEPEST) throw refuse('leads nowhere');
      const passed = links.get(place.join('/'));
      if (passed === undefined) continue;
      if (++hops > MOST_HOPS) throw refuse('leads into a circle');
      if (passed.startsWith('/')) throw refuse('leads out of the archive');
      place.pop();
      ahead = [...segmentsOf(passed), ...ahead];
    }
  }
}

const segmentsOf = (path: string) => path.split('/').filter((segment) => segment !== '' && segment !== '.');
